import { defineProbe } from '../../src/core/index.ts';
import { placeFinding, placeOutcomes, workflowFindings } from '../../src/evidence/placeFindings.ts';
import { inheritedSecrets } from '../../src/evidence/workflowPlaces.ts';
import { workflows } from '../../src/evidence/workflows.ts';

export const hasInheritedSecrets = defineProbe({
  id: 'hasInheritedSecrets',
  lifecycle: 'experimental',
  summary: 'Does a job hand all secrets to a workflow of another repository?',
  motivation:
    'With `secrets: inherit` the called workflow, and whoever can change it, gets every secret of the repository and its organization, those added later too.',
  implementation:
    'Looks for `secrets: inherit` in jobs that call a reusable workflow of another repository. Workflows of the repository itself are fine.',
  outcomes: placeOutcomes('Such a call; one finding per job.', 'No job hands on all secrets.'),
  remediation: {
    on: 'True',
    effort: 'Low',
    act: 'Name the secrets that a called workflow gets',
    steps: [
      'Replace `secrets: inherit` at {path}:{line} by the secrets that the called workflow needs, by name.',
    ],
  },
  forges: ['github', 'local'],
  languages: ['all'],
  needs: { workflows, inheritedSecrets },
  example: {
    path: '.github/workflows/release.yml',
    before:
      'on: push\njobs:\n  release:\n    uses: example/workflows/.github/workflows/release.yml@v1\n    secrets: inherit\n',
    after:
      'on: push\njobs:\n  release:\n    uses: example/workflows/.github/workflows/release.yml@v1\n    secrets:\n      token: ${{ secrets.RELEASE_TOKEN }}\n',
  },
  run: ({ workflows, inheritedSecrets }, { now }) =>
    workflowFindings(
      workflows,
      inheritedSecrets.map((place) => placeFinding(place, now, `all secrets are handed to ${place.snippet}`)),
      'no job hands all secrets to another repository',
    ),
});
