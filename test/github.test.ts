/** GitHub as a forge, against the simulated one: facts, targets, budget, cache. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ScanOptions, scanTarget } from '../src/app.ts';
import { type Facts, type OpenOptions, ScanError } from '../src/core/index.ts';
import { assay, ensureBuilt } from './support/command-line.ts';
import { type Simulator, startSimulator } from './support/sim/index.ts';
import { simNetwork } from './support/simNetwork.ts';

const data = join(import.meta.dirname, '../testdata');
const NOW = '2026-01-01T00:00:00Z';
const FACTS = [
  'fullName',
  'defaultBranch',
  'createdAt',
  'archived',
  'languages',
  'license',
  'commits',
  'pullRequestChecks',
  'directChecks',
  'issues',
  'releases',
  'branches',
  'contributors',
  'webhooks',
  'defaultWorkflowPermissions',
] as const satisfies (keyof Facts)[];

let sim: Simulator;

beforeAll(async () => {
  sim = await startSimulator({ scenarios: [join(data, 'scenarios'), join(data, 'targets')], now: NOW });
});
afterEach(() => sim.reset());
afterAll(() => sim.close());

/** Facts are looked into freely here; what they are is held by the types of the program. */
type Free = ReturnType<typeof JSON.parse>;
type FreeFacts = Readonly<Record<(typeof FACTS)[number], Free>>;

/** Opens a repository and reads everything. */
async function look(name: string, options: OpenOptions = {}, variables: Record<string, string> = {}) {
  const network = simNetwork(sim, variables);
  try {
    const [forge] = network.forges;
    const { snapshot, doors } = await forge!.open(forge!.parse(name)!, { facts: FACTS, ...options });
    const paths: string[] = [];
    for await (const entry of snapshot.files()) paths.push(entry.path);
    const facts = (await snapshot.facts(FACTS)) as unknown as FreeFacts;
    const policy = await doors.organisationFile(['security.md', '.github/security.md']);
    const dependabot = await doors.commitsByAuthor('dependabot[bot]');
    const { commit } = snapshot;
    const notices = snapshot.notices().map((notice) => notice.code);
    await snapshot.close();
    return { facts, paths, commit, notices, policy, dependabot, ref: snapshot.ref };
  } finally {
    await network.close();
  }
}

async function scan(name: string, options: ScanOptions = {}, variables: Record<string, string> = {}) {
  const network = simNetwork(sim, variables);
  const target = { kind: 'repository', name } as const;
  try {
    return await scanTarget(target, { network, experimental: true, now: new Date(NOW), ...options });
  } finally {
    await network.close();
  }
}

