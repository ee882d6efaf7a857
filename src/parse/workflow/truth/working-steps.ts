import type { Step } from '../model.ts';
import { readCommands } from './script.ts';

// Which steps work on the tree that lies in the workspace: build, test, run or scan it.

/** Commands that neither run code of the tree nor load settings from it. */
const HARMLESS = new Set(
  `: [ [[ test true false echo printf cat cd pwd ls mkdir rm mv cp touch chmod ln find grep egrep rg sed awk cut tr head
  tail sort uniq wc diff cmp tee date sleep exit return set unset export local declare readonly read shift break continue
  jq yq gh git curl wget tar unzip zip gzip base64 sha256sum md5sum basename dirname realpath readlink env printenv
  if then else fi for while do done case esac function source_none xargs sudo apt-get apt command type which hash
  trap wait kill stat file comm seq bc expr uname whoami hostname id umask shopt let mapfile readarray eval_none
  Write-Output Write-Host Get-Content Set-Content`.split(/\s+/),
);

/** Actions that do not work on the tree. */
const IDLE_ACTIONS = new Set([
  '8398a7/action-slack',
  'actions-ecosystem/action-add-labels',
  'actions-ecosystem/action-remove-labels',
  'actions/add-to-project',
  'actions/cache',
  'actions/cache/restore',
  'actions/cache/save',
  'actions/checkout',
  'actions/create-github-app-token',
  'actions/download-artifact',
  'actions/first-interaction',
  'actions/labeler',
  'actions/stale',
  'actions/upload-artifact',
  'actions/upload-artifact/merge',
  'amannn/action-semantic-pull-request',
  'aws-actions/configure-aws-credentials',
  'azure/login',
  'dawidd6/action-download-artifact',
  'dependabot/fetch-metadata',
  'docker/login-action',
  'docker/metadata-action',
  'docker/setup-buildx-action',
  'docker/setup-qemu-action',
  'dorny/paths-filter',
  'google-github-actions/auth',
  'jwalton/gh-find-current-pr',
  'marocchino/sticky-pull-request-comment',
  'peter-evans/create-or-update-comment',
  'peter-evans/find-comment',
  'peter-evans/slash-command-dispatch',
  'slackapi/slack-github-action',
  'step-security/harden-runner',
  'thollander/actions-comment-pull-request',
  'tibdex/github-app-token',
  'tj-actions/branch-names',
  'tj-actions/changed-files',
]);

/** True when one of the steps behind `index` works on a tree in `folder` (undefined: the workspace itself). */
export function isTreeUsed(
  steps: readonly Step[],
  index: number,
  folder: string | undefined,
  idle: ReadonlySet<string> = new Set(),
): boolean {
  return steps.slice(index + 1).some((step) => worksOn(step, folder, idle));
}

function worksOn(step: Step, folder: string | undefined, idle: ReadonlySet<string>): boolean {
  if (folder !== undefined && !mentions(step, folder) && !runsLocalScript(step)) return false;
  if (step.run !== undefined) return runsTree(step.run.value);
  const uses = step.uses?.value;
  if (uses === undefined) return false;
  if (uses.startsWith('./') || uses.startsWith('$/')) return true;
  if (uses.startsWith('docker://')) return true;
  const at = uses.indexOf('@');
  const name = (at < 0 ? uses : uses.slice(0, at)).toLowerCase();
  if (name === 'actions/github-script') {
    return step.inputs.some(({ value }) =>
      /require\(\s*['"`](?:\.|\$\{)|import\(\s*['"`](?:\.|\$\{)|process\.env\.GITHUB_WORKSPACE|exec\./.test(
        value,
      ),
    );
  }
  return !IDLE_ACTIONS.has(name) && !idle.has(name) && !/^[^/]+\/setup-[\w.-]+$/.test(name);
}

const INTERPRETERS = new Set([
  'sh',
  'bash',
  'node',
  'python',
  'python3',
  'ruby',
  'perl',
  'pwsh',
  'source',
  '.',
  'php',
  'deno',
  'bun',
]);
const FOLDER_OPTIONS = new Set([
  '-C',
  '--prefix',
  '--cwd',
  '--directory',
  '--project',
  '-f',
  '--manifest-path',
  '--dir',
]);
const BUILDERS = new Set([
  'make',
  'npm',
  'npx',
  'yarn',
  'pnpm',
  'pip',
  'pip3',
  'docker',
  'go',
  'cargo',
  'gradle',
  'mvn',
  'dotnet',
  'tox',
  'java',
]);

/** True when a step behind `index` runs code, or loads settings, that lie in a folder. */
export function isFolderExecuted(steps: readonly Step[], index: number, folder: string): boolean {
  return steps.slice(index + 1).some((step) => executesFrom(step, folder));
}

function executesFrom(step: Step, folder: string): boolean {
  const script = step.run?.value;
  if (script === undefined) return step.uses?.value.replace(/^\.\//, '').startsWith(`${folder}/`) ?? false;
  const within = (value: string): boolean => value.replace(/^["']?\.?\//, '').startsWith(folder);
  let inside = within(step.workingDirectory?.value ?? '');
  for (const { name, path, args } of readCommands(script)) {
    const values = args.map(({ value }) => value);
    if (name === 'cd') inside = values.some(within);
    else if (inside && name !== '' && !HARMLESS.has(name)) return true;
    else if (within(path) && path.includes('/')) return true;
    else if (INTERPRETERS.has(name) && within(values.find((value) => !value.startsWith('-')) ?? ''))
      return true;
    else if (
      BUILDERS.has(name) &&
      values.some(
        (value, at) =>
          within(value) &&
          (FOLDER_OPTIONS.has(values[at - 1] ?? '') || /^(?:build|install)$/.test(values[0] ?? '')),
      )
    ) {
      return true;
    }
  }
  return false;
}

/** A script of the repository may work on any folder. */
function runsLocalScript(step: Step): boolean {
  return /(?:^|[\s;&|(])(?:(?:ba)?sh\s+|python3?\s+|node\s+)?\.{0,2}\/?[\w.-]+\/[\w./-]+\.(?:sh|py|js|ts|rb|pl|ps1)\b|(?:^|[\s;&|(])make\b/.test(
    step.run?.value ?? '',
  );
}

function mentions(step: Step, folder: string): boolean {
  const texts = [
    step.run?.value,
    step.workingDirectory?.value,
    step.uses?.value,
    ...step.inputs.map(({ value }) => value),
  ];
  return [...texts, ...step.env.variables.map(({ value }) => value)].some((text) => text?.includes(folder));
}

/** True for a script with a command that may run code or load settings of the tree. */
export function runsTree(script: string): boolean {
  return readCommands(script).some(({ name, args }) => {
    if (name === '' || name.startsWith('$')) return name !== '';
    if (name === 'git') return args.some(({ value }) => value === 'submodule' || value === 'rebase');
    if (name === 'xargs' || name === 'sudo' || name === 'find') {
      return args.some(({ value }) => /^(?:\.\/|make$|npm$|python\d?$|node$|bash$|sh$)/.test(value));
    }
    return !HARMLESS.has(name);
  });
}
