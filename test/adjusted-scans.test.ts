/**
 * Whole scans of made-up repositories in the adjusted view, each with what a maintainer would call right: rules by their
 * source and effect, ranges where settings are hidden, single maintainers, reviews, people, releases, finished projects.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import type { Network } from '../src/network.ts';
import { type Simulator, startSimulator } from './support/sim/index.ts';
import { simNetwork } from './support/simNetwork.ts';

const NOW = '2026-03-01T12:00:00Z';

/** A scenario in the form of a scenario file. */
type Scenario = Readonly<Record<string, unknown>>;
type Row = readonly [
  name: string,
  scenario: Scenario,
  files: Readonly<Record<string, string>>,
  check: string,
  score: number,
  range?: { readonly min: number; readonly max: number },
];

const pr = (approvals: number, more: Scenario = {}) => ({
  type: 'pull_request',
  parameters: { required_approving_review_count: approvals, ...more },
});
const ALL = {
  dismiss_stale_reviews_on_push: true,
  require_code_owner_review: true,
  require_last_push_approval: true,
};
const sc = (contexts: readonly string[], strict = true) => ({
  type: 'required_status_checks',
  parameters: {
    strict_required_status_checks_policy: strict,
    required_status_checks: contexts.map((context) => ({ context })),
  },
});
const DEL = { type: 'deletion' };
const NFF = { type: 'non_fast_forward' };
const RS = (
  name: string,
  rules: readonly Scenario[],
  { include = ['~DEFAULT_BRANCH'], exclude = [], ...more }: Scenario = {},
) => ({
  name,
  target: 'branch',
  enforcement: 'active',
  conditions: { ref_name: { include, exclude } },
  rules,
  ...more,
});
const FULL = [DEL, NFF, pr(2, ALL), sc(['a'])];
const CLASSIC = {
  pattern: 'main',
  requiredApprovingReviewCount: 2,
  requiresCodeOwnerReviews: true,
  dismissesStaleReviews: true,
  isAdminEnforced: true,
  requiresStrictStatusChecks: true,
  requiredStatusCheckContexts: ['a'],
  requireLastPushApproval: true,
};
/** Two people who review each other, and one alone. */
const TWO = {
  history: {
    commits: 12,
    via: 'squash',
    authors: ['am1', 'am2'],
    reviewers: ['am2', 'am1'],
    merged_by: 'am1',
  },
};
const SOLO = { history: { commits: 12, via: 'squash', authors: ['as1'] } };
const OWN = { CODEOWNERS: '* @am1\n' };
const adm = { viewer: { permission: 'ADMIN' } };
const role = [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'always' }];
const prrole = [{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'pull_request' }];
const C = (i: number, more: Scenario = {}) => ({
  message: `c${i}`,
  author: 'ca',
  committer: 'web-flow',
  date: `-${i + 1}d`,
  ...more,
});
const P = (i: number, more: Scenario = {}) => ({
  number: 10 + i,
  user: 'ca',
  merged_at: `-${i + 1}d`,
  merged_by: 'ca',
  ...more,
});
const three = (commit: (i: number) => Scenario) => ({ commits: [0, 1, 2].map(commit) });
/** Issues of outsiders. */
const iss = (count: number, more: Scenario) =>
  Array.from({ length: count }, (_, i) => ({
    user: `out${i}`,
    author_association: 'NONE',
    created_at: `-${100 + i}d`,
    ...more,
  }));
/** Nothing for three hundred days. */
const OLD = { history: { commits: 4, newest: '-300d' } };