describe('facts', () => {
  it('are those of the scenario', async () => {
    const { facts, paths, commit } = await look('brightforge/anvil');
    expect(commit).toBe(sim.head('brightforge', 'anvil').head);
    expect(paths).toContain('SECURITY.md');
    expect(facts.languages.known).toEqual({ Go: 90000, Shell: 900 });
    expect(facts.license.known).toMatchObject({ spdxId: 'MIT', path: 'LICENSE' });
    expect(facts.commits.known).toHaveLength(30);
    expect(facts.commits.known[0]).toMatchObject({
      committedAt: '2025-12-31T00:00:00Z',
      author: { login: 'nora', isBot: false },
      committer: { login: 'github' },
      pullRequests: [
        {
          number: 900,
          foreign: false,
          author: { login: 'nora' },
          mergedBy: { login: 'nora' },
          reviews: [{ state: 'APPROVED', author: { login: 'piotr' } }],
        },
      ],
    });
    expect(facts.pullRequestChecks.known).toHaveLength(30);
    expect(facts.pullRequestChecks.known[0].checkRuns).toEqual([
      { name: '', status: 'completed', conclusion: 'success', app: 'github-actions', url: '' },
      { name: '', status: 'completed', conclusion: 'success', app: 'github-advanced-security', url: '' },
    ]);
    expect(facts.directChecks.known).toEqual([]);
    expect(facts.issues.known).toMatchObject([
      {
        association: 'none',
        author: { login: 'zed' },
        comments: [{ association: 'member', author: 'nora' }],
      },
    ]);
    expect(
      facts.releases.known.map((release: { tag: string; target: string }) => [release.tag, release.target]),
    ).toEqual([
      ['v2.1.0', 'main'],
      ['v2.0.0', 'main'],
    ]);
    expect(facts.branches.known).toMatchObject({
      admin: true,
      rulesets: [],
      branches: [
        {
          name: 'main',
          isDefault: true,
          classic: { known: { requiredApprovingReviewCount: 2, isAdminEnforced: true } },
          publicRule: { requiresCodeOwnerReviews: true },
        },
      ],
    });
    expect(facts.contributors.known).toMatchObject([
      { login: 'nora', contributions: 80, company: '@northwind', organizations: ['northwind'] },
      { login: 'piotr', contributions: 40, company: 'Contoso, Inc.', organizations: ['contoso'] },
      { login: 'imani', contributions: 33, company: 'Fabrikam LLC', organizations: [] },
    ]);
    expect(facts.webhooks.known).toMatchObject([{ hasSecret: true }]);
    expect(facts.defaultWorkflowPermissions.known).toBe('read');
  });

  it('name each branch that releases name and that exists', async () => {
    const { branches } = (await look('somebody/branches')).facts;
    const told = branches.known.branches.map((branch: Free) => [
      branch.name,
      branch.classic.known?.requiredApprovingReviewCount ?? null,
    ]);
    expect(told).toEqual([
      ['main', 1],
      ['stable', null],
      ['release/1.x', 2],
    ]);
  });

  it('say of a fork which pull requests are those of the original', async () => {
    const { commits } = (await look('somebody/fork')).facts;
    expect(commits.known[0].pullRequests).toMatchObject([
      { number: 4, repository: 'original/thing', foreign: true },
    ]);
    expect(commits.known[1].pullRequests).toEqual([]);
  });

  it('reach as far back as asked, over several pages', async () => {
    const shas = (options: OpenOptions) =>
      look('somebody/deep', options).then(({ facts }) =>
        facts.commits.known.map((commit: Free) => commit.sha),
      );
    const { commits } = sim.head('somebody', 'deep');
    expect(await shas({ commitDepth: 110 })).toEqual(commits.slice(0, 110));
    expect(await shas({ commitDepth: 500 })).toEqual(commits);
  });

  it('tell every ruleset', async () => {
    const { branches } = (await look('somebody/rules')).facts;
    expect(branches.known.rulesets).toHaveLength(25);
    expect(branches.known.rulesets[24].rules).toEqual([{ type: 'deletion' }]);
  });

  it('say which permission would show more', async () => {
    const { branches, webhooks } = (await look('somebody/fine')).facts;
    expect(branches.known.branches[0].classic).toMatchObject({
      unknown: 'forbidden',
      needs: expect.stringContaining('Administration'),
    });
    expect(webhooks).toMatchObject({ unknown: 'forbidden', needs: expect.stringContaining('Webhooks') });
  });

  it('ask which of several files is the licence', async () => {
    const { license } = (await look('somebody/licences')).facts;
    expect(license.known).toMatchObject({ spdxId: 'MIT', path: 'LICENSE-MIT' });
  });

  it("find the organisation's policy", async () => {
    expect((await look('policed/thing')).policy).toMatchObject({
      known: { path: 'github.com/policed/.github/SECURITY.md', text: expect.stringContaining('90 days') },
    });
    expect((await look('brightforge/anvil')).policy).toEqual({ known: null });
  });

  it('find commits of a bot without a search where the history was read to its beginning', async () => {
    expect((await look('paperkite/folio')).dependabot).toEqual({ known: [{ authorId: 49_699_333 }] });
    expect(Object.keys(sim.summary().by_route).filter((route) => route.includes('search'))).toEqual([]);
    await look('somebody/deep');
    expect(sim.summary().by_route['rest GET /search/commits']).toBe(1);
  });

  it('are as of the commit that was named, and say what only the newest state can tell', async () => {
    const { commits } = sim.head('brightforge', 'anvil');
    for (const rev of [commits[3]!, 'v2.0.0']) {
      const { facts, commit, notices } = await look('brightforge/anvil', { commit: rev });
      expect(commit).toBe(rev === commits[3] ? rev : sim.head('brightforge', 'anvil').head);
      expect(facts.commits.known[0].sha).toBe(commit);
      expect(facts.license.known).toMatchObject({ spdxId: 'MIT' });
      expect(notices).toEqual([]);
      const newest = ['archived', 'issues', 'releases', 'branches', 'contributors', 'webhooks'] as const;
      expect(newest.map((key) => facts[key].unknown)).toEqual(newest.map(() => 'unsupported'));
    }
  });

  it('are fewer without a token, and the files are there', async () => {
    const { facts, paths } = await look('brightforge/anvil', {}, { GITHUB_TOKEN: '' });
    expect(paths).toContain('SECURITY.md');
    expect(facts.license.known).toMatchObject({ path: 'LICENSE' });
    expect(facts.releases.known).toHaveLength(2);
    expect(facts.commits).toMatchObject({ unknown: 'forbidden' });
    expect(sim.summary().graphql).toBe(0);
  });
});

