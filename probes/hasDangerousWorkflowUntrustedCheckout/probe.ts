import {
  at,
  defineProbe,
  type FindingDraft,
  no,
  notApplicable,
  type Remedy,
  yes,
} from '../../src/core/index.ts';
import { brokenFindings, oneFile } from '../../src/evidence/brokenWorkflow.ts';
import { checkouts } from '../../src/evidence/workflowFindings.ts';
import { gateAt, type TrueCheckout, trueCheckouts } from '../../src/evidence/workflowTruth.ts';

export const hasDangerousWorkflowUntrustedCheckout = defineProbe({
  id: 'hasDangerousWorkflowUntrustedCheckout',
  lifecycle: 'stable',
  summary: 'Does a privileged workflow check out the code of a pull request?',
  motivation:
    'Workflows on `pull_request_target` and `workflow_run` hold secrets and a writable token. Code of a pull request that is built or tested there can take both.',
  implementation:
    'Looks in workflows with these triggers for checkout steps whose `ref` is made from the pull request or from the run that triggered the workflow. The Assay view follows trees by action, `git` and `gh`, on every privileged event, and names what holds outsiders back in the value `gate`.',
  outcomes: {
    True: 'Such a checkout exists; one finding per step.',
    False: 'None exists.',
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  },
  remediation: {
    on: 'True',
    effort: 'Low',
    act: "Keep outsiders' code away from secrets",
    steps: [
      'At {path}:{line} check out the base branch (no `ref`), or let {path} run on `pull_request` where the code of the pull request is needed, and keep the privileged part in a second workflow that reads only its results.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { checkouts, trueCheckouts },
  improvements: {
    'one-file': oneFile,
    'outsiders-tree': {
      what: 'A tree counts when an outsider chooses it and a later step works on it, whichever way and event brings it; trees of the base side do not; places held back from outsiders are told with their gate.',
      why: 'The reference reports every `ref` that names the event, also the base side, and misses comment events, forks by `repository:`, `gh pr checkout` and git commands (scorecard issue 426).',
    },
  },
  example: {
    path: '.github/workflows/test.yml',
    before:
      'on: pull_request_target\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n        with:\n          ref: ${{ github.event.pull_request.head.sha }}\n      - run: make test\n',
    after:
      'on: pull_request\npermissions:\n  contents: read\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n      - run: make test\n',
  },
  run: ({ checkouts, trueCheckouts }, view) => {
    if (checkouts.length === 0) return [notApplicable('there are no workflows')];
    const broken = brokenFindings(checkouts, view);
    const hits = view.adopts('outsiders-tree')
      ? trueCheckouts.map((one) => judged(one, view.now))
      : checkouts.flatMap(({ path, hits }) =>
          hits.map(({ line, snippet }) =>
            yes(`untrusted code is checked out: ${snippet}`, {
              location: at(path, line, { snippet }),
              remedy: remedyAt(path, line),
            }),
          ),
        );
    const found = [...broken, ...hits];
    return found.length > 0 ? found : [no('no privileged workflow checks out untrusted code')];
  },
});

function judged(one: TrueCheckout, now: Date): FindingDraft {
  const { path, line, snippet, how, source, events } = one;
  const gate = gateAt(one.gate, now);
  const held = gate === undefined ? '' : `; held back by: ${gate}`;
  return yes(`untrusted code is checked out: ${snippet}${held}`, {
    location: at(path, line, { snippet }),
    remedy: remedyAt(path, line),
    values: { how, source, events: events.join(' '), ...(gate ? { gate } : {}) },
  });
}

/** The tree of the base branch, or no secrets beside the tree of an outsider. */
function remedyAt(path: string, line: number): Remedy {
  return {
    text: `${path}:${line}: check out the base branch (leave \`ref\` and \`repository\` out), or move what needs the code of the pull request to a workflow on \`pull_request\`, which has no secrets`,
  };
}
