import type { Env, Job, NamedText, Step, Workflow } from '../model.ts';
import { isPublicRegistry } from '../public-registries.ts';
import { onOneLine } from '../reference/match.ts';
import {
  ACTION_SCOPES,
  ALL_SCOPES,
  API_SCOPES,
  CLIENT_SCOPES,
  COMMAND_SCOPES,
  WORD_SCOPES,
} from './scope-data.ts';
import { findLocalAction, findLocalWorkflow, localPath, type Surroundings } from './surroundings.ts';
import { runsTree } from './working-steps.ts';

/** What a job writes with its token. */
export interface Needs {
  /** What needs, or may need, to write this scope; undefined when nothing does. */
  of(scope: string): string | undefined;
  /** Scopes that a known action or command writes, each with its name; guesses are left out. */
  readonly known: ReadonlyMap<string, string>;
}

interface Collected {
  /** `git push` of the job uses its own token. */
  pushesWithJobToken: boolean;
  /** Something in the job names a registry that belongs to the forge, or none that can be read. */
  usesForgeRegistry: boolean;
  /** Packages go to a public registry by name. */
  usesPublicRegistry: boolean;
  readonly scopes: Map<string, string>;
  /** Those of them that are no guess. */
  readonly known: Map<string, string>;
  /** Something that may need any scope. */
  unknown: string | undefined;
}

const MAX_DEPTH = 6;

/** What the steps of a job, and the local actions and workflows it calls, need to write. */
export function jobNeeds(workflow: Workflow, job: Job, files: Surroundings): Needs {
  const found: Collected = {
    pushesWithJobToken: pushesWithJobToken(job),
    usesForgeRegistry: usesForgeRegistry(workflow, job),
    usesPublicRegistry: usesPublicRegistry(job),
    scopes: new Map(),
    known: new Map(),
    unknown: undefined,
  };
  collectJob(found, workflow, job, files, 0);
  return {
    known: found.known,
    of: (scope) =>
      found.scopes.get(scope) ?? (ALL_SCOPES.has(scope) ? found.unknown : 'a scope that is not known'),
  };
}

/** False when every checkout of the job leaves another token, or a key, behind. */
function pushesWithJobToken(job: Job): boolean {
  const checkouts = job.steps.filter(({ uses }) => /^actions\/checkout@/i.test(uses?.value ?? ''));
  if (checkouts.length === 0) return true;
  return checkouts.some(
    (step) => inputOf(step, 'ssh-key') === '' && tokenIn(inputOf(step, 'token')) !== 'other',
  );
}