const rows: readonly Row[] = [
  ['full-admin', { ...TWO, ...adm, rulesets: [RS('f', FULL)] }, OWN, 'Branch-Protection', 10],
  ['full-reader', { ...TWO, rulesets: [RS('f', FULL)] }, OWN, 'Branch-Protection', 10, { min: 9, max: 10 }],
  [
    'no-del-nff',
    { ...TWO, ...adm, rulesets: [RS('f', [pr(2, ALL), sc(['a'])])] },
    OWN,
    'Branch-Protection',
    0,
  ],
  ['only-del', { ...TWO, ...adm, rulesets: [RS('f', [DEL])] }, OWN, 'Branch-Protection', 1],
  ['classic-admin', { ...TWO, ...adm, branch_protection_rules: [CLASSIC] }, OWN, 'Branch-Protection', 10],
  [
    'classic-reader',
    { ...TWO, branch_protection_rules: [CLASSIC] },
    OWN,
    'Branch-Protection',
    10,
    { min: 4, max: 10 },
  ],
  [
    'classic-fine',
    { ...TWO, viewer: { permission: 'READ', token: 'fine-grained' }, branch_protection_rules: [CLASSIC] },
    OWN,
    'Branch-Protection',
    10,
    { min: 4, max: 10 },
  ],
  [
    'classic-app',
    {
      ...TWO,
      viewer: { permission: 'READ', token: 'app' },
      branch_protection_rules: [{ pattern: 'main', requiredApprovingReviewCount: 1 }],
    },
    {},
    'Branch-Protection',
    6,
    { min: 4, max: 6 },
  ],
  ['none-reader', { ...TWO }, OWN, 'Branch-Protection', 0],
  [
    'none-fine',
    { ...TWO, viewer: { permission: 'READ', token: 'fine-grained' } },
    OWN,
    'Branch-Protection',
    0,
  ],
  [
    'bypass-always',
    { ...TWO, ...adm, rulesets: [RS('f', FULL, { bypass_actors: role })] },
    OWN,
    'Branch-Protection',
    9,
  ],
  [
    'bypass-covered',
    { ...TWO, ...adm, rulesets: [RS('f', FULL, { bypass_actors: role }), RS('g', FULL)] },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'bypass-pr-full',
    { ...TWO, ...adm, rulesets: [RS('f', FULL, { bypass_actors: prrole })] },
    OWN,
    'Branch-Protection',
    9,
  ],
  [
    'bypass-pr-light',
    { ...TWO, ...adm, rulesets: [RS('f', [DEL, NFF, pr(0)], { bypass_actors: prrole })] },
    OWN,
    'Branch-Protection',
    3,
  ],
  [
    'bypass-inactive',
    {
      ...TWO,
      ...adm,
      rulesets: [RS('f', FULL), RS('e', FULL, { enforcement: 'evaluate', bypass_actors: role })],
    },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'evaluate',
    { ...TWO, ...adm, rulesets: [RS('f', FULL, { enforcement: 'evaluate' })] },
    OWN,
    'Branch-Protection',
    0,
  ],
  [
    'tag-set',
    { ...TWO, ...adm, rulesets: [RS('f', FULL, { target: 'tag', include: ['~ALL'] })] },
    OWN,
    'Branch-Protection',
    0,
  ],
  [
    'excluded',
    { ...TWO, ...adm, rulesets: [RS('f', FULL, { include: ['~ALL'], exclude: ['refs/heads/main'] })] },
    OWN,
    'Branch-Protection',
    0,
  ],
  [
    'not-strict',
    { ...TWO, ...adm, rulesets: [RS('f', [DEL, NFF, pr(2, ALL), sc(['a'], false)])] },
    OWN,
    'Branch-Protection',
    5,
  ],
  [
    'one-approval',
    { ...TWO, ...adm, rulesets: [RS('f', [DEL, NFF, pr(1, ALL), sc(['a'])])] },
    OWN,
    'Branch-Protection',
    8,
  ],
  ['no-owners-file', { ...TWO, ...adm, rulesets: [RS('f', FULL)] }, {}, 'Branch-Protection', 8],
  [
    'owners-vendored',
    { ...TWO, ...adm, rulesets: [RS('f', FULL)] },
    { 'vendor/x/CODEOWNERS': '* @q\n' },
    'Branch-Protection',
    8,
  ],
  [
    'owners-all-bad',
    { ...TWO, ...adm, rulesets: [RS('f', FULL)] },
    { CODEOWNERS: '* nobody\n/x also bad\n' },
    'Branch-Protection',
    8,
  ],
  [
    'owners-one-bad',
    { ...TWO, ...adm, rulesets: [RS('f', FULL)] },
    { CODEOWNERS: '* nobody\n/x @good\n' },
    'Branch-Protection',
    10,
  ],
  [
    'owners-shadowed',
    { ...TWO, ...adm, rulesets: [RS('f', FULL)] },
    { '.github/CODEOWNERS': '# none yet\n', CODEOWNERS: '* @good\n' },
    'Branch-Protection',
    8,
  ],
  [
    'frozen-branch',
    {
      ...TWO,
      ...adm,
      branches: [{ name: 'old', at: 5 }],
      releases: [{ tag_name: 'v1', target_commitish: 'old', published_at: '-700d', assets: [] }],
      rulesets: [RS('f', FULL)],
    },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'live-branch-open',
    {
      ...TWO,
      ...adm,
      branches: [{ name: 'rel', at: 5 }],
      releases: [{ tag_name: 'v1', target_commitish: 'rel', published_at: '-20d', assets: [] }],
      rulesets: [RS('f', FULL)],
    },
    OWN,
    'Branch-Protection',
    1,
  ],
  [
    'live-branch-full',
    {
      ...TWO,
      ...adm,
      branches: [{ name: 'rel', at: 5 }],
      releases: [{ tag_name: 'v1', target_commitish: 'rel', published_at: '-20d', assets: [] }],
      rulesets: [RS('f', FULL, { include: ['~ALL'] })],
    },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'solo-all',
    {
      ...SOLO,
      ...adm,
      rulesets: [RS('f', [DEL, NFF, pr(0, { dismiss_stale_reviews_on_push: true }), sc(['a'])])],
    },
    {},
    'Branch-Protection',
    10,
  ],
  [
    'solo-not-stale',
    { ...SOLO, ...adm, rulesets: [RS('f', [DEL, NFF, pr(0), sc(['a'])])] },
    {},
    'Branch-Protection',
    9,
  ],
  ['solo-open', { ...SOLO, ...adm }, {}, 'Branch-Protection', 0],
  [
    'solo-bots',
    {
      history: [{ commits: 8, via: 'squash', authors: ['dependabot[bot]', 'as2'], merged_by: 'as2' }],
      ...adm,
      rulesets: [RS('f', [DEL, NFF, pr(0, { dismiss_stale_reviews_on_push: true }), sc(['a'])])],
    },
    {},
    'Branch-Protection',
    10,
  ],
  [
    'pair-light',
    { ...TWO, ...adm, rulesets: [RS('f', [DEL, NFF, pr(0), sc(['a'])])] },
    {},
    'Branch-Protection',
    4,
  ],
  [
    'two-sets-add',
    { ...TWO, ...adm, rulesets: [RS('a', [DEL, NFF]), RS('b', [pr(2, ALL)]), RS('c', [sc(['x'])])] },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'classic-hidden-ruleset-rest',
    {
      ...TWO,
      viewer: { permission: 'WRITE', token: 'classic' },
      branch_protection_rules: [{ pattern: 'main' }],
      rulesets: [RS('f', FULL)],
    },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'classic-reader-min',
    { ...TWO, branch_protection_rules: [{ pattern: 'main' }] },
    {},
    'Branch-Protection',
    3,
    { min: 3, max: 4 },
  ],
  [
    'classic-reader-checks',
    { ...TWO, branch_protection_rules: [{ pattern: 'main', requiredStatusCheckContexts: ['x'] }] },
    {},
    'Branch-Protection',
    3,
    { min: 3, max: 4 },
  ],
  [
    'classic-reader-and-set',
    { ...TWO, branch_protection_rules: [{ pattern: 'main' }], rulesets: [RS('f', [pr(2, ALL), sc(['a'])])] },
    OWN,
    'Branch-Protection',
    10,
    { min: 9, max: 10 },
  ],
  [
    'solo-reader',
    { ...SOLO, branch_protection_rules: [{ pattern: 'main', requiredStatusCheckContexts: ['x'] }] },
    {},
    'Branch-Protection',
    10,
    { min: 3, max: 10 },
  ],
  [
    'master-frozen',
    {
      ...TWO,
      ...adm,
      repo: { default_branch: 'trunk' },
      branches: [{ name: 'main', at: 5 }],
      releases: [{ tag_name: 'v1', target_commitish: 'master', published_at: '-700d', assets: [] }],
      rulesets: [RS('f', FULL)],
    },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'master-live',
    {
      ...TWO,
      ...adm,
      repo: { default_branch: 'trunk' },
      branches: [{ name: 'main', at: 5 }],
      releases: [{ tag_name: 'v1', target_commitish: 'master', published_at: '-7d', assets: [] }],
      rulesets: [RS('f', FULL)],
    },
    OWN,
    'Branch-Protection',
    1,
  ],
  [
    'two-rel-live',
    {
      ...TWO,
      ...adm,
      branches: [
        { name: 'r1', at: 5 },
        { name: 'r2', at: 5 },
      ],
      releases: [
        { tag_name: 'v2', target_commitish: 'r2', published_at: '-7d', assets: [] },
        { tag_name: 'v1', target_commitish: 'r1', published_at: '-400d', assets: [] },
      ],
      rulesets: [RS('f', FULL, { include: ['~ALL'], exclude: ['refs/heads/r1'] })],
    },
    OWN,
    'Branch-Protection',
    10,
  ],
  [
    'quiet-some',
    {
      history: [{ commits: 3, newest: '-10d' }],
      issues: iss(4, { comments: [{ user: 'mx', author_association: 'OWNER', created_at: '-95d' }] }),
    },
    {},
    'Maintained',
    10,
  ],
  ['quiet-waiting', { history: [{ commits: 6, newest: '-10d' }], issues: iss(4, {}) }, {}, 'Maintained', 5],
  [
    'fork-upstream',
    {
      repo: { fork: true, parent: { full_name: 'up/x' } },
      ...three((i) =>
        C(i, { pr: P(i, { base_repo: 'up/x', reviews: [{ user: 'rv', state: 'APPROVED' }] }) }),
      ),
    },
    {},
    'Code-Review',
    10,
  ],
  [
    'self-review',
    three((i) => C(i, { pr: P(i, { reviews: [{ user: 'ca', state: 'APPROVED' }] }) })),
    {},
    'Code-Review',
    0,
  ],
  [
    'machine-user',
    three((i) => C(i, { author: 'acme-bot', pr: P(i, { user: 'acme-bot', merged_by: 'acme-bot' }) })),
    {},
    'Code-Review',
    0,
  ],
  [
    'one-of-three',
    { commits: [0, 1, 2].map((i) => C(i, { pr: P(i, { merged_by: i ? 'ca' : 'cb' }) })) },
    {},
    'Code-Review',
    3,
  ],
  [
    'sast-status',
    three((i) => C(i, { pr: P(i, { statuses: [{ context: 'security/snyk', state: 'success' }] }) })),
    {},
    'SAST',
    10,
  ],
  [
    'finished-answered',
    {
      ...OLD,
      issues: iss(4, { comments: [{ user: 'mx', author_association: 'OWNER', created_at: '-90d' }] }),
    },
    {},
    'Maintained',
    10,
  ],
  [
    'finished-half',
    {
      ...OLD,
      issues: [
        ...iss(2, { comments: [{ user: 'mx', author_association: 'OWNER', created_at: '-99d' }] }),
        ...iss(2, {}),
      ],
    },
    {},
    'Maintained',
    5,
  ],
  ['finished-silent', { ...OLD }, {}, 'Maintained', -1],
  [
    'abandoned',
    { history: { commits: 3, newest: '-900d' }, repo: { created_at: '-2000d' }, issues: iss(4, {}) },
    {},
    'Maintained',
    0,
  ],
  ['young', { repo: { created_at: '-30d' }, history: { commits: 3, newest: '-1d' } }, {}, 'Maintained', -1],
  ['archived-quiet', { repo: { archived: true }, ...OLD }, {}, 'Maintained', 0],
  ['finished-closed', { ...OLD, issues: iss(3, { state: 'closed' }) }, {}, 'Maintained', 10],
  [
    'one-in-three',
    {
      history: { commits: 6, authors: ['k1'] },
      contributors: [{ login: 'k1', contributions: 20 }],
      users: { k1: { orgs: ['o1', 'o2'], company: 'O3' } },
    },
    {},
    'Contributors',
    3,
  ],
  [
    'three-same',
    {
      history: { commits: 6, authors: ['k2', 'k3', 'k4'] },
      contributors: ['k2', 'k3', 'k4'].map((login) => ({ login, contributions: 9 })),
      users: { k2: { company: 'Acme Inc.' }, k3: { company: '@acme' }, k4: { orgs: ['ACME'] } },
    },
    {},
    'Contributors',
    3,
  ],
  [
    'bot-company',
    {
      history: { commits: 6, authors: ['k5'] },
      contributors: [
        { login: 'k5', contributions: 9 },
        { login: 'corp-bot', contributions: 900 },
      ],
      users: { k5: { company: 'One' }, 'corp-bot': { company: 'Corp' } },
    },
    {},
    'Contributors',
    3,
  ],
  [
    'freelancers',
    {
      history: { commits: 6, authors: ['k6', 'k7'] },
      contributors: ['k6', 'k7'].map((login) => ({ login, contributions: 9 })),
      users: { k6: { company: 'Freelance' }, k7: { company: 'self-employed' } },
    },
    {},
    'Contributors',
    0,
  ],
  [
    'immutable',
    { ...TWO, releases: [{ tag_name: 'v1', immutable: true, assets: ['a.tgz'] }] },
    {},
    'Signed-Releases',
    8,
  ],
  [
    'immutable-some',
    {
      ...TWO,
      releases: [
        { tag_name: 'v2', immutable: true, assets: ['a.tgz'] },
        { tag_name: 'v1', assets: ['a.tgz'] },
      ],
    },
    {},
    'Signed-Releases',
    4,
  ],
  [
    'only-sums',
    { ...TWO, releases: [{ tag_name: 'v1', assets: ['SHA256SUMS', 'x.spdx.json'] }] },
    {},
    'Signed-Releases',
    -1,
  ],
  [
    'draft-skipped',
    {
      ...TWO,
      ...adm,
      releases: [
        { tag_name: 'v2', draft: true, assets: ['a.tgz'] },
        { tag_name: 'v1', assets: ['a.tgz', 'a.tgz.sig'] },
      ],
    },
    {},
    'Signed-Releases',
    8,
  ],
  [
    'taken-back',
    three((i) =>
      C(i, {
        pr: P(i, {
          reviews: [
            { user: 'rv', state: 'APPROVED' },
            { user: 'rv', state: 'CHANGES_REQUESTED' },
          ],
        }),
      }),
    ),
    {},
    'Code-Review',
    0,
  ],
  [
    'bot-approves',
    three((i) => C(i, { pr: P(i, { reviews: [{ user: 'robo[bot]', state: 'APPROVED' }] }) })),
    {},
    'Code-Review',
    0,
  ],
  ['bot-merges', three((i) => C(i, { pr: P(i, { merged_by: 'mergify[bot]' }) })), {}, 'Code-Review', 0],
  [
    'bot-merges-approved',
    three((i) =>
      C(i, { pr: P(i, { merged_by: 'mergify[bot]', reviews: [{ user: 'rv', state: 'APPROVED' }] }) }),
    ),
    {},
    'Code-Review',
    10,
  ],
  ['ghost-merges', three((i) => C(i, { pr: P(i, { merged_by: null }) })), {}, 'Code-Review', 0],
  [
    'second-pr',
    three((i) => C(i, { prs: [{ number: 90 + i, user: 'ca', state: 'closed' }, P(i, { merged_by: 'cb' })] })),
    {},
    'Code-Review',
    10,
  ],
  [
    'trailers',
    three((i) =>
      C(i, {
        message: 'x\n\nReviewed-by: Someone Else <s@e.x>\n(Merged from https://github.com/a/b/pull/9)',
      }),
    ),
    {},
    'Code-Review',
    10,
  ],
  [
    'trailers-no-link',
    three((i) => C(i, { message: 'x\n\nReviewed-by: Someone Else <s@e.x>' })),
    {},
    'Code-Review',
    0,
  ],
  [
    'version-bumps',
    {
      commits: [0, 1, 2].map((i) =>
        C(
          i,
          i
            ? { author: 'github-actions[bot]', message: `Release v1.${i}` }
            : { pr: P(i, { merged_by: 'cb' }) },
        ),
      ),
    },
    {},
    'Code-Review',
    10,
  ],
  ['pvr-only', { ...TWO, private_vulnerability_reporting: true }, {}, 'Security-Policy', 6],
  [
    'pvr-thin',
    { ...TWO, private_vulnerability_reporting: true },
    { 'SECURITY.md': 'See https://example.org for vulnerability disclosure. We answer within 10 days.\n' },
    'Security-Policy',
    10,
  ],
  [
    'homepage-only',
    { ...TWO },
    { 'SECURITY.md': 'See https://example.org for vulnerability disclosure. We answer within 10 days.\n' },
    'Security-Policy',
    4,
  ],
  ['hook-no-rights', { ...TWO }, {}, 'Webhooks', -1],
  [
    'hook-rights',
    {
      ...TWO,
      ...adm,
      hooks: [
        { id: 1, config: { secret: 'x', url: 'https://a/1' } },
        { id: 2, config: { url: 'https://a/2' } },
      ],
    },
    {},
    'Webhooks',
    5,
  ],
  [
    'ci-latest',
    three((i) => C(i, { pr: P(i, { statuses: [{ context: 'deploy/latest', target_url: 'https://x.y' }] }) })),
    {},
    'CI-Tests',
    0,
  ],
  [
    'ci-direct',
    { commits: [0, 1, 2].map((i) => C(i, { committer: 'ca', check_runs: ['github-actions'] })) },
    {},
    'CI-Tests',
    10,
  ],
];

