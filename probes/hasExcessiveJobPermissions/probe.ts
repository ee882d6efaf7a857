import { at, defineProbe, type FindingDraft, yes } from '../../src/core/index.ts';
import { placeOutcomes, workflowFindings } from '../../src/evidence/placeFindings.ts';
import { workflows } from '../../src/evidence/workflows.ts';
import { type Grant, grants } from '../../src/evidence/workflowTruth.ts';

export const hasExcessiveJobPermissions = defineProbe({
  id: 'hasExcessiveJobPermissions',
  lifecycle: 'experimental',
  summary: 'Does a job get a right to write that none of its steps needs?',
  motivation:
    'Every action and script of a job can use its token. A right that nothing needs is of use to nobody but whoever takes over one of them.',
  implementation:
    'Compares the rights to write of every job, its own or those of the workflow, with what its actions and commands are known to need.',
  outcomes: placeOutcomes(
    'A right to write that some job gets and does not need; one finding per scope.',
    'Every right to write is needed.',
  ),
  remediation: {
    on: 'True',
    effort: 'Low',
    act: 'Drop rights to write that no step needs',
    steps: [
      'At {path}:{line} remove `{value:tokenName}: write` where no step needs it, and give it only to the jobs that do.',
    ],
  },
  forges: ['github', 'local'],
  languages: ['all'],
  needs: { workflows, grants },
  example: {
    path: '.github/workflows/lint.yml',
    before:
      'on: push\npermissions:\n  contents: write\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: make lint\n',
    after:
      'on: push\npermissions:\n  contents: read\njobs:\n  lint:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: make lint\n',
  },
  run: ({ workflows, grants }) =>
    workflowFindings(
      workflows,
      grants.filter(({ verdict }) => verdict === 'true').map(excessive),
      'every right to write is needed',
    ),
});

function excessive({ path, line, job, scope, idleJobs }: Grant): FindingDraft {
  const jobs = idleJobs.join(' ');
  const right = scope === 'write-all' ? 'every scope' : scope;
  const who = job === undefined ? `every job may write ${right}` : `job ${job} may write ${right}`;
  const idle =
    job === undefined ? `: not needed by ${idleJobs.slice(0, 3).join(', ')}` : ', which no step needs';
  return yes(who + idle, { location: at(path, line), values: { tokenName: scope, jobs } });
}