/** True when a text of the job names a registry of the forge, or takes one from elsewhere. */
function usesForgeRegistry(workflow: Workflow, job: Job): boolean {
  if (job.call !== undefined) return true;
  const texts = [...workflow.env.variables, ...job.env.variables].map(({ value }) => value);
  for (const step of job.steps) {
    texts.push(
      step.run?.value ?? '',
      ...step.inputs.map(({ value }) => value),
      ...step.env.variables.map(({ value }) => value),
    );
  }
  return texts.some(
    (text) =>
      (text.includes('.') || text.includes('$')) &&
      /ghcr\.io|pkg\.github\.com|\$\{\{\s*(?:vars|inputs|matrix)\.[\w-]*(?:registry|image|repo)/i.test(text),
  );
}

/** True for `registry-url` of a public registry. */
function usesPublicRegistry({ steps }: Job): boolean {
  return steps.some(({ inputs }) =>
    inputs.some(({ name, value }) => name === 'registry-url' && isPublicRegistry(value)),
  );
}

function add(found: Collected, scopes: readonly string[], by: string, guess = false): void {
  for (const scope of scopes) {
    if (
      scope === 'packages' &&
      !found.usesForgeRegistry &&
      (found.usesPublicRegistry || !/publish|deploy|release|local/.test(by))
    )
      continue;
    if (!found.scopes.has(scope)) found.scopes.set(scope, by);
    if (!guess && !found.known.has(scope)) found.known.set(scope, by);
  }
}

function collectJob(
  found: Collected,
  workflow: Workflow,
  job: Job,
  files: Surroundings,
  depth: number,
): void {
  if (job.call !== undefined) {
    collectCall(found, job.call.uses.value, files, depth);
    return;
  }
  const outer = [job.env, workflow.env];
  for (const step of job.steps) collectStep(found, step, outer, files, depth);
}

function collectCall(found: Collected, uses: string, files: Surroundings, depth: number): void {
  const workflow = depth > MAX_DEPTH ? undefined : findLocalWorkflow(files, uses);
  if (workflow === undefined) {
    found.unknown ??= uses;
    return;
  }
  for (const job of workflow.jobs) collectJob(found, workflow, job, files, depth + 1);
}

type TokenUse = 'job' | 'other' | 'none';

/** Whose token a value holds: that of the job, or one kept as a secret or made by an app. */
function tokenIn(value: string): TokenUse {
  if (/github\.token|secrets\.GITHUB_TOKEN|secrets\['GITHUB_TOKEN'\]/i.test(value)) return 'job';
  return /secrets\.\w+|steps\.[\w-]+\.outputs\.\w*token/i.test(value) ? 'other' : 'none';
}

/** Inputs that take a token of the forge; `token` alone may be one for another service. */
const TOKEN_INPUT = /^(?:github|gh|repo|git|access|personal|my|app|push|auth)[-_]?(?:access[-_]?)?token$/;
const isTokenInput = (name: string) =>
  name === 'token' || name === 'pat' || (name.endsWith('token') && TOKEN_INPUT.test(name));
const OTHER_SERVICE =
  /CODECOV|COVERALLS|CODSPEED|CODACY|SONAR|SNYK|SLACK|NPM|PYPI|CRATES|DISCORD|NETLIFY|VERCEL|CLOUDFLARE|CARGO/i;

function tokenOf(step: Step, outer: readonly Env[]): TokenUse {
  const texts: NamedText[] = [
    ...step.inputs.filter(({ name, value }) => isTokenInput(name) && !OTHER_SERVICE.test(value)),
    ...step.env.variables.filter(isTokenVariable),
  ];
  const own = texts.map(({ value }) => tokenIn(value));
  if (own.includes('job')) return 'job';
  if (own.includes('other')) return 'other';
  const kinds = outer
    .flatMap(({ variables }) => variables.filter(isTokenVariable))
    .map(({ value }) => tokenIn(value));
  return kinds.includes('job') ? 'job' : kinds.includes('other') ? 'other' : 'none';
}

function isTokenVariable({ name }: NamedText): boolean {
  return (
    name === 'gh_pat' ||
    (name.includes('token') && (/^gh_.*token$/.test(name) || onOneLine(name, 'github', 'token')))
  );
}

function collectStep(
  found: Collected,
  step: Step,
  outer: readonly Env[],
  files: Surroundings,
  depth: number,
): void {
  const token = tokenOf(step, outer);
  if (step.run !== undefined) collectScript(found, step.run.value, token);
  else if (step.uses !== undefined) collectAction(found, step, step.uses.value, token, outer, files, depth);
}

function collectAction(
  found: Collected,
  step: Step,
  uses: string,
  token: TokenUse,
  outer: readonly Env[],
  files: Surroundings,
  depth: number,
): void {
  if (localPath(files, uses) !== undefined || uses.startsWith('docker://')) {
    collectLocal(found, uses, outer, files, depth);
    return;
  }
  const at = uses.indexOf('@');
  const name = (at < 0 ? uses : uses.slice(0, at)).toLowerCase();
  if (name === 'actions/github-script') collectClient(found, step, token);
  else if (name === 'docker/login-action') collectLogin(found, step);
  else {
    const known = ACTION_SCOPES.get(name);
    if (known !== undefined)
      add(
        found,
        known.filter((scope) => isUsed(step, name, scope, token)),
        name,
      );
    else if (!/^[^/]+\/setup-[\w.-]+$/.test(name)) collectUnknown(found, name, token);
    if (known === undefined && step.inputs.some((input) => input.name.includes('sarif')))
      add(found, ['security-events'], name);
  }
}

function inputOf(step: Step, name: string): string {
  return step.inputs.find((input) => input.name === name)?.value ?? '';
}

/** Whether this use of a known action needs a scope it may need. */
function isUsed(step: Step, name: string, scope: string, token: TokenUse): boolean {
  if (scope === 'id-token') {
    if (name === 'aws-actions/configure-aws-credentials') {
      return inputOf(step, 'role-to-assume') !== '' && inputOf(step, 'aws-access-key-id') === '';
    }
    if (name === 'google-github-actions/auth') return inputOf(step, 'credentials_json') === '';
    if (name === 'azure/login') return inputOf(step, 'creds') === '';
    if (name === 'hashicorp/vault-action')
      return inputOf(step, 'method') === 'jwt' || inputOf(step, 'method') === '';
    if (name === 'pypa/gh-action-pypi-publish') return inputOf(step, 'password') === '';
    if (name === 'codecov/codecov-action')
      return inputOf(step, 'use_oidc') !== '' && inputOf(step, 'use_oidc') !== 'false';
    if (name === 'ossf/scorecard-action') return inputOf(step, 'publish_results') !== 'false';
    return true;
  }
  if (scope === 'packages' && isBuildOnly(step, name)) return false;
  // With a token of its own the action does not write with that of the job.
  return token !== 'other';
}

/** A build of images that pushes nothing: neither the image nor its cache. */
function isBuildOnly(step: Step, name: string): boolean {
  if (name !== 'docker/build-push-action' && name !== 'docker/bake-action') return false;
  const push = inputOf(step, 'push').trim().toLowerCase();
  if (push !== '' && push !== 'false') return false;
  const texts = ['outputs', 'cache-to', 'set'].map((input) => inputOf(step, input)).join(' ');
  return !/registry|push=|\$\{\{/.test(texts);
}

function collectLogin(found: Collected, step: Step): void {
  const registry = inputOf(step, 'registry');
  if (/ghcr\.io|pkg\.github\.com|\$\{\{/.test(registry)) add(found, ['packages'], 'docker/login-action');
}

function collectLocal(
  found: Collected,
  uses: string,
  outer: readonly Env[],
  files: Surroundings,
  depth: number,
): void {
  const action = depth > MAX_DEPTH ? undefined : findLocalAction(files, uses);
  if (action === undefined) {
    found.unknown ??= uses;
    return;
  }
  for (const step of action.steps) collectStep(found, step, outer, files, depth + 1);
}

/** Scopes that actions of all kinds use; others need a hint in the name. */
const COMMON_SCOPES = [
  'contents',
  'pull-requests',
  'issues',
  'checks',
  'statuses',
  'discussions',
  'repository-projects',
];

/** An unknown action may write what its name tells and what is common; one that is handed the token, anything. */
function collectUnknown(found: Collected, name: string, token: TokenUse): void {
  const scopes = wordScopes(name);
  if (token === 'other') {
    // Identity does not hang on the token that is handed over.
    add(
      found,
      scopes.filter((scope) => scope === 'id-token' || scope === 'attestations'),
      name,
      true,
    );
    return;
  }
  add(found, [...scopes, ...COMMON_SCOPES], name, true);
  if (token === 'job') found.unknown ??= name;
}

function wordScopes(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return WORD_SCOPES.filter(([word]) => word.test(lower)).flatMap(([, scopes]) => scopes);
}

function collectClient(found: Collected, step: Step, token: TokenUse): void {
  if (token === 'other') return;
  const script = inputOf(step, 'script');
  for (const [method, scopes] of CLIENT_SCOPES)
    if (method.test(script)) add(found, scopes, 'actions/github-script');
  for (const match of script.matchAll(/request\(\s*['"`](?:POST|PUT|PATCH|DELETE)\s+([^'"`]{1,200})/g)) {
    add(found, apiScopes(match[1]!), 'actions/github-script');
  }
  // Code from elsewhere may call anything; a value spliced into visible code calls nothing new.
  if (/\brequire\(|\bimport\(/.test(script) || /^\s*\$\{\{[^}]*\}\}\s*$/.test(script))
    found.unknown ??= 'actions/github-script';
}

function apiScopes(path: string): readonly string[] {
  return API_SCOPES.filter(([pattern]) => pattern.test(path)).flatMap(([, scopes]) => scopes);
}

/** Programs that run code of the repository or of a package. */
const LOCAL_PROGRAM =
  /(?:^|[\s;&|(])(?:\.{1,2}\/|make\b|npm run|npx|yarn|pnpm|bun |node |python|ruby |bundle exec|rake|tox|nox|cargo |go run|gradle|mvn|bash |sh |pwsh|task |just |mise |hatch |poetry run|uv run|dotnet |deno |perl |php |composer |mix |sbt |lein |nix |bazel )/;
/** Publishes to a registry and does nothing to the repository: told by what it is, not by its name. */
const REGISTRY_LINE =
  /^[ \t]*(?:cargo publish\b|(?:uv|poetry|hatch|flit|pdm|maturin|deno) (?:publish|upload)\b|python3? -m (?:twine upload|build)\b|mix hex\.publish\b|dotnet nuget push\b|npx (?:--yes |-y )?(?:@vscode\/)?(?:vsce|ovsx) publish\b|(?:\.\/)?mvnw?\b(?!.{0,200}(?:release|site|scm|git|tag|version)).{0,200} deploy\b)[^;&|]*$/;
const WRITING_LINE = /release|publish|deploy|push|bump|gh-pages|upload|commit|update|sync|sign|version|tag/;

/** What a script can do that was handed no token: by the credentials of the checkout, by a login, by identity. */
const WITHOUT_TOKEN: ReadonlySet<string> = new Set(['contents', 'packages', 'id-token', 'attestations']);

function collectScript(found: Collected, script: string, token: TokenUse): void {
  const text = script.replace(/\\\r?\n/g, ' ');
  const own = tokenIn(script) === 'job' ? 'job' : token;
  const lower = text.toLowerCase();
  for (const [words, command, scopes] of COMMAND_SCOPES) {
    if (!words.some((word) => lower.includes(word))) continue;
    const match = command.exec(text);
    if (match === null) continue;
    // A command of `gh` with another token does not use that of the job.
    if (token === 'other' && match[0].startsWith('gh')) continue;
    if (match[0].startsWith('git') && !found.pushesWithJobToken && token !== 'job') continue;
    add(found, scopes, match[0].trim().slice(0, 40));
  }
  if (lower.includes('api') || lower.includes('uploads.')) collectApi(found, text, token);
  if (token === 'job' && runsTree(script)) found.unknown ??= 'script with a token';
  // Without a token in sight, what a script does with the credentials of the checkout is told by its name.
  if (!WRITING_LINE.test(lower)) return;
  for (const line of text.split('\n')) {
    if (!WRITING_LINE.test(line.toLowerCase()) || !LOCAL_PROGRAM.test(line)) continue;
    if (REGISTRY_LINE.test(line)) add(found, ['id-token'], line.trim().slice(0, 40));
    else {
      const scopes = wordScopes(line).filter((scope) => own === 'job' || WITHOUT_TOKEN.has(scope));
      add(found, scopes, `local ${line.trim().slice(0, 40)}`, true);
    }
  }
}

/** Calls of the forge's API that write. */
function collectApi(found: Collected, text: string, token: TokenUse): void {
  for (const line of text.split('\n')) {
    const byGh = /\bgh\s+api\b/.test(line) && token !== 'other';
    const byCurl =
      /\b(?:curl|wget|http|Invoke-(?:RestMethod|WebRequest))\b/.test(line) &&
      /api\.github\.com|GITHUB_API_URL|github\.api_url|uploads\.github/i.test(line);
    if (!byGh && !byCurl) continue;
    if (
      !/(?:-X|--method|-Method|--request)[ =]?["']?(?:POST|PUT|PATCH|DELETE)|\s-[fFd]\b|--(?:raw-)?field|--input|--data/i.test(
        line,
      )
    )
      continue;
    const scopes = apiScopes(line);
    if (scopes.length > 0) add(found, scopes, line.trim().slice(0, 40));
    else found.unknown ??= line.trim().slice(0, 40);
  }
}
