/** What the simulated GitHub does wrong when told to: each fault by itself, and every fault on every request. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type FaultKind,
  type FaultRule,
  faultKinds,
  faultsFor,
  type RequestRecord,
  type Simulator,
  startSimulator,
} from './support/sim/index.ts';

const scenarios = join(import.meta.dirname, '../testdata/scenarios');
const QUERY = `query Facts { repository(owner: "brightforge", name: "anvil") {
  id
  rulesets(first: 5) { nodes { name } }
  releases(first: 2) { nodes { tagName releaseAssets(first: 10) { nodes { name } } } }
  issues(first: 5) { totalCount nodes { number } }
} }`;

let sim: Simulator;
let onRecord: (record: RequestRecord) => void = () => {};

beforeAll(async () => {
  sim = await startSimulator({ scenarios: [scenarios], log: (record) => onRecord(record) });
});
afterEach(() => sim.reset());
afterAll(() => sim.close());

/** One request of each kind a scan makes. */
const ask = {
  rest: (signal?: AbortSignal) => get('/repos/brightforge/anvil', signal),
  graphql: (signal?: AbortSignal) =>
    fetch(sim.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }), signal }),
  archive: (signal?: AbortSignal) => get('/_codeload/brightforge/anvil/legacy.tar.gz/HEAD', signal),
  git: (signal?: AbortSignal) => get('/brightforge/anvil.git/info/refs?service=git-upload-pack', signal),
  service: (signal?: AbortSignal) => get('/_svc/api.osv.dev/v1/vulns/GO-2098-0001', signal),
};
type Place = keyof typeof ask;
const headers = { authorization: 'Bearer sim-token' };
const get = (path: string, signal?: AbortSignal): Promise<Response> =>
  fetch(sim.apiUrl + path, { headers, signal, redirect: 'manual' });

const bytes = async (place: Place): Promise<Buffer> => Buffer.from(await (await ask[place]()).arrayBuffer());
const fail = (kind: FaultKind, rule: Partial<FaultRule> = {}): void => sim.inject({ kind, ...rule });

describe('refusals', () => {
  it.each<[FaultKind, number, RegExp]>([
    ['bad-credentials', 401, /Bad credentials/],
    ['forbidden', 403, /not accessible/],
    ['saml', 403, /SAML enforcement/],
    ['ip-allow-list', 403, /IP allow list/],
    ['blocked', 451, /blocked/],
    ['not-found', 404, /Not Found/],
  ])('%s answers REST with %i', async (kind, status, message) => {
    fail(kind);
    const answer = await ask.rest();
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { message: string }).message).toMatch(message);
    expect(answer.headers.has('x-github-sso')).toBe(kind === 'saml');
  });

  it.each<[FaultKind, boolean]>([
    ['saml', true],
    ['ip-allow-list', false],
  ])('%s answers GraphQL with a null repository and the reason', async (kind, saml_failure) => {
    fail(kind);
    const answer = await ask.graphql();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      data: { repository: null },
      errors: [{ type: 'FORBIDDEN', path: ['repository'], extensions: { saml_failure } }],
    });
  });

  it('field-forbidden leaves the other fields whole', async () => {
    fail('field-forbidden', { fields: ['Repository.rulesets', 'Release.releaseAssets'] });
    const body = (await (await ask.graphql()).json()) as {
      data: { repository: object };
      errors: { path: unknown }[];
    };
    expect(body.errors.map((e) => e.path)).toEqual([
      ['repository', 'rulesets'],
      ['repository', 'releases', 'nodes', 0, 'releaseAssets'],
      ['repository', 'releases', 'nodes', 1, 'releaseAssets'],
    ]);
    expect(body.data.repository).toMatchObject({ rulesets: null, issues: { totalCount: 1 } });
  });

  it('anonymous-refused lets tokens pass', async () => {
    fail('anonymous-refused');
    expect((await ask.rest()).status).toBe(200);
    expect((await fetch(`${sim.apiUrl}/repos/brightforge/anvil`)).status).toBe(401);
  });
});

