import { withoutEnd, withoutEnds } from '../../trim.ts';
import type { Job, Step, Workflow } from '../model.ts';

/** A step's script that the reference reads as shell. */
export interface ShellScript {
  readonly job: string;
  readonly step: number;
  /** Line of the script's scalar: start and end of everything found in it are counted from here. */
  readonly line: number;
  /** The script, expressions replaced by a word. */
  readonly script: string;
}

/** A job whose runner cannot be told: its steps without a shell of their own are not read. */
export interface RunnerError {
  readonly job: string;
  /** Line of the step. */
  readonly line: number;
  /** Name of the job, empty if it has none. */
  readonly snippet: string;
}

export interface ScriptScan {
  readonly scripts: readonly ShellScript[];
  readonly errors: readonly RunnerError[];
}

const SHELLS = new Set(['sh', 'bash', 'mksh']);
const PLACEHOLDER = 'GITHUB_REDACTED_VAR';

/** Scripts of steps that run in a known shell, in file order. Reference: file-checks 8.5. */
export function findReferenceScripts(workflow: Workflow): ScriptScan {
  const scripts: ShellScript[] = [];
  const errors: RunnerError[] = [];
  for (const job of workflow.jobs) {
    for (const [index, step] of job.steps.entries()) {
      if (step.run === undefined) continue;
      const shell = shellOf(step, job);
      if (shell === undefined) errors.push({ job: job.id, line: step.line, snippet: job.name?.value ?? '' });
      else if (SHELLS.has(baseName(shell).toLowerCase())) {
        const { value, line } = step.run;
        scripts.push({ job: job.id, step: index, line, script: replaceExpressions(value) });
      }
    }
  }
  return { scripts, errors };
}

function baseName(path: string): string {
  const trimmed = withoutEnd(path, '/');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Every `{{ }}` without braces inside becomes a word; the dollar sign stays, so it reads as a variable. */
export function replaceExpressions(script: string): string {
  return script.includes('{{') ? script.replace(/\{\{[^{}]*\}\}/g, PLACEHOLDER) : script;
}

/** Shell of a step; undefined when the runner of its job cannot be told. Reference: file-checks 8.5. */
function shellOf(step: Step, job: Job): string | undefined {
  const named = step.shell?.value || job.defaults?.shell?.value;
  if (named) return named;
  if (step.condition !== undefined && isWindowsCondition(step.condition.value)) return 'pwsh';
  const systems = runnerLabels(job);
  if (systems === undefined) return undefined;
  return systems.every((label) => label.toLowerCase().startsWith('windows')) ? 'pwsh' : 'bash';
}

const WINDOWS_CONDITIONS = [
  /runner\.os[\t\n\f\r ]*==[\t\n\f\r ]*['"]windows['"]/i,
  /\$\{\{[\t\n\f\r ]*startsWith\(runner\.os,[\t\n\f\r ]*['"]windows['"]\)/i,
  /matrix\.os[\t\n\f\r ]*==[\t\n\f\r ]*['"]windows-/i,
];

function isWindowsCondition(condition: string): boolean {
  if (!condition.toLowerCase().includes('windows')) return false;
  return WINDOWS_CONDITIONS.some((pattern) => pattern.test(condition));
}

/** Labels of the runners; those of the matrix when the label asks for `matrix.os`. Undefined when that has none. */
function runnerLabels(job: Job): readonly string[] | undefined {
  const labels = job.runsOn?.labels ?? [];
  if (labels.length !== 1 || !labels[0]!.value.includes('matrix.os'))
    return labels.map((label) => label.value);
  const row = job.matrix?.rows.find(({ name }) => name === 'os');
  const included = (job.matrix?.include ?? []).flat().filter(({ name }) => name === 'os');
  const values = [...(row?.values ?? []), ...included.map(({ value }) => value)];
  if (values.length === 0) return undefined;
  return values.map((value) => (typeof value === 'string' ? withoutEnds(value, '\'"') : '{}'));
}
