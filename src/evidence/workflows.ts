import { perFile } from '../core/index.ts';
import { findReferenceInjections, parseWorkflow, type Workflow } from '../parse/workflow/index.ts';
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
  visit: (file) => {
    const workflow = file.parsedBytes(parseWorkflow);
    const { hits } = findReferenceInjections(workflow);
    if (hits.length === 0) return [workflow];
    // Patches need the text, which is only here.
    return [{ ...workflow, patches: injectionPatches(file.text(), workflow, hits) }];
  },
});
