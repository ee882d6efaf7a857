/**
 * Compares a scan of a scenario with what the reference answered (testdata/golden/expected): check scores,
 * total, and findings per probe as a multiset. Pure; reading the files stands apart.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface GoldenCheck {
  readonly name: string;
  readonly score: number;
}

export interface GoldenFinding {
  readonly probe: string;
  readonly outcome: string;
  readonly location?: {
    readonly path?: string;
    readonly lineStart?: number;
    readonly lineEnd?: number;
    readonly snippet?: string;
    readonly type?: number;
  };
  readonly values?: Readonly<Record<string, string>>;
}

/** What the JSON format and the probe format say, as far as it is compared. */
export interface GoldenResult {
  readonly score?: number;
  readonly checks?: readonly GoldenCheck[];
  readonly findings?: readonly GoldenFinding[];
}

/** The recorded answers for one scenario. */
export interface Golden {
  /** Exit status of the reference; its result is null where it gave none. */
  readonly exit: number;
  readonly scores: GoldenResult | null;
  readonly findings: readonly GoldenFinding[];
  /** Findings of the probes that stand outside every check. */
  readonly extraFindings: readonly GoldenFinding[];
}

/** How much was compared, and what differed. */
export interface Comparison {
  readonly total: number;
  readonly agreed: number;
  readonly differences: readonly string[];
}

interface Recorded {
  readonly exit: number;
  readonly result: GoldenResult | null;
}

/** Reads the recorded answers for a scenario; undefined where there are none. */
export function readGolden(folder: string, scenario: string): Golden | undefined {
  const read = (name: string): Recorded | undefined => {
    const file = join(folder, name);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded) : undefined;
  };
  const scores = read(`${scenario}.json`);
  if (!scores) return undefined;
  return {
    exit: scores.exit,
    scores: scores.result,
    findings: read(`${scenario}.probe.json`)?.result?.findings ?? [],
    extraFindings: read(`${scenario}.extra-probes.json`)?.result?.findings ?? [],
  };
}

/**
 * Compares scores of checks. Where the reference gave no checks at all (not reachable, empty), agreement
 * means that there are none here either.
 */
export function compareChecks(expected: GoldenResult | null, found: GoldenResult | null): Comparison {
  const wanted = expected?.checks ?? [];
  const scores = new Map((found?.checks ?? []).map((check) => [check.name, check.score]));
  if (wanted.length === 0) {
    const differences = scores.size ? [`expected no checks, found ${scores.size}`] : [];
    return { total: 1, agreed: 1 - differences.length, differences };
  }
  const differences = wanted
    .filter(({ name, score }) => scores.get(name) !== score)
    .map(({ name, score }) => `${name}: expected ${score}, found ${scores.get(name) ?? 'none'}`);
  return { total: wanted.length, agreed: wanted.length - differences.length, differences };
}

/** Compares the totals. */
export function compareTotals(expected: GoldenResult | null, found: GoldenResult | null): Comparison {
  const same = expected?.score === found?.score;
  const difference = `total: expected ${expected?.score ?? 'none'}, found ${found?.score ?? 'none'}`;
  return { total: 1, agreed: same ? 1 : 0, differences: same ? [] : [difference] };
}

export interface FindingOptions {
  /** Compare last line, snippet and values too, beside outcome, path and first line. */
  readonly strict?: boolean;
  /** Probes the reference answers somewhere: others found here are extras and do not count. */
  readonly known?: ReadonlySet<string>;
}

/** Compares findings, one probe at a time. */
export function compareFindings(
  expected: readonly GoldenFinding[],
  found: readonly GoldenFinding[],
  { strict = false, known }: FindingOptions = {},
): Comparison {
  const want = byProbe(expected, strict);
  const have = byProbe(found, strict);
  const probes = [...new Set([...want.keys(), ...have.keys()])].filter(
    (probe) => want.has(probe) || !known || known.has(probe),
  );
  const differences = probes.sort().flatMap((probe) => {
    const missing = without(want.get(probe) ?? [], have.get(probe) ?? []);
    const extra = without(have.get(probe) ?? [], want.get(probe) ?? []);
    return missing.length + extra.length ? [`${probe}: missing ${list(missing)}; extra ${list(extra)}`] : [];
  });
  return { total: probes.length, agreed: probes.length - differences.length, differences };
}

const list = (items: readonly string[]): string => (items.length ? items.slice(0, 3).join(' ') : 'none');

function byProbe(findings: readonly GoldenFinding[], strict: boolean): Map<string, string[]> {
  const out = new Map<string, string[]>();
  for (const finding of findings) {
    const rows = out.get(finding.probe) ?? [];
    rows.push(keyOf(finding, strict));
    out.set(finding.probe, rows);
  }
  return out;
}

function keyOf({ outcome, location = {}, values = {} }: GoldenFinding, strict: boolean): string {
  const key: unknown[] = [outcome, steady(location.path ?? ''), location.lineStart ?? 0];
  if (strict) {
    const sorted = Object.entries(values).map(([name, value]) => [name, steady(value)]);
    key.push(location.snippet ?? '', location.lineEnd ?? 0, Object.fromEntries(sorted.sort()));
  }
  return JSON.stringify(key);
}

/** Addresses of the simulator become the real ones, and what differs from run to run its placeholder. */
function steady(text: string): string {
  return text
    .replace(
      /^https?:\/\/(?:127\.0\.0\.1|localhost):\d+(\/api\/v3)?\/(repos\/)?/,
      (_, enterprise, repos = '') =>
        enterprise || repos ? `https://api.github.com/${repos}` : 'https://github.com/',
    )
    .replace(/\b[0-9a-f]{40}\b|<HEAD>/g, '<SHA>')
    .replace(/^\d{4}-\d\d-\d\dT.*$/, '<DATE>');
}

/** The items of a list that are not in another, each counted. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return items.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Several comparisons as one. */
export const sumOf = (all: readonly Comparison[]): Comparison => ({
  total: all.reduce((sum, one) => sum + one.total, 0),
  agreed: all.reduce((sum, one) => sum + one.agreed, 0),
  differences: all.flatMap((one) => one.differences),
});
