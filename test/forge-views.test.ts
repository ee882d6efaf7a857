/** Scans of simulated repositories: the reference view against recorded results, and what the adjusted view makes of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { LOCATION_NUMBER, type ScanResult } from '../src/core/index.ts';
import { type Network, openNetwork } from '../src/network.ts';
import { type Simulator, startSimulator } from './support/sim/index.ts';

const data = join(import.meta.dirname, '../testdata');
const NOW = '2026-03-01T12:00:00Z';

const CHECKS = [
  'Branch-Protection',
  'CI-Tests',
  'CII-Best-Practices',
  'Code-Review',
  'Contributors',
  'Maintained',
  'Signed-Releases',
  'Webhooks',
];
const PROBES = ['codeReviewOneReviewers', 'releasesHaveVerifiedProvenance', 'sastToolRunsOnAllCommits'];

interface Recorded {
  readonly repo: string;
  readonly checks: Readonly<Record<string, number>>;
  /** Levels of the detail lines, debug lines left out. */
  readonly levels: Readonly<Record<string, readonly string[]>>;
  /** Probe, outcome, path, type, values, has a remediation. */
  readonly findings: readonly unknown[];
}

const recorded = new Map(
  readdirSync(join(data, 'golden/forge')).map((file) => [
    file.replace('.json', ''),
    JSON.parse(readFileSync(join(data, 'golden/forge', file), 'utf8')) as Recorded,
  ]),
);

let sim: Simulator;
let network: Network;
beforeAll(async () => {
  sim = await startSimulator({ scenarios: [join(data, 'forge-scenarios')], now: NOW });
  const variables = {
    ...sim.environment(),
    ASSAY_BADGE_URL: sim.serviceUrl('www.bestpractices.dev'),
    ASSAY_DEPS_DEV_URL: sim.serviceUrl('api.deps.dev'),
  };
  network = openNetwork({ variables, userAgent: 'assay-test', cache: false });
});
afterAll(async () => {
  await network.close();
  await sim.close();
});

async function scan(name: string, wish: { checks?: string[]; probes?: string[] }): Promise<ScanResult> {
  sim.reset(name);
  const { result } = await scanTarget(recorded.get(name)!.repo, { ...wish, now: new Date(NOW), network });
  return result;
}

/** Findings of the reference view, as recorded; whether remediation is shown follows from outcome and probe. */
function rows({ probes }: ScanResult): string[] {
  return probes
    .flatMap(({ probe, reference }) =>
      reference.map(({ outcome, location, values = {} }) => [
        probe,
        outcome,
        location === undefined ? null : atGithub(location.path),
        location === undefined ? null : LOCATION_NUMBER[location.type],
        Object.fromEntries(Object.entries(values).sort()),
      ]),
    )
    .map((row) => JSON.stringify(row))
    .sort();
}

const atGithub = (address: string): string =>
  address
    .replace(/^http:\/\/[\d.]+:\d+\/repos\//, 'https://api.github.com/repos/')
    .replace(/^http:\/\/[\d.]+:\d+\//, 'https://github.com/')
    .replace(/[0-9a-f]{40}/, '<SHA>');

describe.each([...recorded])('%s', (name, { checks, levels, findings }) => {
  it('is judged as by the reference', async () => {
    const result = await scan(name, { checks: CHECKS });
    const told = (check: ScanResult['checks'][number]) =>
      check.details.map((detail) => detail.level).filter((level) => level !== 'Debug');
    expect(Object.fromEntries(result.checks.map((check) => [check.name, check.score]))).toEqual(checks);
    expect(Object.fromEntries(result.checks.map((check) => [check.name, told(check)]))).toEqual(levels);
    const extra = await scan(name, { probes: PROBES });
    const expected = findings.map((row) => JSON.stringify((row as unknown[]).slice(0, 5))).sort();
    expect([...rows(result), ...rows(extra)].sort()).toEqual(expected);
  });
});

describe('the adjusted view', () => {
  const adjusted = async (name: string, check: string) => {
    const { checks } = await scan(name, { checks: [check] });
    return checks[0]!;
  };

  it('judges what is public where classic rules are hidden, and gives the range', async () => {
    const { score, adjusted: seen } = await adjusted('bp-fine-none', 'Branch-Protection');
    expect([score, seen.score, seen.range]).toEqual([-1, 6, { min: 4, max: 6 }]);
    expect(seen.details.some((detail) => detail.text.includes('administration: read'))).toBe(true);
  });

  it('does not ask a single maintainer for a second person', async () => {
    const { score, adjusted: seen } = await adjusted('solo', 'Branch-Protection');
    expect([score, seen.score]).toEqual([4, 10]);
    expect(seen.details.filter((detail) => detail.text.includes('takes a second person'))).toHaveLength(3);
  });

  it('lists who reviewed which change', async () => {
    const { adjusted: seen } = await adjusted('review-odd', 'Code-Review');
    const texts = seen.details.map((detail) => detail.text).join('\n');
    expect(texts).toContain('#5 by ra (m1): merged by rc, not the author');
    expect(texts).toContain('#7 by somebody (ghost): merged without an approval of somebody else');
    expect(texts).toContain('#4 by ra (foreign): merged by rb, not the author');
    expect(texts).toContain('reviewed on Phabricator');
  });

  it('counts attestations of release files', async () => {
    const { score, adjusted: seen } = await adjusted('attested', 'Signed-Releases');
    expect([score, seen.score]).toEqual([0, 10]);
  });

  it('has no error for webhooks a token may not list', async () => {
    const { error, adjusted: seen } = await adjusted('attested', 'Webhooks');
    expect(error).toBeDefined();
    expect([seen.score, seen.error]).toEqual([-1, undefined]);
  });
});
