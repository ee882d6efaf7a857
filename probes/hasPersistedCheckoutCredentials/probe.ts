import { defineProbe } from '../../src/core/index.ts';
import { placeFinding, placeOutcomes, workflowFindings } from '../../src/evidence/placeFindings.ts';
import { persistedCredentials } from '../../src/evidence/workflowPlaces.ts';
import { workflows } from '../../src/evidence/workflows.ts';

export const hasPersistedCheckoutCredentials = defineProbe({
  id: 'hasPersistedCheckoutCredentials',
  lifecycle: 'experimental',
  summary: 'Does a checkout leave its token where outsiders can take it?',
  motivation:
    'The checkout action writes the token of the job to disk for later git commands. Code of a pull request that runs in the same job can read it, and an artifact that holds the tree carries it to everybody who downloads it.',
  implementation:
    'Looks for checkouts without `persist-credentials: false` in jobs that work on a tree outsiders choose, and in jobs that upload the tree with its hidden files. Where only the own code runs the token may stay.',
  outcomes: placeOutcomes(
    'Such a checkout; one finding per step.',
    'No checkout leaves its token to outsiders.',
  ),
  remediation: {
    on: 'True',
    effort: 'Low',
    act: 'Keep the token out of the tree',
    steps: ['Add `persist-credentials: false` to the `with` of the checkout at {path}:{line}.'],
  },
  forges: ['github', 'local'],
  languages: ['all'],
  needs: { workflows, persistedCredentials },
  example: {
    path: '.github/workflows/build.yml',
    before:
      'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - uses: actions/upload-artifact@v4\n        with:\n          path: .\n          include-hidden-files: true\n',
    after:
      'on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n        with:\n          persist-credentials: false\n      - uses: actions/upload-artifact@v4\n        with:\n          path: .\n          include-hidden-files: true\n',
  },
  run: ({ workflows, persistedCredentials }, { now }) =>
    workflowFindings(
      workflows,
      persistedCredentials.map((place) =>
        placeFinding(place, now, `the token of ${place.snippet} stays where outsiders can take it`),
      ),
      'no checkout leaves its token to outsiders',
    ),
});
