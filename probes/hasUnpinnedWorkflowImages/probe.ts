import { at, defineProbe, type FindingDraft, yes } from '../../src/core/index.ts';
import { placeOutcomes, workflowFindings } from '../../src/evidence/placeFindings.ts';
import { type WorkflowImage, workflowImages } from '../../src/evidence/workflowImages.ts';
import { workflows } from '../../src/evidence/workflows.ts';

export const hasUnpinnedWorkflowImages = defineProbe({
  id: 'hasUnpinnedWorkflowImages',
  lifecycle: 'experimental',
  summary: 'Does a workflow run in an image that is not named by its digest?',
  motivation:
    'A tag can be moved to another image by whoever holds the registry account. The image then runs with the token and secrets of the job.',
  implementation:
    'Looks at `container` and `services` of jobs, also by values of the matrix, at actions named `docker://…`, and at images of actions the repository defines.',
  outcomes: placeOutcomes(
    'An image without digest; one finding per place.',
    'All images have a digest, or there are none.',
  ),
  remediation: {
    on: 'True',
    effort: 'Low',
    act: 'Pin images by digest',
    steps: ['Add the digest of the image at {path}:{line}: `{value:image}@sha256:…`.'],
  },
  forges: ['github', 'local'],
  languages: ['all'],
  needs: { workflows, workflowImages },
  example: {
    path: '.github/workflows/test.yml',
    before:
      'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    container: node:22\n    steps:\n      - run: npm test\n',
    after:
      'on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    container: node:22@sha256:0f5e1b9f8e3b6d64a1d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0987654\n    steps:\n      - run: npm test\n',
  },
  run: ({ workflows, workflowImages }) =>
    workflowFindings(
      workflows,
      workflowImages.filter(({ truth }) => truth.verdict === 'unpinned').map(unpinned),
      'all images of workflows have a digest',
    ),
});

function unpinned({ path, line, image, truth }: WorkflowImage): FindingDraft {
  return yes(`image ${image} is not pinned (${truth.why})`, {
    location: at(path, line, { snippet: image }),
    values: { image },
  });
}