const folder = mkdtempSync(join(tmpdir(), 'adjusted-'));
let sim: Simulator;
let network: Network;

beforeAll(async () => {
  for (const [name, scenario, files] of rows) {
    const repo = { full_name: `adj/${name}`, ...(scenario.repo as object | undefined) };
    const all = {
      'scenario.yml': JSON.stringify({ ...scenario, repo }),
      'files/README.md': '# x\n',
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`files/${path}`, text])),
    };
    for (const [path, text] of Object.entries(all)) {
      const file = join(folder, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  sim = await startSimulator({ scenarios: [folder], now: NOW });
  network = simNetwork(sim);
});
afterAll(async () => {
  await network.close();
  await sim.close();
  rmSync(folder, { recursive: true });
});

describe('the adjusted view of a whole scan', () => {
  const expected = rows.map(([name, , , check, score, range]) => ({ name, check, score, range }));

  it.each(expected)('$name', async ({ name, check, score, range }) => {
    sim.reset(name);
    const target = { kind: 'repository', name: `github.com/adj/${name}` } as const;
    const { result } = await scanTarget(target, {
      network,
      now: new Date(NOW),
      checks: [check],
      experimental: true,
    });
    const { adjusted } = result.checks[0]!;
    expect([adjusted.score, adjusted.range]).toEqual([score, range]);
  });
});
