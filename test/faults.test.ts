/**
 * Every fault the simulator knows on every request of a whole scan, once and for good: the result is right, or what
 * could not be known is said to be unknown and everything else stands as without the fault.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { type CheckView, ScanError, type ScanResult } from '../src/core/index.ts';
import type { Network } from '../src/network.ts';
import {
  type FaultRule,
  faultsFor,
  type RequestRecord,
  type Simulator,
  startSimulator,
} from './support/sim/index.ts';
import { HASTY, simNetwork } from './support/simNetwork.ts';

const scenarios = join(import.meta.dirname, '../testdata/scenarios');
const TOKEN = 'sim-token';
const NOW = '2026-01-01T00:00:00Z';
/** Longer than any scan with a fault may take on a busy machine: its waits, tries and time limits together. */
const LIMIT = 120_000;

/** Faults that end by a time limit of the program. */
const ENDLESS: readonly FaultRule['kind'][] = ['silent', 'stall'];

/** Simulators at work side by side: most of the time is spent waiting. */
const LANES = 10;

/** Faults of limits wait for real; a second each is too long here. */
function hastened(rule: FaultRule): FaultRule {
  return { ...rule, ...(rule.retry_after === undefined ? {} : { retry_after: 0 }) };
}

const lane = (): Promise<Simulator> => startSimulator({ scenarios: [scenarios], now: NOW });
/** What a scan learns of its token must not touch the next one. */
const networkTo = (sim: Simulator, rule?: FaultRule): Network =>
  simNetwork(
    sim,
    {},
    { maxWait: 3, ...(rule && ENDLESS.includes(rule.kind) ? { http: { timeouts: HASTY } } : {}) },
  );

const scan = (network: Network, name: string) =>
  scanTarget(
    { kind: 'repository', name: `github.com/${name}` },
    { network, experimental: true, now: new Date(NOW) },
  );

/** Faults that end the whole scan, and how it says so: the repository, or the token, is refused altogether. */
const WHOLE: Readonly<Record<string, string>> = {
  blocked: 'target-blocked',
  'bad-credentials': 'unauthorized',
  saml: 'unauthorized',
  'secondary-rate-limit': 'rate-limited',
  'secondary-without-header': 'rate-limited',
  'too-many-requests': 'rate-limited',
};

/** What is wrong with a result under a fault, in words. */
function flaws(clean: ScanResult, faulty: ScanResult): string[] {
  const flaws: string[] = [];
  if (faulty.repo.commit !== clean.repo.commit) flaws.push(`commit ${faulty.repo.commit}`);
  if (JSON.stringify(faulty).includes(TOKEN)) flaws.push('the token is in the result');
  faulty.checks.forEach((check, index) => {
    const right = clean.checks[index]!;
    const compare = (view: string, found: CheckView, wanted: CheckView) => {
      if (found.score !== wanted.score && found.score !== -1)
        flaws.push(
          `${check.name} scores ${found.score} (${view}) instead of ${wanted.score}: ${found.reason}`,
        );
    };
    compare('reference', check, right);
    compare('adjusted', check.adjusted, right.adjusted);
  });
  const wrong = faulty.checks.filter((check, index) => check.score !== clean.checks[index]!.score).length;
  const told = faulty.notices.some((notice) => /failed|missing|unreadable/.test(notice.code));
  if (wrong > 6 && !told) flaws.push(`${wrong} checks without a score, and no notice says why`);
  return flaws;
}

async function tryOut(sim: Simulator, name: string, clean: ScanResult, rule: FaultRule): Promise<string[]> {
  sim.reset();
  sim.inject(rule);
  const network = networkTo(sim, rule);
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('it hangs')), LIMIT).unref(),
  );
  try {
    const { result, evidence } = await Promise.race([scan(network, name), late]);
    const leak = JSON.stringify(evidence).includes(TOKEN) ? ['the token is in the evidence'] : [];
    return [...leak, ...flaws(clean, result)];
  } catch (error) {
    if (!(error instanceof ScanError)) return [`${(error as Error).stack}`];
    if (error.message.includes(TOKEN)) return ['the token is in the message'];
    return WHOLE[rule.kind] === error.code ? [] : [`${error.code}: ${error.message}`];
  } finally {
    await network.close();
    const strangers = sim.requests().filter((request) => request.area === 'elsewhere' && request.authorized);
    if (strangers.length > 0) expect.unreachable('the token was shown to another host');
  }
}

const ONCE = ['once', { times: 1 }] as const;
const FOR_GOOD = ['for good', {}] as const;

describe.each([
  ['brightforge/anvil', [ONCE, FOR_GOOD]],
  ['lonewolf/tooling', [FOR_GOOD]],
  ['parcelpost/boxer', [ONCE]],
])('faults in a scan of %s', (name, modes) => {
  const lanes: Simulator[] = [];
  let clean: ScanResult;
  const seen: RequestRecord[] = [];

  beforeAll(async () => {
    lanes.push(...(await Promise.all(Array.from({ length: LANES }, lane))));
    const [first] = lanes;
    const network = networkTo(first!);
    clean = (await scan(network, name)).result;
    await network.close();
    const known = new Set<string>();
    for (const request of first!.requests()) {
      const key = `${request.kind} ${request.method} ${request.path} ${request.operation}`;
      if (!known.has(key)) seen.push(request);
      known.add(key);
    }
  });
  afterAll(async () => {
    await Promise.all(lanes.map((sim) => sim.close()));
  });

  it.each(modes)(
    'are survived when they strike %s',
    async (_, often) => {
      const rules = seen.flatMap(faultsFor).map((rule) => ({ ...hastened(rule), ...often }));
      expect(rules.length).toBeGreaterThan(200);
      const found: string[] = [];
      const queue = [...rules];
      await Promise.all(
        lanes.map(async (one) => {
          for (let rule = queue.shift(); rule !== undefined; rule = queue.shift()) {
            for (const flaw of await tryOut(one, name, clean, rule))
              found.push(`${rule.kind} ${rule.fields ?? ''} on ${rule.operation ?? rule.match}: ${flaw}`);
          }
        }),
      );
      expect(found).toEqual([]);
    },
    600_000,
  );
});
