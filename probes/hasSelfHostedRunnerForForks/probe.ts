import { defineProbe } from '../../src/core/index.ts';
import { placeFinding, placeOutcomes, workflowFindings } from '../../src/evidence/placeFindings.ts';
import { ownRunners } from '../../src/evidence/workflowPlaces.ts';
import { workflows } from '../../src/evidence/workflows.ts';

export const hasSelfHostedRunnerForForks = defineProbe({
  id: 'hasSelfHostedRunnerForForks',
  lifecycle: 'experimental',
  summary: 'Can an outsider start a job on a machine of the project?',
  motivation:
    'Machines of your own are not made anew for every job. What the code of a pull request leaves behind there sees the next jobs, their secrets, and the network around.',
  implementation:
    'Looks for jobs with the label `self-hosted`, also as a value of the matrix, in workflows on events that outsiders cause: pull requests, comments, issues. Names what holds outsiders back in the value `gate`. Whether the repository is public and runs wait for approval is not looked at.',
  outcomes: placeOutcomes('Such a job; one finding per job.', 'Outsiders start no job on an own machine.'),
  remediation: {
    on: 'True',
    effort: 'Medium',
    act: 'Keep forks off your own machines',
    steps: [
      'Run the job at {path}:{line} on a hosted runner for pull requests of forks, or keep forks out by `if: github.event.pull_request.head.repo.full_name == github.repository`.',
    ],
  },
  forges: ['github', 'local'],
  languages: ['all'],
  needs: { workflows, ownRunners },
  example: {
    path: '.github/workflows/test.yml',
    before:
      'on: pull_request\njobs:\n  test:\n    runs-on: [self-hosted, linux]\n    steps:\n      - run: make\n',
    after: 'on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n',
  },
  run: ({ workflows, ownRunners }, { now }) =>
    workflowFindings(
      workflows,
      ownRunners.map((place) =>
        placeFinding(place, now, `outsiders can start job ${place.job} on an own machine (${place.snippet})`),
      ),
      'outsiders start no job on an own machine',
    ),
});
