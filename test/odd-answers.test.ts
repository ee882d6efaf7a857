/** Answers no client expects, though the service may give them: the result is right, or says what is not known. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { type CheckView, ScanError, type ScanResult } from '../src/core/index.ts';
import { temporaryFolder } from './support/git.ts';
import { type Reply, type Simulator, startSimulator, type Tap } from './support/sim/index.ts';
import { sha1 } from './support/sim/text.ts';
import { simNetwork } from './support/simNetwork.ts';

const data = join(import.meta.dirname, '../testdata');
const NOW = '2026-01-01T00:00:00Z';

let sim: Simulator;
beforeAll(async () => {
  sim = await startSimulator({ scenarios: [join(data, 'scenarios')], now: NOW });
});
afterAll(() => sim.close());

async function scan(
  name: string,
  commitDepth?: number,
  variables: Record<string, string> = {},
): Promise<ScanResult> {
  const network = simNetwork(sim, variables, { maxWait: 1 });
  try {
    const target = { kind: 'repository', name: `github.com/${name}` } as const;
    const { result } = await scanTarget(target, {
      network,
      experimental: true,
      now: new Date(NOW),
      commitDepth,
    });
    return result;
  } finally {
    await network.close();
  }
}

type Json = ReturnType<typeof JSON.parse>;

/** What was asked: the operation, or the address without ids. */
const keyOf: (request: Parameters<Tap>[0]) => string = ({ kind, host, path, plan }) =>
  `${kind} ${host} ${kind === 'graphql' ? plan?.operation : path.replace(/[0-9a-f]{40}|GO-[\d-]+|GHSA-[\w-]+/g, '*')}`;

/** Every place in a value, list elements as one, with a sample of what stands there. */
function placesIn(value: Json, place: string, into: Map<string, Json>): void {
  if (value !== null) into.set(place, value);
  if (Array.isArray(value)) for (const one of value) placesIn(one, `${place}/*`, into);
  else if (value !== null && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) placesIn(one, `${place}/${key}`, into);
}

function withWrong(value: Json, steps: readonly string[], wrong: Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return wrong;
  if (Array.isArray(value)) return step === '*' ? value.map((one) => withWrong(one, rest, wrong)) : value;
  if (value === null || typeof value !== 'object' || !(step in value)) return value;
  return { ...value, [step]: withWrong(value[step], rest, wrong) };
}

/** A value of a type that nothing like it has. */
const wrongFor = (value: Json): Json =>
  typeof value === 'string' ? 7 : Array.isArray(value) ? { a: 1 } : typeof value === 'object' ? [1] : 'odd';

const jsonOf = (reply: Reply): Json =>
  reply.json === undefined || (reply.status ?? 200) !== 200
    ? undefined
    : JSON.parse(JSON.stringify(reply.json));

/** All answers of a scan, by what was asked, as their places. */
async function answersOf(name: string): Promise<{ clean: ScanResult; seen: Map<string, Map<string, Json>> }> {
  const seen = new Map<string, Map<string, Json>>();
  sim.reset();
  sim.tap((request, reply) => {
    const key = keyOf(request);
    const json = jsonOf(reply);
    if (json === undefined) return reply;
    if (!seen.has(key)) seen.set(key, new Map());
    placesIn(json, '', seen.get(key)!);
    return reply;
  });
  return { clean: await scan(name), seen };
}

function flaws(clean: ScanResult, faulty: ScanResult): string[] {
  return faulty.checks.flatMap((check, index) => {
    const right = clean.checks[index]!;
    const differs = (found: CheckView, wanted: CheckView) =>
      found.score !== wanted.score && found.score !== -1;
    const isWrong = differs(check, right) || differs(check.adjusted, right.adjusted);
    return isWrong ? [`${check.name} scores ${check.score} and ${check.adjusted.score}`] : [];
  });
}

describe.each(['brightforge/anvil', 'sealwax/stamp', 'thinice/skate', 'leakybarrel/stave'])(
  'answers about %s',
  (name) => {
    it('with one thing of another type never crash a scan, nor change a score', async () => {
      const { clean, seen } = await answersOf(name);
      const found: string[] = [];
      let tried = 0;
      for (const [key, places] of seen) {
        for (const [place, sample] of places) {
          sim.reset();
          sim.tap((request, reply) => {
            const json = keyOf(request) === key ? jsonOf(reply) : undefined;
            if (json === undefined) return reply;
            return { ...reply, json: withWrong(json, place.split('/').slice(1), wrongFor(sample)) };
          });
          tried++;
          const flawed = await scan(name).then(
            (result) => flaws(clean, result),
            (error: unknown) => (error instanceof ScanError ? [] : [(error as Error).stack ?? 'crash']),
          );
          for (const flaw of flawed) found.push(`${key} ${place}: ${flaw}`);
        }
      }
      expect(tried).toBeGreaterThan(100);
      expect(found).toEqual([]);
    }, 120_000);
  },
);

const emptyWith =
  (status: number, headers: Record<string, string> = {}) =>
  (): Reply => ({ status, raw: Buffer.alloc(0), headers });
const bytesOf = (reply: Reply): Buffer =>
  reply.raw === undefined ? Buffer.from(JSON.stringify(reply.json ?? null)) : Buffer.from(reply.raw);
const packed =
  (pack: (body: Buffer) => Buffer) =>
  (reply: Reply): Reply => ({
    raw: pack(bytesOf(reply)),
    type: reply.type ?? 'application/json',
    headers: { 'Content-Encoding': 'gzip' },
  });