describe('targets', () => {
  it.each([
    ['nobody/empty', 'target-empty'],
    ['nobody/gone', 'target-not-found'],
    ['nobody/blocked', 'target-blocked'],
    ['nobody/never-was', 'target-not-found'],
  ])('%s is told as %s', async (name, code) => {
    await expect(scan(name)).rejects.toMatchObject({ code });
    await expect(scan(name, {}, { GITHUB_TOKEN: '' })).rejects.toMatchObject({ code });
  });

  it('a commit that is not there', async () => {
    await expect(scan('brightforge/anvil', { commit: 'f'.repeat(40) })).rejects.toMatchObject({
      code: 'target-not-found',
      message: expect.stringContaining('fff'),
    });
  });

  it('a refused token', async () => {
    await expect(scan('brightforge/anvil', {}, { GITHUB_TOKEN: 'bad-token' })).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.not.stringContaining('bad-token'),
    });
  });

  it('a host that does not answer', async () => {
    const nowhere = {
      GITHUB_API_URL: 'http://127.0.0.1:9',
      GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9/graphql',
    };
    await expect(scan('brightforge/anvil', {}, nowhere)).rejects.toMatchObject({ code: 'network' });
  });

  it('a renamed repository keeps the name that was typed', async () => {
    const { result } = await scan('github.com/old-org/old-name');
    expect(result.repo.name).toBe('github.com/old-org/old-name');
    expect(result.notices.map((notice) => notice.message)).toContain(
      'old-org/old-name is now new-org/new-name',
    );
    expect(result.checks.find((check) => check.name === 'Code-Review')?.score).toBe(10);
  });

  it('a renamed repository has the policy and the fuzzing of its new owner', async () => {
    expect((await look('old-org/old-name')).policy).toMatchObject({
      known: { path: 'github.com/new-org/.github/SECURITY.md' },
    });
    const { result } = await scan('old-org/old-name', { checks: ['Fuzzing', 'Security-Policy'] });
    const outcomes = result.probes.map(({ probe, reference }) => [probe, reference[0]?.outcome]);
    expect(Object.fromEntries(outcomes)).toMatchObject({ fuzzed: 'True', securityPolicyPresent: 'True' });
  });

  it.each([
    ['nobody/disabled', 'repository-disabled'],
    ['nobody/archived', 'repository-archived'],
  ])('%s is scanned with a notice', async (name, code) => {
    expect((await look(name)).notices).toEqual([code]);
  });

  it('a scan that is given up ends at once', async () => {
    sim.inject({ kind: 'silent', on: 'graphql' });
    const stop = new AbortController();
    const running = scan('brightforge/anvil', { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(running).rejects.toThrow('enough');
  });
});

