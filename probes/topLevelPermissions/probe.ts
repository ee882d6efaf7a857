import { defineProbe, notApplicable, yes } from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import {
  neededFindings,
  neededScopes,
  placeFindings,
  withJobRights,
} from '../../src/evidence/permissionFindings.ts';
import { permissionEntries } from '../../src/evidence/workflowFindings.ts';
import { grants, writingJobs } from '../../src/evidence/workflowTruth.ts';

export const topLevelPermissions = defineProbe({
  id: 'topLevelPermissions',
  lifecycle: 'experimental',
  summary: 'Does the workflow as a whole ask for no more than reading?',
  motivation:
    'The token of a workflow is in reach of every action and script it runs. What it may not do, a compromised step cannot do either.',
  implementation:
    'Reads the `permissions` at top level of every workflow and tells each scope with its level.',
  outcomes: {
    True: 'A scope is read only, or in the Assay view needed; or nothing is said at top level anywhere.',
    False: 'A scope with another level, or no permissions set; the value permissionLevel tells which.',
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Set read-only permissions at the top',
    steps: [
      'At {path}:{line} keep only the scopes that are needed: set `permissions: contents: read` at the top of {path} and give further scopes to the jobs that need them.',
    ],
  },
  forges: ['github', 'local'],
  needs: { permissionEntries, grants, writingJobs },
  improvements: { 'one-file': oneFile, 'needed-scopes': neededScopes },
  example: {
    path: '.github/workflows/release.yml',
    before:
      'on: push\npermissions: write-all\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n  release:\n    needs: test\n    runs-on: ubuntu-latest\n    steps:\n      - run: gh release create v1 --generate-notes\n',
    after:
      'on: push\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n  release:\n    needs: test\n    permissions:\n      contents: write\n    runs-on: ubuntu-latest\n    steps:\n      - run: gh release create v1 --generate-notes\n',
  },
  run: ({ permissionEntries, grants, writingJobs }, view) => {
    if (permissionEntries.length === 0) return [notApplicable('there are no workflows')];
    const placed = view.adopts('needed-scopes')
      ? neededFindings(permissionEntries, grants, 'top')
      : placeFindings(permissionEntries, 'top');
    const found = [...brokenFindings(permissionEntries, view), ...withJobRights(placed, writingJobs)];
    return found.length > 0 ? found : [yes('nothing is set at top level')];
  },
});
