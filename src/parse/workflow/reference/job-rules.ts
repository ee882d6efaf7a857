import type { Job, Step, Workflow } from '../model.ts';
import { joinLines, onOneLine } from './match.ts';

/** One step that a rule wants to see in a job: an action with inputs, or a command. */
export interface StepRule {
  /** Name of the action; the version does not count, but must be there. */
  readonly uses?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Any of these pairs, each on one line. A lone text has an empty second part. */
  readonly command?: readonly (readonly [string, string])[];
}

/** A job fits when every step of the rule is found in it, in any order. */
export interface JobRule {
  readonly id: string;
  readonly steps: readonly StepRule[];
}

export interface JobMatch {
  readonly rule: string;
  readonly job: string;
  readonly line: number;
}

/** First job, in file order, that fits some rule. Reference: file-checks 7.2 (matching). */
export function matchJobs(workflow: Workflow, rules: readonly JobRule[]): JobMatch | undefined {
  for (const job of workflow.jobs) {
    const rule = rules.find((candidate) => fits(job, candidate));
    if (rule !== undefined) return { rule: rule.id, job: job.id, line: job.line };
  }
  return undefined;
}

function fits(job: Job, rule: JobRule): boolean {
  for (const wanted of rule.steps) {
    // A called workflow that bears the name of any step's action fits the whole rule; a step without
    // an action is satisfied by a call that begins with `@`.
    if (job.call?.uses.value.startsWith(`${wanted.uses ?? ''}@`)) return true;
    if (!job.steps.some((step) => stepFits(step, wanted))) return false;
  }
  return true;
}

function stepFits(step: Step, { uses, inputs, command }: StepRule): boolean {
  if (uses !== undefined && !step.uses?.value.startsWith(`${uses}@`)) return false;
  if (inputs !== undefined) {
    for (const [name, value] of Object.entries(inputs)) {
      if (!step.inputs.some((input) => input.name === name && input.value === value)) return false;
    }
  }
  if (command === undefined) return true;
  if (step.run === undefined) return false;
  const script = joinLines(step.run.value);
  return command.some(([first, second]) => onOneLine(script, first, second));
}