describe('the archive', () => {
  it('that breaks off is fetched once more, and read on where it broke', async () => {
    const whole = await look('brightforge/anvil');
    sim.inject({ kind: 'cut', on: 'archive', times: 1 });
    expect((await look('brightforge/anvil')).paths).toEqual(whole.paths);
  });

  it('that stays broken makes all that files tell unknown, and nothing else', async () => {
    const clean = (await scan('brightforge/anvil')).result;
    sim.inject({ kind: 'truncated-archive', on: 'archive' });
    const { result } = await scan('brightforge/anvil');
    const scores = Object.fromEntries(result.checks.map((check) => [check.name, check.score]));
    expect(scores).toMatchObject({
      'Binary-Artifacts': -1,
      'Pinned-Dependencies': -1,
      'Token-Permissions': -1,
    });
    expect(scores).toMatchObject({ 'Code-Review': 10, Maintained: 10, 'Signed-Releases': 10, Webhooks: 10 });
    expect(result.notices.map((notice) => notice.code)).toContain('files-unreadable');
    expect(clean.notices.map((notice) => notice.code)).not.toContain('files-unreadable');
    for (const [index, { probe, reference, adjusted }] of result.probes.entries()) {
      const { reference: before } = clean.probes[index]!;
      const isError = adjusted.some(({ outcome }) => outcome === 'Error');
      const outcomes = (found: typeof reference) => found.map(({ outcome }) => outcome);
      expect([probe, ...outcomes(reference)]).toEqual([
        probe,
        ...(isError && before.length > 0 ? ['Error'] : outcomes(before)),
      ]);
    }
    const kept = result.probes.find(({ probe }) => probe === 'blocksDeleteOnBranches');
    expect(kept?.reference.map(({ outcome }) => outcome)).toEqual(['True']);
  });

  it.each([
    ['a check', { checks: ['CII-Best-Practices', 'Binary-Artifacts'] }],
    ['a probe', { probes: ['hasOpenSSFBadge', 'hasBinaryArtifacts'] }],
  ])('that stays broken leaves %s that asks a service alone', async (_, wish) => {
    const clean = (await scan('brightforge/anvil', wish)).result;
    sim.inject({ kind: 'truncated-archive', on: 'archive' });
    const { result } = await scan('brightforge/anvil', wish);
    const badge = ({ checks, probes }: typeof clean) => [
      checks.find(({ name }) => name === 'CII-Best-Practices')?.score,
      probes.find(({ probe }) => probe === 'hasOpenSSFBadge'),
    ];
    expect(badge(result)).toEqual(badge(clean));
    const check = result.checks.find(({ name }) => name === 'Binary-Artifacts');
    const probe = result.probes.find((one) => one.probe === 'hasBinaryArtifacts');
    expect(check?.score ?? probe?.adjusted[0]?.outcome).toBe('checks' in wish ? -1 : 'Error');
  });

  it('that stays broken ends a scan that has nothing else to go by', async () => {
    sim.inject({ kind: 'truncated-archive', on: 'archive' });
    const scanning = scan('brightforge/anvil', { probes: ['hasBinaryArtifacts'] });
    await expect(scanning).rejects.toMatchObject({ code: 'target-unreadable' });
  });

  it('is not fetched when no file is looked at', async () => {
    await scan('brightforge/anvil', { checks: ['CI-Tests'] });
    expect(sim.summary()).toMatchObject({ downloads: 0, graphql: 1, rest: 0 });
  });
});

