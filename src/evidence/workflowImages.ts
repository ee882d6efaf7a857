/** Images that workflows and the repository's own actions run in. */
import { derive } from '../core/index.ts';
import {
  type Action,
  actual,
  imageVerdict,
  jobImageVerdict,
  type PinVerdict,
  type Step,
  type Text,
  type Workflow,
} from '../parse/workflow/index.ts';
import { compositeActions } from './compositeActions.ts';
import { workflows } from './workflows.ts';

export interface WorkflowImage {
  readonly path: string;
  readonly line: number;
  readonly image: string;
  readonly truth: PinVerdict;
}

const DOCKER = 'docker://';

/** Images of jobs, services, steps and actions, each judged by what fixes it. */
export const workflowImages = derive({
  id: 'workflowImages',
  version: 1,
  needs: { workflows, compositeActions },
  derive: ({ workflows, compositeActions }): readonly WorkflowImage[] => [
    ...workflows.flatMap((workflow) => (workflow.error ? [] : ofWorkflow(actual(workflow)))),
    ...compositeActions.flatMap(ofAction),
  ],
});

function ofWorkflow({ path, jobs }: Workflow): readonly WorkflowImage[] {
  return jobs.flatMap((job) => [
    ...[job.container, ...job.services].flatMap((container) => {
      const image = container?.image;
      return image === undefined ? [] : judged(path, image, image.value, jobImageVerdict(image.value, job));
    }),
    ...ofSteps(path, job.steps),
  ]);
}

function ofAction({ path, image, steps }: Action): readonly WorkflowImage[] {
  return [...(image === undefined ? [] : byAddress(path, image)), ...ofSteps(path, steps)];
}

function ofSteps(path: string, steps: readonly Step[]): readonly WorkflowImage[] {
  return steps.flatMap(({ uses }) => (uses === undefined ? [] : byAddress(path, uses)));
}

function byAddress(path: string, text: Text): readonly WorkflowImage[] {
  if (!text.value.startsWith(DOCKER)) return [];
  const image = text.value.slice(DOCKER.length);
  return judged(path, text, image, imageVerdict(image));
}

function judged(path: string, { line }: Text, image: string, truth: PinVerdict): readonly WorkflowImage[] {
  return truth.verdict === 'not-a-download' ? [] : [{ path, line, image, truth }];
}
