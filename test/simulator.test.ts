/** The simulated GitHub, seen by the ordinary client libraries. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { graphql } from '@octokit/graphql';
import { Octokit } from '@octokit/rest';
import { ProxyAgent, fetch as undiciFetch } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from './support/sim/index.ts';

const run = promisify(execFile);
const scenarios = join(import.meta.dirname, '../testdata/scenarios');
const anvil = { owner: 'brightforge', repo: 'anvil' };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

let sim: Simulator;
let rest: Octokit;
let query: typeof graphql;
let folder: string;

beforeAll(async () => {
  sim = await startSimulator({ scenarios: [scenarios] });
  rest = new Octokit({ auth: 'sim-token', baseUrl: sim.apiUrl, log: quiet });
  query = graphql.defaults({ baseUrl: sim.apiUrl, headers: { authorization: 'token sim-token' } });
  folder = mkdtempSync(join(tmpdir(), 'simulator-test-'));
});

afterAll(async () => {
  await sim.close();
  rmSync(folder, { recursive: true });
});

describe('REST', () => {
  it('answers in both address styles, with links in the style of the caller', async () => {
    const enterprise = new Octokit({ auth: 'sim-token', baseUrl: `${sim.apiUrl}/api/v3`, log: quiet });
    expect((await rest.repos.get(anvil)).data.full_name).toBe('brightforge/anvil');
    expect((await enterprise.repos.get(anvil)).data.archive_url).toContain(`${sim.apiUrl}/api/v3/repos/`);
  });

  it('gives 304 for a known entity tag, at no cost', async () => {
    const first = await rest.repos.get(anvil);
    const left = async (): Promise<number> => (await rest.rateLimit.get()).data.resources.core.remaining;
    const before = await left();
    const again = rest.repos.get({ ...anvil, headers: { 'if-none-match': first.headers.etag } });
    await expect(again).rejects.toMatchObject({ status: 304 });
    expect(await left()).toBe(before);
  });

  it('pages by Link', async () => {
    const all = await rest.paginate(rest.repos.listCommits, { ...anvil, per_page: 7 });
    expect(new Set(all.map((c) => c.sha)).size).toBe(30);
  });

  it("gives 404 in GitHub's shape", async () => {
    const missing = rest.repos.get({ owner: 'no', repo: 'body' });
    await expect(missing).rejects.toMatchObject({
      status: 404,
      response: { data: { message: 'Not Found' } },
    });
  });

  it('knows branch protection and the rules of a branch', async () => {
    const protection = await rest.repos.getBranchProtection({ ...anvil, branch: 'main' });
    expect(protection.data.required_pull_request_reviews?.required_approving_review_count).toBe(2);
    const rules = await rest.repos.getBranchRules({ owner: 'harborlight', repo: 'compass', branch: 'trunk' });
    expect(rules.data.map((rule) => rule.type)).toContain('pull_request');
  });

  it('serves the same file by contents, tree and blob', async () => {
    const file = (await rest.repos.getContent({ ...anvil, path: 'SECURITY.md' })).data as {
      sha: string;
      content: string;
    };
    const tree = await rest.git.getTree({ ...anvil, tree_sha: 'main', recursive: '1' });
    const entry = tree.data.tree.find((e) => e.path === 'SECURITY.md');
    expect(entry?.sha).toBe(file.sha);
    const blob = await rest.git.getBlob({ ...anvil, file_sha: file.sha });
    expect(Buffer.from(blob.data.content, 'base64')).toEqual(Buffer.from(file.content, 'base64'));
  });

  it('downloads release assets', async () => {
    const [asset] = (await rest.repos.getLatestRelease(anvil)).data.assets;
    const headers = { accept: 'application/octet-stream' };
    const got = await rest.repos.getReleaseAsset({ ...anvil, asset_id: asset!.id, headers });
    expect(Buffer.from(got.data as unknown as ArrayBuffer).length).toBe(asset!.size);
  });

  it('searches code', async () => {
    const found = await rest.search.code({ q: 'FuzzParse repo:brightforge/anvil' });
    expect(found.data.total_count).toBe(1);
  });

  it('knows the pull requests of a commit and the checks on their heads', async () => {
    const [commit] = (await rest.repos.listCommits({ ...anvil, per_page: 1 })).data;
    const pulls = await rest.repos.listPullRequestsAssociatedWithCommit({
      ...anvil,
      commit_sha: commit!.sha,
    });
    const runs = await rest.checks.listForRef({ ...anvil, ref: pulls.data[0]!.head.sha });
    expect(runs.data.check_runs.map((r) => r.app?.slug)).toEqual([
      'github-actions',
      'github-advanced-security',
    ]);
  });
});

describe('git', () => {
  it('gives archives by redirect, under the usual top folder', async () => {
    const archive = await rest.repos.downloadTarballArchive({ ...anvil, ref: '' });
    const file = join(folder, 'a.tgz');
    writeFileSync(file, Buffer.from(archive.data as ArrayBuffer));
    const { stdout } = await run('tar', ['tzf', file]);
    expect(stdout).toMatch(/^brightforge-anvil-[0-9a-f]{7}\/$/m);
  });

  it('clones over HTTP objects that git finds sound, with the head the API names', async () => {
    const clone = join(folder, 'clone');
    await run('git', ['clone', '-q', `${sim.apiUrl}/brightforge/anvil.git`, clone]);
    await run('git', ['-C', clone, 'fsck', '--strict']);
    const { stdout } = await run('git', ['-C', clone, 'rev-parse', 'HEAD']);
    expect(stdout.trim()).toBe(sim.head('brightforge', 'anvil').head);
  });

  it('has the same commit ids whenever the clock is fixed', async () => {
    const heads: (string | null)[] = [];
    for (let i = 0; i < 2; i++) {
      const fixed = await startSimulator({ scenarios: [scenarios], now: '2026-01-01T00:00:00Z' });
      heads.push(fixed.head('lonewolf', 'tooling').head);
      await fixed.close();
    }
    // The id git itself gave the same history.
    expect(heads).toEqual(['d5843feab7eae29ceea9becb87fbc283db191588', heads[0]]);
  });
});

const WIDE = `query Wide($owner: String!, $name: String!) {
  rateLimit { cost remaining nodeCount }
  repository(owner: $owner, name: $name) {
    nameWithOwner isArchived licenseInfo { spdxId }
    languages(first: 10, orderBy: {field: SIZE, direction: DESC}) { totalSize edges { size node { name } } }
    defaultBranchRef {
      name
      branchProtectionRule { isAdminEnforced requiredApprovingReviewCount }
      refUpdateRule { requiredApprovingReviewCount }
      target { ... on Commit { oid history(first: 100) { pageInfo { hasNextPage endCursor } nodes {
        oid author { user { login } } signature { isValid } statusCheckRollup { state }
        associatedPullRequests(first: 2) { nodes {
          number merged mergedBy { login __typename } author { login __typename }
          labels(first: 5) { nodes { name } } reviews(last: 10) { nodes { state author { login } } }
          commits(last: 1) { nodes { commit {
            statusCheckRollup { state contexts(first: 20) { nodes { __typename
              ... on CheckRun { name conclusion checkSuite { app { slug } } } ... on StatusContext { context state } } } }
            checkSuites(first: 10) { nodes { app { slug } conclusion } } } } }
        } }
      } } } }
    }
    releases(first: 10, orderBy: {field: CREATED_AT, direction: DESC}) { nodes { tagName releaseAssets(first: 50) { nodes { name size } } } }
    issues(first: 30, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { author { login } comments(last: 5) { nodes { authorAssociation } } } }
    rulesets(first: 10) { nodes { name rules(first: 10) { nodes { type parameters { ... on PullRequestParameters { requiredApprovingReviewCount } } } } } }
    branchProtectionRules(first: 10) { nodes { pattern matchingRefs(first: 5) { nodes { name } } } }
    object(expression: "HEAD:SECURITY.md") { ... on Blob { text byteSize } }
    vulnerabilityAlerts(first: 1) { totalCount } collaborators(first: 5) { totalCount } codeOfConduct { name } fundingLinks { url }
  }
}`;

describe('GraphQL', () => {
  const inAnvil = (fields: string): string =>
    `{ repository(owner: "brightforge", name: "anvil") { ${fields} } }`;

  interface Wide {
    readonly rateLimit: object;
    readonly repository: {
      readonly defaultBranchRef: {
        readonly branchProtectionRule: object;
        readonly target: { readonly history: { readonly nodes: readonly object[] } };
      };
    };
  }

  it('answers one wide query, and counts its points and nodes', async () => {
    const { repository, rateLimit } = await query<Wide>(WIDE, { owner: 'brightforge', name: 'anvil' });
    const { branchProtectionRule, target } = repository.defaultBranchRef;
    expect(branchProtectionRule).toEqual({ isAdminEnforced: true, requiredApprovingReviewCount: 2 });
    expect(target.history.nodes).toHaveLength(30);
    expect(target.history.nodes[0]).toMatchObject({
      signature: { isValid: true },
      associatedPullRequests: { nodes: [{ merged: true, reviews: { nodes: [{ state: 'APPROVED' }] } }] },
    });
    // Requests by hand: languages 1, history 1, its pull requests 100, five connections on 200 of those,
    // releases 1 + 10, issues 1 + 30, rulesets 1 + 10, protection 1 + 10, alerts 1, collaborators 1 = 1168.
    expect(rateLimit).toMatchObject({ cost: 12, nodeCount: 10_376 });
  });

  it('pages by cursor', async () => {
    interface Page {
      readonly repository: {
        readonly object: {
          readonly history: {
            readonly pageInfo: { hasNextPage: boolean; endCursor: string };
            readonly nodes: { oid: string }[];
          };
        };
      };
    }
    const history = 'history(first: 8, after: $after) { pageInfo { hasNextPage endCursor } nodes { oid } }';
    const text = `query ($after: String) ${inAnvil(`object(expression: "HEAD") { ... on Commit { ${history} } }`)}`;
    const ids: string[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const { nodes, pageInfo } = (await query<Page>(text, { after })).repository.object.history;
      ids.push(...nodes.map((node) => node.oid));
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(ids).toEqual(sim.head('brightforge', 'anvil').commits);
  });

  it.each([
    ['a connection without bounds', inAnvil('issues { nodes { number } }'), /first.*last/],
    ['more than 100 records', inAnvil('issues(first: 101) { nodes { number } }'), /100 records/],
    ['an unknown repository', '{ repository(owner: "nobody", name: "here") { id } }', /Could not resolve/],
    ['an unknown field', inAnvil('noSuchField'), /noSuchField/],
    [
      'more than 500,000 nodes',
      inAnvil(
        'pullRequests(first: 100) { nodes { reviews(first: 100) { nodes { comments(first: 100) { nodes { id } } } } } }',
      ),
      /maximum limit/,
    ],
    [
      'classic protection to a fine-grained token',
      '{ repository(owner: "harborlight", name: "compass") { branchProtectionRules(first: 1) { totalCount } } }',
      /Resource not accessible/,
    ],
  ])('refuses %s', async (_, text, message) => {
    await expect(query(text)).rejects.toThrow(message);
  });
});

describe('beside the API', () => {
  it('answers the neighbouring services by prefix', async () => {
    const queries = [
      { package: { name: 'leftish-pad', ecosystem: 'npm' }, version: '1.2.0' },
      { package: { purl: 'pkg:npm/leftish-pad@1.3.0' } },
    ];
    const url = `${sim.serviceUrl('api.osv.dev')}/v1/querybatch`;
    const osv = await fetch(url, { method: 'POST', body: JSON.stringify({ queries }) });
    const { results } = (await osv.json()) as { results: { vulns?: { id: string }[] }[] };
    expect(results.map((r) => r.vulns?.map((v) => v.id))).toEqual([['GHSA-sim1-aaaa-0001'], undefined]);
    const badge = await fetch(
      `${sim.serviceUrl('www.bestpractices.dev')}/projects.json?url=https://github.com/brightforge/anvil`,
    );
    expect(await badge.json()).toMatchObject([{ badge_level: 'gold' }]);
    const fuzz = await fetch(`${sim.serviceUrl('oss-fuzz-build-logs.storage.googleapis.com')}/status.json`);
    expect(await fuzz.json()).toMatchObject({
      projects: [{ main_repo: 'https://github.com/brightforge/anvil' }],
    });
  });

  it('is a proxy with a certificate of its own, and refuses strangers', async () => {
    const dispatcher = new ProxyAgent({ uri: sim.proxyUrl, requestTls: { ca: sim.caCertificate() } });
    const headers = { authorization: 'bearer x' };
    const repo = await undiciFetch('https://api.github.com/repos/brightforge/anvil', { dispatcher, headers });
    expect(await repo.json()).toMatchObject({ clone_url: 'https://github.com/brightforge/anvil.git' });
    await expect(undiciFetch('https://example.com/', { dispatcher })).rejects.toThrow();
    expect(sim.summary().by_route['refused CONNECT example.com:443']).toBe(1);
    await dispatcher.close();
  });

  it('speaks TLS on a port of its own, Enterprise style', async () => {
    const secure = await startSimulator({ scenarios: [scenarios], httpsPort: 0 });
    const body = await new Promise<string>((done, failed) => {
      const options = { ca: secure.caCertificate() };
      const asked = request(`${secure.httpsUrl}/api/v3/repos/brightforge/anvil`, options, (answer) => {
        answer
          .setEncoding('utf8')
          .toArray()
          .then((parts) => done(parts.join('')), failed);
      });
      asked.on('error', failed).end();
    });
    await secure.close();
    expect(JSON.parse(body)).toMatchObject({
      full_name: 'brightforge/anvil',
      url: `${secure.httpsUrl}/api/v3/repos/brightforge/anvil`,
    });
  });

  it('looks packages up under host names given at start', async () => {
    const own = await startSimulator({ scenarios: [scenarios], registries: 'npm=packages.example.org' });
    own.world.services.registries.npm.anvil = 'https://github.com/brightforge/anvil';
    const found = await fetch(`${own.serviceUrl('packages.example.org')}/anvil/latest`);
    const missing = await fetch(`${own.serviceUrl('packages.example.org')}/hammer/latest`);
    await own.close();
    expect(await found.json()).toMatchObject({
      repository: { url: 'git+https://github.com/brightforge/anvil.git' },
    });
    expect(missing.status).toBe(404);
  });

  it('counts and records what was asked', async () => {
    sim.reset();
    await rest.repos.get(anvil);
    await query('query Small { viewer { login } }');
    await fetch(`${sim.serviceUrl('api.osv.dev')}/v1/vulns/GO-2098-0001`);
    const summary = await (await fetch(`${sim.apiUrl}/_sim/summary`)).json();
    expect(summary).toMatchObject({
      rest: 1,
      graphql: 1,
      graphql_points: 1,
      services: { 'api.osv.dev': 1 },
      services_total: 1,
    });
    expect(sim.requests().map((r) => [r.kind, r.path, r.operation, r.authorized])).toEqual([
      ['rest', '/repos/brightforge/anvil', undefined, true],
      ['graphql', '/graphql', 'Small', true],
      ['service', '/v1/vulns/GO-2098-0001', undefined, false],
    ]);
  });
});
