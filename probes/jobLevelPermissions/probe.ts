import { defineProbe, notApplicable, yes } from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { neededFindings, neededScopes, placeFindings } from '../../src/evidence/permissionFindings.ts';
import { permissionEntries } from '../../src/evidence/workflowFindings.ts';
import { grants } from '../../src/evidence/workflowTruth.ts';

export const jobLevelPermissions = defineProbe({
  id: 'jobLevelPermissions',
  lifecycle: 'experimental',
  summary: 'Does each job ask for no more than it needs?',
  motivation:
    'The token of a workflow is in reach of every action and script it runs. What it may not do, a compromised step cannot do either.',
  implementation:
    'Reads the `permissions` at job level of every workflow and tells each scope with its level.',
  outcomes: {
    True: 'A scope is read only, or in the Assay view needed; or nothing is said at job level anywhere.',
    False: 'A scope with another level, or no permissions set; the value permissionLevel tells which.',
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Drop rights to write in jobs',
    steps: [
      'At {path}:{line} keep only the scopes that are needed: set `permissions: contents: read` at the top of {path} and give further scopes to the jobs that need them.',
    ],
  },
  forges: ['github', 'local'],
  needs: { permissionEntries, grants },
  improvements: { 'one-file': oneFile, 'needed-scopes': neededScopes },
  example: {
    path: '.github/workflows/lint.yml',
    before:
      'on: push\npermissions: read-all\njobs:\n  lint:\n    permissions:\n      contents: write\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: make lint\n',
    after:
      'on: push\npermissions: read-all\njobs:\n  lint:\n    permissions:\n      contents: read\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: make lint\n',
  },
  run: ({ permissionEntries, grants }, view) => {
    if (permissionEntries.length === 0) return [notApplicable('there are no workflows')];
    const placed = view.adopts('needed-scopes')
      ? neededFindings(permissionEntries, grants, 'job')
      : placeFindings(permissionEntries, 'job');
    const found = [...brokenFindings(permissionEntries, view), ...placed];
    return found.length > 0 ? found : [yes('nothing is set at job level')];
  },
});
