/** Which language the script of a step is written in, as the runner decides it. */
import type { Job, RunDefaults, Step } from './model.ts';

export type ScriptLanguage = 'shell' | 'powershell' | 'cmd' | 'python' | 'other';

const LANGUAGES: Readonly<Record<string, ScriptLanguage>> = {
  bash: 'shell',
  sh: 'shell',
  dash: 'shell',
  ksh: 'shell',
  mksh: 'shell',
  zsh: 'shell',
  // What actions set up: shells of other systems inside the runner's.
  msys2: 'shell',
  cygwin: 'shell',
  'alpine.sh': 'shell',
  'cpa.sh': 'shell',
  'wsl-bash': 'shell',
  'wsl-sh': 'shell',
  'micromamba-shell': 'shell',
  freebsd: 'shell',
  pwsh: 'powershell',
  powershell: 'powershell',
  cmd: 'cmd',
  python: 'python',
};

/**
 * The language of a step's script: its own `shell`, else that of the job, else that of the workflow, else what the
 * runner uses. Arguments (`bash -e {0}`) and paths do not matter.
 */
export function scriptLanguage(
  step: Step,
  job?: Pick<Job, 'defaults' | 'runsOn'>,
  defaults?: RunDefaults,
): ScriptLanguage {
  const named = step.shell?.value || job?.defaults?.shell?.value || defaults?.shell?.value;
  if (named) return languageOf(named);
  return runsOnWindows(job) || isPowershell(step, job) ? 'powershell' : 'shell';
}

/** Cmdlets and variables of PowerShell, where the runner is only known at run time. */
const CMDLET =
  /\$env:\w|(?:^|[\s;|(])(?:Invoke|Expand|Write|Out|Add|New|Start|Get|Set|Remove|Test)-[A-Z][A-Za-z]+\s/;

function isPowershell(step: Step, job: Pick<Job, 'runsOn'> | undefined): boolean {
  const script = step.run?.value ?? '';
  const labels = job?.runsOn?.labels ?? [];
  return labels.some(({ value }) => value.includes('${{')) && CMDLET.test(script);
}

function languageOf(shell: string): ScriptLanguage {
  const [program = '', ...rest] = shell.trim().slice(0, 500).split(/\s+/);
  const known = LANGUAGES[programName(program)];
  // `nix develop -c bash -e {0}`, `sudo -u me bash {0}`: the word that is followed by the script, or by its options.
  const inner =
    known === undefined ? rest.findLast((word) => Object.hasOwn(LANGUAGES, programName(word))) : '';
  return known ?? (inner === undefined ? 'other' : LANGUAGES[programName(inner)]!);
}

function programName(program: string): string {
  const name = program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1).toLowerCase();
  return name.replace(/\.exe$/, '');
}

function runsOnWindows(job: Pick<Job, 'runsOn'> | undefined): boolean {
  const labels = job?.runsOn?.labels ?? [];
  return labels.some(({ value }) => /^windows\b/i.test(value));
}