/** Status 204 is left out: GitHub says by it that there are no contributors. */
const ODD: Readonly<Record<string, (reply: Reply) => Reply>> = {
  'accepted, to be asked for later': () => ({ status: 202, json: {} }),
  'a redirect to nowhere': emptyWith(301),
  'a redirect to a file': emptyWith(307, { Location: 'file:///etc/passwd' }),
  'a conflict': () => ({ status: 409, json: { message: 'Git Repository is empty.' } }),
  gone: emptyWith(410),
  'not processable': () => ({ status: 422, json: { message: 'Validation Failed' } }),
  'a rest of centuries': emptyWith(429, { 'Retry-After': '9999999999' }),
  'half of the packed bytes': packed((body) => gzipSync(body).subarray(0, 30)),
  'packed by name only': packed((body) => body),
  'twice the same': (reply) => ({
    ...reply,
    json: undefined,
    raw: Buffer.concat([bytesOf(reply), bytesOf(reply)]),
  }),
  'errors that are none': ({ json }) => ({
    json: { data: (json as Json)?.data ?? null, errors: [null, 5, {}, { message: 'x', path: [null] }] },
  }),
};

describe('odd answers', () => {
  it.each(Object.entries(ODD))(
    '%s: to any request',
    async (_, spoil) => {
      const { clean, seen } = await answersOf('brightforge/anvil');
      for (const key of seen.keys()) {
        sim.reset();
        sim.tap((request, reply) => (keyOf(request) === key ? spoil(reply) : reply));
        const flawed = await scan('brightforge/anvil').then(
          (result) => flaws(clean, result),
          (error: unknown) => (error instanceof ScanError ? [] : [(error as Error).stack ?? 'crash']),
        );
        expect(flawed.map((flaw) => `${key}: ${flaw}`)).toEqual([]);
      }
    },
    60_000,
  );
});

describe('the cache', () => {
  const temporary = temporaryFolder();
  afterAll(() => temporary.remove());

  it('keeps no answer that cannot be read, whatever tag it came with', async () => {
    const variables = { ASSAY_CACHE_DIR: temporary.path };
    sim.reset();
    const clean = await scan('brightforge/anvil');
    sim.reset();
    sim.tap(({ kind }, reply) => {
      const isPlain = kind === 'rest' || kind === 'service';
      if (!isPlain || reply.json === undefined || (reply.status ?? 200) !== 200) return reply;
      const body = bytesOf(reply);
      const headers = { ETag: `W/"${sha1(body)}"` };
      return { raw: body.subarray(0, body.length >> 1), type: 'application/json', headers, faulty: true };
    });
    const broken = await scan('brightforge/anvil', undefined, variables);
    expect(flaws(clean, broken)).toEqual([]);
    expect(broken.checks.filter((check) => check.score === -1).length).toBeGreaterThan(4);
    sim.reset();
    const again = await scan('brightforge/anvil', undefined, variables);
    expect(again.checks.map((check) => check.score)).toEqual(clean.checks.map((check) => check.score));
  });
});

describe('pages that do not lead on', () => {
  const history = (change: (log: Json) => void): void => {
    sim.reset();
    sim.tap(({ kind }, reply) => {
      const json = kind === 'graphql' ? jsonOf(reply) : undefined;
      const log = json?.data?.repository?.log;
      if (log === undefined) return reply;
      change(log.target.history);
      return { ...reply, json };
    });
  };
  const more = { hasNextPage: true, endCursor: 'Y3Vyc29yOjA=' };

  it.each<[what: string, change: (log: Json) => void]>([
    ['tell the same again', (log) => Object.assign(log, { pageInfo: more })],
    ['tell nothing new', (log) => Object.assign(log, { pageInfo: more, nodes: [] })],
    [
      'tell no way on',
      (log) =>
        Object.assign(log, {
          pageInfo: { hasNextPage: true, endCursor: null },
          nodes: log.nodes.slice(0, 4),
        }),
    ],
  ])('%s: the history is not known', async (_, change) => {
    history(change);
    const { checks } = await scan('brightforge/anvil', 60);
    const scores = new Map(checks.map((check) => [check.name, check.score]));
    expect([scores.get('Code-Review'), scores.get('CI-Tests'), scores.get('Maintained')]).toEqual([
      -1, -1, -1,
    ]);
    expect(scores.get('License')).toBe(10);
    expect(sim.summary().graphql).toBeLessThan(6);
  });

  it.each<[what: string, page: Json]>([
    ['the same cursor', more],
    ['no cursor', { hasNextPage: true, endCursor: null }],
  ])('of rulesets with %s: branches are not known', async (_, pageInfo) => {
    sim.reset();
    sim.tap(({ kind }, reply) => {
      const json = kind === 'graphql' ? jsonOf(reply) : undefined;
      if (json?.data?.repository?.rulesets === undefined) return reply;
      json.data.repository.rulesets.pageInfo = pageInfo;
      return { ...reply, json };
    });
    const { checks } = await scan('brightforge/anvil');
    expect(checks.find((check) => check.name === 'Branch-Protection')!.score).toBe(-1);
    expect(checks.find((check) => check.name === 'Code-Review')!.score).toBe(10);
    expect(sim.summary().graphql).toBeLessThan(6);
  });

  it('of vulnerabilities without an end: they are not known', async () => {
    sim.reset();
    sim.tap(({ path }, reply) => {
      const json = path.endsWith('/querybatch') ? jsonOf(reply) : undefined;
      if (json === undefined) return reply;
      return {
        ...reply,
        json: { results: json.results.map((one: Json) => ({ ...one, next_page_token: 'again' })) },
      };
    });
    const { checks } = await scan('leakybarrel/stave');
    expect(checks.find((check) => check.name === 'Vulnerabilities')!.score).toBe(-1);
    expect(sim.requests().filter(({ path }) => path.endsWith('/querybatch')).length).toBeLessThan(20);
  });
});
