import type { Workflow } from '../model.ts';

const ACTIONS = ['gradle/wrapper-validation-action@', 'gradle/actions/wrapper-validation@'];

/**
 * True for a workflow without problems that checks the Gradle wrapper in some step. Reference: file-checks 2.3.
 */
export function validatesGradleWrapper(workflow: Workflow): boolean {
  if (workflow.error !== undefined || workflow.problemCount > 0) return false;
  return workflow.jobs.some((job) =>
    job.steps.some(({ uses }) => ACTIONS.some((action) => uses?.value.startsWith(action))),
  );
}
