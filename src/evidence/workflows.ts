import { perFile } from '../core/index.ts';
import {
  findReferenceInjections,
  MAX_INJECTIONS,
  parseWorkflow,
  type Workflow,
} from '../parse/workflow/index.ts';
import { injectionPatches } from '../parse/workflow/patch.ts';

/** A workflow, with a patch for each script injection that has one, in the order of the hits. */
export interface WorkflowEvidence extends Workflow {
  readonly patches?: readonly (string | null)[];
}

/** GitHub Actions workflows, as a plain model with lines. Which files count: file-checks 1.6. */
export const workflows = perFile<WorkflowEvidence>({
  id: 'workflows',
  version: 1,
  read: 'whole',
  paths: {
    folders: ['.github/workflows'],
    where: (path) => path.base.endsWith('.yml') || path.base.endsWith('.yaml'),
  },
  notice: ({ patches }) =>
    patches?.length === MAX_INJECTIONS
      ? {
          code: 'file-not-understood',
          message: `workflows: only ${MAX_INJECTIONS} script injections are told`,
        }
      : undefined,
  visit: (file) => {
    const workflow = file.parsedBytes(parseWorkflow);
    const { error } = workflow;
    // What ends at our limits, not at its own fault, is left out with a notice.
    if (error?.isLimit) throw new Error(`it is not judged: ${error.message}, at line ${error.line}`);
    if (error && file.truncated) throw new Error('it is not judged: it is too long to be read');
    const { hits } = findReferenceInjections(workflow);
    if (hits.length === 0) return [workflow];
    // Patches need the text, which is only here.
    return [{ ...workflow, patches: injectionPatches(file.text(), workflow, hits) }];
  },
});
