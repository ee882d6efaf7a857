import { defineProbe } from '../../src/core/index.ts';
import { placeFinding, placeOutcomes, workflowFindings } from '../../src/evidence/placeFindings.ts';
import { poisonedCaches } from '../../src/evidence/workflowPlaces.ts';
import { workflows } from '../../src/evidence/workflows.ts';

export const hasWorkflowCachePoisoning = defineProbe({
  id: 'hasWorkflowCachePoisoning',
  lifecycle: 'experimental',
  summary: 'Can the code of an outsider write a cache that trusted jobs read?',
  motivation:
    'Runs on `pull_request_target`, `workflow_run` and comments save caches where every branch reads them. What a pull request puts there is unpacked later by release builds.',
  implementation:
    'Looks for steps that save a cache (the cache action, set-up actions with caching on) in privileged jobs that work on a tree outsiders choose. Caches of plain `pull_request` runs stay in their own scope.',
  outcomes: placeOutcomes('Such a step; one finding per step.', 'No outsider can write a shared cache.'),
  remediation: {
    on: 'True',
    effort: 'Low',
    act: 'Keep outsiders from writing the cache',
    steps: [
      'Only restore the cache at {path}:{line} (`actions/cache/restore`, or caching of the set-up action off), or move the work on the pull request to a workflow on `pull_request`.',
    ],
  },
  forges: ['github', 'local'],
  languages: ['all'],
  needs: { workflows, poisonedCaches },
  example: {
    path: '.github/workflows/preview.yml',
    before:
      'on: issue_comment\njobs:\n  preview:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n        with:\n          ref: refs/pull/${{ github.event.issue.number }}/merge\n      - uses: actions/cache@v4\n        with:\n          path: ~/.npm\n          key: npm\n      - run: npm ci\n',
    after:
      'on: issue_comment\njobs:\n  preview:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n        with:\n          ref: refs/pull/${{ github.event.issue.number }}/merge\n      - uses: actions/cache/restore@v4\n        with:\n          path: ~/.npm\n          key: npm\n      - run: npm ci\n',
  },
  run: ({ workflows, poisonedCaches }, { now }) =>
    workflowFindings(
      workflows,
      poisonedCaches.map((place) =>
        placeFinding(place, now, `${place.snippet} saves a shared cache after code of outsiders has run`),
      ),
      'no outsider can write a shared cache',
    ),
});
