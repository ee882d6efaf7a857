import { defineProbe, notApplicable, yes } from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { permissionFinding } from '../../src/evidence/permissionFindings.ts';
import { permissionEntries } from '../../src/evidence/workflowFindings.ts';

export const hasNoGitHubWorkflowPermissionUnknown = defineProbe({
  id: 'hasNoGitHubWorkflowPermissionUnknown',
  lifecycle: 'experimental',
  summary: 'Are all permissions of workflows understood?',
  motivation:
    'A scope or level that no rule knows may be a typing mistake, and then the token has other rights than meant.',
  implementation:
    'Tells every scope that is written but not weighed, every level that is neither read, write nor none, and, as the reference does, each search for a reason to write.',
  outcomes: {
    True: 'Everything is understood.',
    False: 'One scope or level that is not weighed.',
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Use permissions that exist',
    steps: ['At {path}:{line} write the scope `{value:tokenName}` with the level `read`, `write` or `none`.'],
  },
  forges: ['github', 'local'],
  needs: { permissionEntries },
  improvements: {
    'one-file': oneFile,
    'known-scopes': {
      what: 'Only levels that are no levels at all are told, not scopes that are simply not weighed.',
      why: 'The searches for an excuse are no finding about the repository (file-checks 12.4).',
    },
  },
  example: {
    path: '.github/workflows/test.yml',
    before:
      'on: push\npermissions:\n  contents: raed\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n',
    after:
      'on: push\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make test\n',
  },
  run: ({ permissionEntries }, view) => {
    if (permissionEntries.length === 0) return [notApplicable('there are no workflows')];
    const strict = view.adopts('known-scopes');
    const unknown = permissionEntries.flatMap(({ path, hits }) =>
      hits
        .filter((entry) => entry.level === 'unknown')
        .filter((entry) => !strict || (entry.excuse === undefined && !isLevel(entry.value)))
        .map((entry) => permissionFinding(path, entry, false)),
    );
    const found = [...brokenFindings(permissionEntries, view), ...unknown];
    return found.length > 0 ? found : [yes('all permissions are understood')];
  },
});

const isLevel = (value = ''): boolean =>
  ['read', 'write', 'none'].includes(value.toLowerCase()) || value.startsWith('${{');