describe('limits', () => {
  it('primary-rate-limit spends the budget until its reset', async () => {
    fail('primary-rate-limit', { reset_in: '1h', skip: 1 });
    expect((await ask.rest()).status).toBe(200);
    const refused = await ask.rest();
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
    expect(Number(refused.headers.get('x-ratelimit-reset')) * 1000).toBeGreaterThan(Date.now());
    const graphql = await ask.graphql();
    expect([graphql.status, graphql.headers.get('x-ratelimit-remaining')]).toEqual([200, '0']);
    expect(await graphql.json()).toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });
  });

  it('graphql-rate-limit names the type the other way', async () => {
    fail('graphql-rate-limit');
    expect(await (await ask.graphql()).json()).toMatchObject({ errors: [{ type: 'RATE_LIMIT' }] });
  });

  it.each<[FaultKind, number, string | null]>([
    ['secondary-rate-limit', 403, '7'],
    ['secondary-without-header', 403, null],
    ['too-many-requests', 429, '7'],
  ])('%s answers %i', async (kind, status, retryAfter) => {
    fail(kind, { retry_after: 7 });
    for (const place of ['rest', 'graphql'] as const) {
      const answer = await ask[place]();
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
      expect(await answer.text()).toMatch(/secondary rate limit/);
    }
  });

  it('resource-limits gives partial data, null up to the nearest field that may be null', async () => {
    const limited = {
      type: 'RESOURCE_LIMITS_EXCEEDED',
      message: 'Resource limits for this query exceeded.',
    };
    const releases = QUERY.replace(/^.*issues.*$/m, '');
    const send = (query: string): Promise<Response> =>
      fetch(sim.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query }) });
    // Two releases and the four assets of the first one pass.
    fail('resource-limits', { nodes: 6 });
    const partial = await send(releases);
    expect(partial.status).toBe(200);
    expect(await partial.json()).toMatchObject({
      data: { repository: { releases: { nodes: [{ tagName: 'v2.1.0' }, null] } } },
      errors: [{ ...limited, path: ['repository', 'releases', 'nodes', 1, 'releaseAssets'] }],
    });
    // `issues` may not be null, so the repository is.
    expect(await (await send(QUERY)).json()).toEqual({
      data: { repository: null },
      errors: [
        { ...limited, path: ['repository', 'releases', 'nodes', 1, 'releaseAssets'] },
        { ...limited, path: ['repository', 'issues'] },
      ],
    });
  });

  it('an exhausted budget of its own refuses REST with 403 and GraphQL with RATE_LIMITED', async () => {
    const small = await startSimulator({ scenarios: [scenarios], rateLimit: 1 });
    const rest = () => fetch(`${small.apiUrl}/repos/brightforge/anvil`, { headers });
    const graphql = () =>
      fetch(small.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) });
    expect([(await rest()).status, (await rest()).status]).toEqual([200, 403]);
    await graphql();
    expect(await (await graphql()).json()).toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });
    await small.close();
  });
});

describe('breakdowns', () => {
  it.each<[FaultKind, number]>([
    ['server-error', 500],
    ['bad-gateway', 502],
    ['unavailable', 503],
    ['gateway-timeout', 504],
    ['unicorn', 502],
  ])('%s answers %i everywhere', async (kind, status) => {
    fail(kind);
    const answers = await Promise.all(Object.values(ask).map((request) => request()));
    expect(answers.map((a) => a.status)).toEqual(answers.map(() => status));
  });

  it('status answers what it is given', async () => {
    fail('status', { status: 418, headers: { 'X-Tea': 'yes' }, body: { message: 'short and stout' } });
    const answer = await ask.rest();
    expect([answer.status, answer.headers.get('x-tea'), await answer.json()]).toEqual([
      418,
      'yes',
      { message: 'short and stout' },
    ]);
  });

  it('graphql-timeout fails and still costs points', async () => {
    fail('graphql-timeout', { delay_ms: 0, points: 9, times: 1 });
    const failed = await ask.graphql();
    expect([failed.status, failed.headers.get('x-ratelimit-used')]).toEqual([502, '10']);
    expect((await ask.graphql()).headers.get('x-ratelimit-used')).toBe('11');
  });

  it('graphql-too-large fails only above its number of nodes', async () => {
    fail('graphql-too-large', { nodes: 1000 });
    expect((await ask.graphql()).status).toBe(200);
    fail('graphql-too-large', { nodes: 10 });
    expect((await ask.graphql()).status).toBe(502);
  });

  it('graphql-error has no data but status 200', async () => {
    fail('graphql-error');
    const answer = await ask.graphql();
    expect([answer.status, await answer.json()]).toMatchObject([200, { data: null, errors: [{}] }]);
  });
});

describe('single fields', () => {
  it('field-broken leaves the other fields whole and names no type', async () => {
    fail('field-broken', { fields: ['Repository.rulesets'] });
    const body = (await (await ask.graphql()).json()) as { errors: object[] };
    expect(body).toMatchObject({
      data: { repository: { rulesets: null, issues: { totalCount: 1 } } },
      errors: [
        { path: ['repository', 'rulesets'], message: expect.stringContaining('Something went wrong') },
      ],
    });
    expect(Object.keys(body.errors[0]!)).not.toContain('type');
  });
});

