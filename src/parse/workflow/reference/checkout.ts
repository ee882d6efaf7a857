import type { Workflow } from '../model.ts';

/** A checkout of code of a pull request, as the reference reports it. */
export interface CheckoutHit {
  readonly job: string;
  /** Line of the step. */
  readonly line: number;
  /** The whole `ref`. */
  readonly snippet: string;
}

const TRIGGERS = ['pull_request_target', 'workflow_run'];
const UNTRUSTED = ['github.event.pull_request', 'github.event.workflow_run'];

/** Checkouts of untrusted code, in the order of the file. Reference: file-checks 3.2 (rule A). */
export function findReferenceCheckouts(workflow: Workflow): readonly CheckoutHit[] {
  const hits: CheckoutHit[] = [];
  if (!workflow.triggers.some((trigger) => TRIGGERS.includes(trigger.name))) return hits;
  for (const job of workflow.jobs) {
    for (const step of job.steps) {
      if (!step.uses?.value.includes('actions/checkout')) continue;
      const ref = step.inputs.find((input) => input.name === 'ref')?.value;
      if (ref === undefined || !UNTRUSTED.some((context) => ref.includes(context))) continue;
      hits.push({ job: job.id, line: step.line, snippet: ref });
    }
  }
  return hits;
}