describe('git instead of the archive', () => {
  it('shows the same tree', async () => {
    const archive = await look('brightforge/anvil');
    sim.reset();
    const git = await look('brightforge/anvil', { fileMode: 'git' });
    expect(git.paths.toSorted()).toEqual(archive.paths.toSorted());
    expect(sim.summary()).toMatchObject({ downloads: 0, git: expect.any(Number) });
  });

  it('shows a commit that was named', async () => {
    const { commits } = sim.head('brightforge', 'anvil');
    const { paths, commit } = await look('brightforge/anvil', { fileMode: 'git', commit: commits[2]! });
    expect(commit).toBe(commits[2]);
    expect(paths).toContain('SECURITY.md');
  });

  it('that fails tells no token', async () => {
    sim.inject({ kind: 'forbidden', on: 'git' }, { kind: 'not-found', on: 'git' });
    const { result } = await scan('brightforge/anvil', { fileMode: 'git' });
    const text = JSON.stringify(result);
    expect(text).toContain('files-unreadable');
    expect(text).not.toContain('sim-token');
    expect(text).not.toContain(Buffer.from('x-access-token:sim-token').toString('base64'));
  });
});

describe('the budget', () => {
  it('of a scan of everything is small', async () => {
    for (const { name, repo, scan: typed } of sim.scenarios()) {
      if (['empty', 'gone', 'blocked'].includes(name)) continue;
      sim.reset(name);
      const { stats } = await scan(typed ?? repo);
      const { rest, graphql, graphql_points: points, downloads } = sim.summary();
      expect({ name, points: points <= 6, graphql: graphql <= 3, rest: rest <= 8 }).toEqual({
        name,
        points: true,
        graphql: true,
        rest: true,
      });
      const { requests, badge = 0, osv = 0, 'oss-fuzz': fuzz = 0 } = stats.requests as Record<string, number>;
      expect(requests! - badge - osv - fuzz - (stats.requests['deps.dev'] ?? 0)).toBe(
        rest + graphql + downloads,
      );
      expect(stats.requests.points).toBe(points);
    }
  });

  const costs = () => {
    const { rest, rest_not_modified: same, graphql, graphql_points: points } = sim.summary();
    return { rest, same, graphql, points };
  };

  it.each<[string, number]>([
    ['nobody/empty', 1],
    ['nobody/blocked', 1],
    // One missing list does not prove that the repository is.
    ['nobody/gone', 2],
    ['nobody/never-was', 2],
  ])('is hardly touched by %s', async (name, rest) => {
    await expect(scan(name)).rejects.toBeInstanceOf(ScanError);
    expect(costs()).toEqual({ rest, same: 0, graphql: 0, points: 0 });
  });

  it('is half of what the reference takes, at most', async () => {
    const golden = JSON.parse(readFileSync(join(data, 'golden/requests.json'), 'utf8'));
    const told = sim.scenarios().filter(({ name }) => name in golden);
    expect(told.length).toBe(20);
    for (const { name, repo } of told) {
      sim.reset(name);
      await scan(repo);
      const { rest, graphql, points } = costs();
      const most = (golden[name].rest + golden[name].graphql) / 2;
      expect({ name, half: rest + graphql <= most, points: points <= 5 }).toEqual({
        name,
        half: true,
        points: true,
      });
    }
  });

  it('of a renamed repository is spent on one redirect only', async () => {
    await scan('old-org/old-name');
    expect(sim.requests().filter(({ status }) => status === 301)).toHaveLength(1);
  });

  it('takes one query for people and branches as well', async () => {
    await scan('brightforge/anvil');
    expect(costs()).toMatchObject({ graphql: 1 });
  });

  it('pays for organisations by person where the token has no scope for them', async () => {
    const whole = await look('brightforge/anvil');
    sim.reset();
    const { facts } = await look('brightforge/anvil', {}, { GITHUB_TOKEN: 'ghp_narrow' });
    expect(facts.contributors).toEqual(whole.facts.contributors);
    const { by_route: routes, graphql } = sim.summary();
    expect(graphql).toBe(1);
    const asked = Object.keys(routes).filter((route) => route.includes('/users/'));
    expect(asked.every((route) => route.endsWith('/orgs'))).toBe(true);
  });

  it('is not paid for each attestation', async () => {
    const attested = await startSimulator({ scenarios: [join(data, 'forge-scenarios')], now: NOW });
    const repo = attested.world.repo('cc', 'attested')!;
    const [two, one] = repo.releases;
    const older = [0, 1, 2].map((i) => ({ ...one!, tag_name: `v0.${i}`, id: 900 + i }));
    Object.assign(repo, { releases: [...repo.releases, ...older] });
    expect(two?.assets[0]?.name).toBe('tool');
    const network = simNetwork(attested);
    const wish = { network, now: new Date(NOW), checks: ['Signed-Releases'] };
    const { evidence } = await scanTarget({ kind: 'repository', name: 'cc/attested' }, wish);
    const asked = attested.requests().filter(({ path }) => path.includes('/attestations/'));
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
    expect(JSON.stringify(evidence.evidence.releaseProofs)).toContain('v0.2');
    attested.reset();
    attested.inject({ kind: 'not-found', on: 'rest', match: 'bulk-list' });
    const again = await scanTarget({ kind: 'repository', name: 'cc/attested' }, wish);
    expect(again.evidence.evidence.releaseProofs).toEqual(evidence.evidence.releaseProofs);
    await network.close();
    await attested.close();
  });

  it('does not grow with every workflow that publishes', async () => {
    const { result } = await scan('nobody/publishers', { checks: ['Packaging'] });
    expect(result.checks[0]?.score).toBe(10);
    const asked = Object.keys(sim.summary().by_route).filter((route) => route.includes('/actions/'));
    expect(asked.map((route) => route.slice(route.indexOf('/actions/'))).sort()).toEqual([
      '/actions/runs',
      '/actions/workflows/a.yml/runs',
      '/actions/workflows/b.yml/runs',
    ]);
  });

  it('is shared among tokens, and a spent one is passed over', async () => {
    const scarce = await startSimulator({ scenarios: [join(data, 'scenarios')], now: NOW, rateLimit: 8 });
    const network = simNetwork(scarce, { GITHUB_TOKEN: 'first,second,third' });
    const used = { kind: 'repository', name: 'harborlight/beacon' } as const;
    for (let times = 0; times < 3; times++) await scanTarget(used, { network, now: new Date(NOW) });
    expect(scarce.summary().errors).toBe(0);
    await expect(
      Promise.all(Array.from({ length: 9 }, () => scanTarget(used, { network, now: new Date(NOW) }))),
    ).rejects.toMatchObject({ code: 'rate-limited', message: expect.stringContaining('--max-wait') });
    await network.close();
    await scarce.close();
  });

  it('that ends within a scan is told beside the result', async () => {
    sim.inject({ kind: 'primary-rate-limit', resource: 'core', skip: 2, reset_in: '2h' });
    const network = simNetwork(sim);
    const target = { kind: 'repository', name: 'brightforge/anvil' } as const;
    const { result } = await scanTarget(target, { network, experimental: true, now: new Date(NOW) });
    await network.close();
    expect(result.notices).toContainEqual({
      code: 'facts-missing',
      message: expect.stringMatching(/^some facts are not known: the core request budget .*--max-wait/),
    });
    expect(result.checks.some(({ score }) => score < 0)).toBe(true);
  });

  it('that is spent for a moment is waited for, and the wait is announced', async () => {
    const waits: string[] = [];
    sim.inject({ kind: 'primary-rate-limit', on: 'graphql', reset_in: '1s' });
    const network = simNetwork(sim, {}, { onWait: ({ why }) => waits.push(why) });
    const { result } = await scanTarget(
      { kind: 'repository', name: 'brightforge/anvil' },
      { network, experimental: true, now: new Date(NOW) },
    );
    await network.close();
    expect(result.score).toBe(10);
    expect(waits).toEqual(['the graphql request budget of the token is spent']);
  });
});

