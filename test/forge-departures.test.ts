/** Where the reference view departs from the reference in what it takes from the forge. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import type { CheckResult } from '../src/core/index.ts';
import type { Network } from '../src/network.ts';
import { temporaryFolder, writeFiles } from './support/git.ts';
import { type Simulator, startSimulator } from './support/sim/index.ts';
import { simNetwork } from './support/simNetwork.ts';

const NOW = '2026-03-01T12:00:00Z';
const POLICY = 'Write to security@example.org: we answer reports of vulnerabilities within 10 days.\n';

const SCENARIOS = {
  long: {
    repo: { full_name: 'far/back' },
    history: {
      commits: 105,
      via: 'squash',
      step: '1h',
      check_runs: [
        { app: 'github-actions', name: 'unit', conclusion: 'success' },
        { app: 'github-actions', name: 'lint', conclusion: 'failure' },
      ],
    },
  },
  policy: {
    repo: { full_name: 'set/apart' },
    extra_repos: [{ repo: { full_name: 'set/.github' }, files_dir: 'org' }],
  },
  workflow: { repo: { full_name: 'odd/name' }, workflow_runs: [{ workflow: 'a#1 100%.yml' }] },
  people: {
    repo: { full_name: 'led/here' },
    contributors: ['helper[bot]', 'old-club', 'person'].map((login) => ({ login, contributions: 9 })),
    users: {
      'helper[bot]': { type: 'Bot', company: 'Bots' },
      'old-club': { type: 'Organization', company: 'Club' },
      person: { company: 'Works' },
    },
  },
  // One that runs ends the search, before the name that the reference cannot ask for.
  plain: { repo: { full_name: 'plain/name' }, workflow_runs: [{ workflow: '0 first.yml' }] },
};

const WORKFLOW = `on: push
jobs:
  publish:
    runs-on: ubuntu-latest
    steps:
      - run: docker push example/tool
`;

const temporary = temporaryFolder();
let sim: Simulator;
let network: Network;

beforeAll(async () => {
  const folder = temporary.path;
  const files = Object.entries(SCENARIOS).map(([name, scenario]) => [
    `${name}/scenario.yml`,
    JSON.stringify(scenario),
  ]);
  writeFiles(folder, {
    ...Object.fromEntries(files),
    'policy/org/SECURITY.md': POLICY,
    'policy/org/.gitattributes': 'SECURITY.md export-ignore\n',
    'workflow/files/.github/workflows/a#1 100%.yml': WORKFLOW,
    'plain/files/.github/workflows/0 first.yml': WORKFLOW,
    'plain/files/.github/workflows/a#1.yml': WORKFLOW,
  });
  sim = await startSimulator({ scenarios: [folder], now: NOW });
  network = simNetwork(sim);
});
afterAll(async () => {
  await network.close();
  await sim.close();
  temporary.remove();
});

async function check(name: string, of: string, commitDepth?: number): Promise<CheckResult> {
  const target = { kind: 'repository', name: `github.com/${name}` } as const;
  const options = { network, now: new Date(NOW), checks: [of], commitDepth };
  return (await scanTarget(target, options)).result.checks[0]!;
}

async function score(name: string, of: string, commitDepth?: number): Promise<number> {
  return (await check(name, of, commitDepth)).score;
}

describe('facts of the forge', () => {
  it('checks of a long history are judged in one way', async () => {
    expect(await score('far/back', 'CI-Tests', 105)).toBe(0);
    expect(await score('far/back', 'CI-Tests')).toBe(0);
  });

  it('a workflow with an odd name is an error as in the reference, and has its runs beside it', async () => {
    const { score, adjusted } = await check('odd/name', 'Packaging');
    expect([score, adjusted.score]).toEqual([-1, 10]);
    const plain = await check('plain/name', 'Packaging');
    expect([plain.score, plain.adjusted.score]).toEqual([10, 10]);
  });

  it('an app belongs to no company', async () => {
    // The account of an organisation names one, as in the reference: two of three, at three points each.
    expect(await score('led/here', 'Contributors')).toBe(6);
  });

  it('a policy of the organisation that archives leave out counts', async () => {
    expect(await score('set/apart', 'Security-Policy')).toBe(10);
  });
});
