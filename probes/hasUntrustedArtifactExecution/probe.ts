import { defineProbe } from '../../src/core/index.ts';
import { placeFinding, placeOutcomes, workflowFindings } from '../../src/evidence/placeFindings.ts';
import { untrustedArtifacts } from '../../src/evidence/workflowPlaces.ts';
import { workflows } from '../../src/evidence/workflows.ts';

export const hasUntrustedArtifactExecution = defineProbe({
  id: 'hasUntrustedArtifactExecution',
  lifecycle: 'experimental',
  summary: 'Does a privileged job run files that a pull request made?',
  motivation:
    'A workflow on `workflow_run` holds secrets and a writable token. Artifacts of the run before it may come from a fork: unpacked over the tree they replace scripts and settings of the steps behind.',
  implementation:
    'Looks in workflows on `workflow_run` for steps that fetch artifacts of the other run, by any usual action, the forge client or its API, and for later steps that load code or settings from where they are unpacked. Files in a folder of their own that are only read are fine.',
  outcomes: placeOutcomes('Such a step; one finding per step.', 'No privileged job runs files of outsiders.'),
  remediation: {
    on: 'True',
    effort: 'Low',
    act: 'Keep artifacts of forks out of the tree',
    steps: [
      'Unpack the artifact at {path}:{line} into a folder of its own (`path: ${{ runner.temp }}/artifact`), and read from it only values that are checked.',
    ],
  },
  forges: ['github', 'local'],
  languages: ['all'],
  needs: { workflows, untrustedArtifacts },
  example: {
    path: '.github/workflows/report.yml',
    before:
      'on:\n  workflow_run:\n    workflows: [CI]\njobs:\n  report:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - uses: actions/download-artifact@v4\n        with:\n          run-id: ${{ github.event.workflow_run.id }}\n      - run: ./report.sh\n',
    after:
      'on:\n  workflow_run:\n    workflows: [CI]\njobs:\n  report:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - uses: actions/download-artifact@v4\n        with:\n          run-id: ${{ github.event.workflow_run.id }}\n          path: ${{ runner.temp }}/results\n      - run: ./report.sh\n',
  },
  run: ({ workflows, untrustedArtifacts }, { now }) =>
    workflowFindings(
      workflows,
      untrustedArtifacts.map((place) =>
        placeFinding(place, now, `${place.snippet} brings files of outsiders that later steps load`),
      ),
      'no privileged job runs files of outsiders',
    ),
});