describe('the cache', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-cache-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const files = (place: string) => readdirSync(join(place, 'http')).map((name) => join(place, 'http', name));

  it('makes a second scan cost a point and nothing else', async () => {
    const variables = { ASSAY_CACHE_DIR: join(folder, 'a') };
    for (const name of [
      'brightforge/anvil',
      'somebody/branches',
      'lonewolf/tooling',
      'policed/thing',
      'old-org/old-name',
    ]) {
      sim.reset();
      const cold = await scan(name, {}, variables);
      // The first scan under an old name learns the new one, and the second asks by it.
      if (name === 'old-org/old-name') await scan(name, {}, variables);
      sim.reset();
      const warm = await scan(name, {}, variables);
      expect(warm.result).toEqual(cold.result);
      const { graphql_points: points, rest, downloads } = sim.summary();
      expect({ name, points, rest, downloads }).toEqual({ name, points: 1, rest: 0, downloads: 1 });
      expect(warm.stats.requests.cacheHits).toBeGreaterThan(0);
    }
  });

  it('makes the second scan of a commit, of many bytes and of a long history cost as little', async () => {
    const big = await startSimulator({
      scenarios: [join(data, 'scenarios'), join(data, 'targets')],
      now: NOW,
    });
    Object.assign(big.world.repo('harborlight', 'beacon')!, { languages: { C: 5_000_000_000, Go: 2 } });
    const commit = big.head('brightforge', 'anvil').commits[2]!;
    for (const [name, options] of [
      ['harborlight/beacon', {}],
      ['brightforge/anvil', { commit }],
      ['somebody/deep', { commitDepth: 120 }],
    ] as const) {
      const again = async () => {
        big.reset();
        const network = simNetwork(big, { ASSAY_CACHE_DIR: join(folder, 'g') });
        const found = await scanTarget(
          { kind: 'repository', name },
          { network, now: new Date(NOW), ...options },
        );
        await network.close();
        return found.result;
      };
      const cold = await again();
      expect(await again()).toEqual(cold);
      const { graphql_points: points, rest } = big.summary();
      expect({ name, points, rest }).toEqual({ name, points: 1, rest: 0 });
    }
    await big.close();
  });

  it('notices a change', async () => {
    const changing = await startSimulator({ scenarios: [join(data, 'scenarios')], now: NOW });
    const again = async () => {
      const network = simNetwork(changing, { ASSAY_CACHE_DIR: join(folder, 'b') });
      const target = { kind: 'repository', name: 'harborlight/beacon' } as const;
      const { evidence } = await scanTarget(target, { network, now: new Date(NOW) });
      await network.close();
      return JSON.stringify(evidence.evidence.branches);
    };
    const before = await again();
    expect(await again()).toBe(before);
    const repo = changing.world.repo('harborlight', 'beacon')!;
    Object.assign(repo.protectionRules[0]!, { requiredApprovingReviewCount: 4 });
    expect(await again()).toContain('"requiredApprovingReviewCount":4');
    await changing.close();
  });

  it('makes the second scan of a private repository cheap where it may be kept', async () => {
    for (let times = 0; times < 2; times++) {
      sim.reset();
      const network = simNetwork(sim, { ASSAY_CACHE_DIR: join(folder, 'i') }, { cachePrivate: true });
      await scanTarget({ kind: 'repository', name: 'nobody/hidden' }, { network, now: new Date(NOW) });
      await network.close();
    }
    expect(sim.summary()).toMatchObject({ graphql_points: 1 });
    const paid = sim.requests().filter(({ kind, status }) => kind === 'rest' && status !== 304);
    // The address of a private archive holds a secret for one download, and is asked for each time.
    expect(paid.map(({ path }) => path).filter((path) => !path.includes('/tarball'))).toEqual([]);
  });

  it('belongs to this user alone and holds no token', async () => {
    const variables = { ASSAY_CACHE_DIR: join(folder, 'c'), GITHUB_TOKEN: 'very-secret-token' };
    await scan('brightforge/anvil', {}, variables);
    expect(statSync(join(folder, 'c', 'http')).mode & 0o777).toBe(0o700);
    expect(files(join(folder, 'c')).length).toBeGreaterThan(3);
    for (const file of files(join(folder, 'c'))) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).not.toContain('very-secret-token');
    }
  });

  it('keeps nothing of a private repository unless told to', async () => {
    const place = join(folder, 'd');
    const target = { kind: 'repository', name: 'nobody/hidden' } as const;
    for (const cachePrivate of [false, true]) {
      const network = simNetwork(sim, { ASSAY_CACHE_DIR: place }, { cachePrivate });
      await scanTarget(target, { network, now: new Date(NOW) });
      await network.close();
      const kept = files(place).filter((file) => readFileSync(file, 'utf8').includes('hidden'));
      expect(kept.length > 0).toBe(cachePrivate);
    }
  });

  it("keeps nothing of an organisation's private repository either", async () => {
    const place = join(folder, 'f');
    const hidden = await startSimulator({ scenarios: [join(data, 'targets')], now: NOW });
    Object.assign(hidden.world.repo('policed', '.github')!, { private: true });
    const network = simNetwork(hidden, { ASSAY_CACHE_DIR: place });
    await scanTarget({ kind: 'repository', name: 'policed/thing' }, { network, now: new Date(NOW) });
    await network.close();
    await hidden.close();
    const told = files(place).map((file) => readFileSync(file, 'utf8'));
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((text) => /SECURITY\.md|90 days/.test(text))).toEqual([]);
  });

  it("never reads one token's answers for another", async () => {
    const place = join(folder, 'e');
    await scan('brightforge/anvil', {}, { ASSAY_CACHE_DIR: place, GITHUB_TOKEN: 'one' });
    sim.reset();
    await scan('brightforge/anvil', {}, { ASSAY_CACHE_DIR: place, GITHUB_TOKEN: 'two' });
    expect(sim.requests().filter((request) => request.conditional && request.kind === 'rest')).toEqual([]);
  });
});