describe('the connection', () => {
  it.each<FaultKind>(['reset', 'reset-midway', 'cut'])('%s breaks it', async (kind) => {
    fail(kind);
    for (const place of Object.keys(ask) as Place[]) await expect(bytes(place), place).rejects.toThrow();
  });

  it('cut sends exactly the bytes it is told', async () => {
    fail('cut', { bytes: 10 });
    const reader = (await ask.archive()).body!.getReader();
    expect((await reader.read()).value).toHaveLength(10);
    await expect(reader.read()).rejects.toThrow();
  });

  it('stall leaves the rest out and the connection open', async () => {
    const whole = await bytes('archive');
    fail('stall', { bytes: whole.length - 1 });
    const patience = new AbortController();
    const reader = (await ask.archive(patience.signal)).body!.getReader();
    let got = 0;
    while (got < whole.length - 1) got += (await reader.read()).value!.length;
    const last = reader.read();
    patience.abort();
    await expect(last).rejects.toThrow(/abort/);
  });

  it('silent takes the request and says nothing', async () => {
    fail('silent');
    const patience = new AbortController();
    const taken = new Promise<RequestRecord>((done) => (onRecord = done));
    const answer = ask.rest(patience.signal);
    expect(await taken).toMatchObject({ status: 0, bytes: 0, note: 'fault: silent' });
    patience.abort();
    await expect(answer).rejects.toThrow(/abort/);
  });

  it.each<FaultKind>(['drip', 'latency'])('%s is slow and right', async (kind) => {
    const usual = await bytes('archive');
    fail(kind, { bytes: 512, delay_ms: 1 });
    expect(await bytes('archive')).toEqual(usual);
  });
});

