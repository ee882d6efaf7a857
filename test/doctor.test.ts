/** `assay doctor`, against the simulated GitHub. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assay, ensureBuilt, temporaryFolder } from './support/command-line.ts';
import { type Simulator, startSimulator } from './support/sim/index.ts';
import { variablesFor } from './support/simNetwork.ts';

const data = join(import.meta.dirname, '../testdata');
let sim: Simulator;

beforeAll(async () => {
  ensureBuilt();
  sim = await startSimulator({ scenarios: [join(data, 'scenarios'), join(data, 'targets')] });
}, 120_000);
afterEach(() => sim.reset());
afterAll(() => sim.close());

const NO_TOKEN = { GITHUB_AUTH_TOKEN: '', GITHUB_TOKEN: '', GH_TOKEN: '', GH_AUTH_TOKEN: '' };
const run = (words: readonly string[], more: Record<string, string> = {}) =>
  assay(['doctor', ...words], { env: { ...NO_TOKEN, ...variablesFor(sim), ASSAY_OFFLINE: '', ...more } });

async function report(words: readonly string[], more: Record<string, string> = {}) {
  const { code, stdout, stderr } = await run([...words, '--json'], more);
  expect(stderr).toBe('');
  return { code, stdout, found: JSON.parse(stdout) };
}

describe('doctor', () => {
  it('tells the token without telling it, its scopes, user and budget', async () => {
    const secret = `ghp_${'s'.repeat(36)}`;
    const { code, stdout, found } = await report([], { GITHUB_TOKEN: '', GH_TOKEN: secret });
    expect(code).toBe(0);
    expect(stdout).not.toContain(secret);
    expect(found).toMatchObject({
      usable: true,
      versions: { node: process.version, git: expect.stringMatching(/^\d/) },
      github: {
        host: 'github.com',
        rest: sim.apiUrl,
        variable: 'GH_TOKEN',
        tokens: [{ kind: 'classic', user: expect.any(String), scopes: ['public_repo', 'read:org'] }],
      },
    });
    const budgets = found.github.tokens[0].budgets as {
      resource: string;
      limit: number;
      remaining: number;
    }[];
    expect(budgets.map(({ resource, limit }) => [resource, limit])).toEqual([
      ['core', 5000],
      ['graphql', 5000],
      ['search', 30],
      ['code_search', 10],
    ]);
    expect(
      found.services.map((one: { name: string; reachable: boolean }) => [one.name, one.reachable]),
    ).toEqual([
      ['OSV', true],
      ['OSS-Fuzz', true],
      ['best-practices badge', true],
      ['deps.dev', true],
    ]);
  });

  it.each([
    [`github_pat_${'x'.repeat(30)}`, 'fine-grained'],
    [`ghs_${'x'.repeat(36)}`, 'app'],
    [`gho_${'x'.repeat(36)}`, 'oauth'],
    ['something', 'other'],
  ])('knows the kind of %s', async (token, kind) => {
    const { found } = await report([], { GITHUB_TOKEN: token });
    expect(found.github.tokens[0].kind).toBe(kind);
  });

  it('looks at each of several tokens; one that is taken is enough', async () => {
    const { code, found } = await report([], { GITHUB_TOKEN: 'fine-one,bad-one' });
    expect(code).toBe(0);
    expect(found.github.tokens.map((token: { problem?: { code: string } }) => token.problem?.code)).toEqual([
      undefined,
      'unauthorized',
    ]);
  });

  it('ends with 3 for a refused token and for a GitHub that does not answer', async () => {
    const refused = await run([], { GITHUB_TOKEN: 'bad-token' });
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain('GitHub refuses the token');
    expect(refused.stdout).not.toContain('bad-token');
    const nowhere = await run([], { GITHUB_API_URL: 'http://127.0.0.1:9' });
    expect(nowhere.code).toBe(3);
    expect(nowhere.stdout).toContain('could not be reached');
  });

  it('is content without a token, and says what that means', async () => {
    const { code, stdout } = await run([], { GITHUB_TOKEN: '' });
    expect(code).toBe(0);
    expect(stdout).toContain('no token (set GITHUB_TOKEN');
  });

  it('tells services that are away, proxies without passwords, authorities and the cache', async () => {
    using folder = temporaryFolder({ 'http/a': 'x'.repeat(1000), 'ca.pem': '' });
    const { code, stdout, found } = await report([], {
      ASSAY_OSV_URL: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://me:hidden@127.0.0.1:9',
      NO_PROXY: '127.0.0.1',
      ASSAY_CACHE_DIR: folder.path,
      NODE_EXTRA_CA_CERTS: '',
      SSL_CERT_FILE: join(folder.path, 'ca.pem'),
    });
    expect(code).toBe(0);
    expect(stdout).not.toContain('hidden');
    expect(found).toMatchObject({
      proxy: { https: 'http://127.0.0.1:9/', none: '127.0.0.1' },
      authorities: [{ file: join(folder.path, 'ca.pem'), readable: true }],
      cache: { folder: join(folder.path, 'http'), files: 1, bytes: 1000 },
    });
    expect(found.services[0]).toMatchObject({ name: 'OSV', reachable: false, problem: expect.any(String) });
  });

  it('says what each check cannot see in a repository, and what would show it', async () => {
    const { code, found } = await report(['somebody/fine']);
    expect(code).toBe(0);
    expect(found.repository).toMatchObject({ name: 'github.com/somebody/fine', permission: 'pull' });
    const spots = found.repository.blindSpots as { checks: string[]; needs?: string }[];
    const needs = (check: string) =>
      spots.filter((spot) => spot.checks.includes(check)).map((spot) => spot.needs);
    expect(needs('Webhooks')).toEqual([expect.stringContaining('Webhooks')]);
    expect(needs('Branch-Protection')).toEqual([expect.stringContaining('Administration')]);
    expect(needs('License')).toEqual([]);
  });

  it('tells an administrator that nothing is hidden', async () => {
    const { stdout } = await run(['brightforge/anvil']);
    expect(stdout).toContain('brightforge/anvil: permission admin');
    expect(stdout).toContain('every check sees all it asks for');
  });

  it('ends with 3 for a repository that cannot be looked at', async () => {
    const { code, found } = await report(['nobody/gone']);
    expect([code, found.repository.problem.code]).toEqual([3, 'target-not-found']);
  });

  it.each([[['not a name']], [['a/b', 'c/d']], [['--format=json']]])('refuses %j', async (words) => {
    const { code, stderr } = await run(words);
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
  });

  it('asks nothing offline', async () => {
    const { code } = await run(['--offline']);
    expect(code).toBe(3);
    expect(sim.requests()).toEqual([]);
  });
});