describe('the way there', () => {
  it('leads through a proxy with an authority of its own', async () => {
    const { GITHUB_API_URL: _, GITHUB_GRAPHQL_URL: __, ...variables } = sim.environment({ proxy: true });
    const { openNetwork } = await import('../src/network.ts');
    const network = openNetwork({ variables, userAgent: 'assay/test', cache: false });
    const { result } = await scanTarget(
      { kind: 'repository', name: 'brightforge/anvil' },
      { network, experimental: true, now: new Date(NOW) },
    );
    await network.close();
    expect(result.score).toBe(10);
    expect(new Set(sim.requests().map((request) => request.host))).toContain('codeload.github.com');
  });

  it('is refused without the authority, in words', async () => {
    const { SSL_CERT_FILE: _, NODE_EXTRA_CA_CERTS: __, ...rest } = sim.environment({ proxy: true });
    const { GITHUB_API_URL: ___, GITHUB_GRAPHQL_URL: ____, ...variables } = rest;
    ensureBuilt();
    const { code, stderr } = await assay(['brightforge/anvil', '--no-cache'], {
      env: { ...variables, GITHUB_API_URL: '', GITHUB_GRAPHQL_URL: '', ASSAY_OFFLINE: '' },
    });
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
  });

  it('is not begun where the authority cannot be read', async () => {
    const missing = scanTarget(
      { kind: 'repository', name: 'brightforge/anvil' },
      {
        networkOptions: {
          variables: { ...sim.environment(), NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' },
          cache: false,
        },
      },
    );
    await expect(missing).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('/nowhere/ca.pem cannot be read'),
    });
  });

  it('is not taken offline', async () => {
    const failing = scanTarget({ kind: 'repository', name: 'brightforge/anvil' }, { offline: true });
    await expect(failing).rejects.toBeInstanceOf(ScanError);
  });
});