describe('the content', () => {
  it('truncated-body is announced as whole', async () => {
    const whole = await bytes('rest');
    fail('truncated-body');
    expect(await bytes('rest')).toEqual(whole.subarray(0, Math.floor(whole.length / 2)));
  });

  it.each<[FaultKind, string, RegExp]>([
    ['wrong-type', 'text/plain', /^\{"id":.*\}$/],
    ['html-page', 'text/html; charset=utf-8', /^<!DOCTYPE html>/],
    ['empty-body', 'application/json; charset=utf-8', /^$/],
    ['null-body', 'application/json; charset=utf-8', /^null$/],
    ['wrong-shape', 'application/json; charset=utf-8', /^\{"unexpected":/],
    ['not-json', 'application/json; charset=utf-8', /^\{"half": $/],
    ['oversized', 'application/json; charset=utf-8', /^\{"id":.*\} {100}$/],
  ])('%s answers 200 with %s', async (kind, type, body) => {
    fail(kind, { bytes: 100 });
    const answer = await ask.rest();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    expect(await answer.text()).toMatch(body);
  });

  it('never gives a spoilt answer an entity tag', async () => {
    for (const kind of ['truncated-body', 'wrong-type', 'wrong-shape'] as const) {
      fail(kind, { times: 1 });
      expect((await ask.rest()).headers.has('etag')).toBe(false);
    }
    expect((await ask.rest()).headers.has('etag')).toBe(true);
  });

  it('unasked-304 comes only without an entity tag', async () => {
    fail('unasked-304');
    expect((await ask.rest()).status).toBe(304);
    const asked = await fetch(`${sim.apiUrl}/repos/brightforge/anvil`, {
      headers: { ...headers, 'if-none-match': '"x"' },
    });
    expect(asked.status).toBe(200);
  });

  it('redirect-loop and redirect-away lead nowhere good', async () => {
    fail('redirect-loop', { times: 1 });
    expect((await ask.rest()).headers.get('location')).toBe(`${sim.apiUrl}/repos/brightforge/anvil`);
    fail('redirect-away', { on: 'rest' });
    const target = new URL((await ask.rest()).headers.get('location')!);
    expect(target.hostname).not.toBe(new URL(sim.apiUrl).hostname);
    await fetch(target);
    expect(sim.requests().at(-1)).toMatchObject({ host: 'elsewhere', authorized: false });
  });
});

describe('archives', () => {
  it('corrupt-archive and truncated-archive do not unpack', async () => {
    for (const rule of [{ kind: 'corrupt-archive' }, { kind: 'truncated-archive', part: 0.9 }] as const) {
      fail(rule.kind, { ...rule, times: 1 });
      const archive = await bytes('archive');
      expect(() => gunzipSync(archive), rule.kind).toThrow();
    }
  });

  it('empty-archive unpacks to nothing', async () => {
    fail('empty-archive');
    expect(gunzipSync(await bytes('archive'))).toEqual(Buffer.alloc(1024));
  });

  it("hostile-archive adds entries behind the repository's own", async () => {
    const usual = gunzipSync(await bytes('archive'));
    fail('hostile-archive', {
      parts: ['traversal', 'absolute', 'symlink', 'hardlink', 'fifo', 'dup', 'many:3', 'bomb:1'],
    });
    const spoilt = gunzipSync(await bytes('archive'));
    const names = entries(spoilt)
      .slice(entries(usual).length)
      .map((name) => name.replace(/^brightforge-anvil-[0-9a-f]{7}\//, 'top/'));
    expect(names).toEqual([
      'top/../../../../sim-escaped.txt',
      '/sim-escaped-abs.txt',
      'top/exit',
      'top/exit/sim-escaped-link.txt',
      'top/passwd-copy',
      'top/pipe',
      'top/README.md',
      'top/many/f0.txt',
      'top/many/f1.txt',
      'top/many/f2.txt',
      'top/big.bin',
    ]);
  });
});

/** Names of the entries of a tar. */
function entries(tar: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; tar[at]; ) {
    names.push(tar.toString('utf8', at, tar.indexOf(0, at)));
    at += 512 * (1 + Math.ceil(Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8) / 512));
  }
  return names;
}

describe('rules', () => {
  it('count: some pass, some are struck, the rest pass', async () => {
    fail('server-error', { skip: 1, times: 2, match: '^/repos/' });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await ask.rest()).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  it('aim by path, operation, host and method', async () => {
    fail('server-error', { match: '/languages$' });
    fail('server-error', { operation: 'Other' });
    fail('server-error', { host: 'api.deps.dev' });
    fail('server-error', { method: 'DELETE' });
    const answers = await Promise.all(Object.values(ask).map((request) => request()));
    expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200, 200]);
    expect((await get('/repos/brightforge/anvil/languages')).status).toBe(500);
  });

  it('come by POST too, and unknown kinds are refused', async () => {
    const post = (rule: object) =>
      fetch(`${sim.apiUrl}/_sim/inject`, { method: 'POST', body: JSON.stringify(rule) });
    expect((await post({ kind: 'no-such-fault' })).status).toBe(400);
    expect((await post({ kind: 'blocked' })).status).toBe(200);
    expect((await ask.rest()).status).toBe(451);
    await fetch(`${sim.apiUrl}/_sim/reset`);
    expect((await ask.rest()).status).toBe(200);
  });

  it('of a scenario strike only its own repositories', async () => {
    const dir = join(import.meta.dirname, '../testdata/faulty-scenarios');
    const own = await startSimulator({ scenarios: [scenarios, dir] });
    const status = async (path: string): Promise<number> =>
      (await fetch(own.apiUrl + path, { headers })).status;
    expect(await status('/repos/faulty/works/languages')).toBe(503);
    expect(await status('/repos/faulty/works/languages')).toBe(200);
    expect(await status('/repos/brightforge/anvil/languages')).toBe(200);
    expect(await status('/_svc/api.deps.dev/v3/projects/github.com%2Ffaulty%2Fworks')).toBe(200);
    own.reset('faulty-works');
    expect(await status('/_svc/api.deps.dev/v3/projects/github.com%2Ffaulty%2Fworks')).toBe(429);
    await own.close();
  });
});

describe('every fault on every request', () => {
  it('strikes where it says it can, and leaves no trace after a reset', async () => {
    const usual = new Map<Place, string>();
    const digest = (body: Buffer): string => createHash('sha1').update(body).digest('hex');
    for (const place of Object.keys(ask) as Place[]) usual.set(place, digest(await bytes(place)));
    const records = sim.requests();
    expect(records.map((r) => r.area)).toEqual(Object.keys(ask));
    const struck = new Set<FaultKind>();
    for (const [i, place] of (Object.keys(ask) as Place[]).entries()) {
      for (const rule of faultsFor(records[i]!)) {
        sim.reset();
        sim.inject(rule);
        const record = await once(place);
        if (rule.kind === 'anonymous-refused') continue;
        expect(record.note, `${rule.kind} on ${place}`).toContain(`fault: ${rule.kind}`);
        struck.add(rule.kind);
      }
      sim.reset();
      expect(digest(await bytes(place)), place).toBe(usual.get(place));
    }
    const all = faultKinds().map((info) => info.kind);
    expect([...struck, 'anonymous-refused'].sort()).toEqual(all.sort());
  });

  /** Sends one request and gives up as soon as it is recorded. */
  async function once(place: Place): Promise<RequestRecord> {
    const patience = new AbortController();
    const recorded = new Promise<RequestRecord>((done) => (onRecord = done));
    const answer = ask[place](patience.signal).catch(() => undefined);
    const record = await recorded;
    patience.abort();
    await answer;
    return record;
  }
});
