/**
 * `npm run golden -- FOLDER [NAME ...]`: holds the reference view against recorded results of the reference
 * (testdata/golden/local) on checkouts in FOLDER, each named after its file. Ends with 1 when anything differs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checks, scanTarget } from '../src/app.ts';
import type { ProbeResult, ScanResult } from '../src/core/index.ts';

const golden = join(import.meta.dirname, '../testdata/golden/local');

/** Probe, outcome, path, line, how many. */
export type Row = readonly [string, string, string, number, number];

interface Golden {
  readonly repo: string;
  readonly commit: string;
  readonly checks: Readonly<Record<string, number>>;
  readonly findings: readonly Row[];
}

export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** Findings of the reference view in the form of the recorded ones. */
export function rowsOf(probes: readonly ProbeResult[]): Row[] {
  const counts = new Map<string, number>();
  for (const { probe, reference } of probes) {
    for (const { outcome, location } of reference) {
      const key = JSON.stringify([probe, outcome, location?.path ?? '', location?.lineStart ?? 0]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].map(([key, count]) => [...JSON.parse(key), count] as unknown as Row);
}

/** Places where the reference itself answers another line from run to run. */
interface RandomPlace {
  readonly repository: string;
  /** Probe, outcome, path. */
  readonly place: string;
  readonly lines: readonly number[];
}

const random = JSON.parse(readFileSync(join(golden, '../random.json'), 'utf8')) as readonly RandomPlace[];

/** The row's key, with the first of the possible lines where the reference is random. */
function keyOf(repository: string, [probe, outcome, path, line]: Row): string {
  const place = `${probe} ${outcome} ${path}`;
  const loose = random.find(
    (one) => one.repository === repository && one.place === place && one.lines.includes(line),
  );
  return `${place} ${loose?.lines[0] ?? line}`;
}

/** Checks and findings that differ; checks and probes this version does not have are left out. */
export function compare(name: string, expected: Golden, result: ScanResult): Difference[] {
  const differences: Difference[] = [];
  for (const { name: check, score } of result.checks) {
    const wanted = expected.checks[check];
    if (wanted !== undefined && wanted !== score)
      differences.push({ what: check, expected: String(wanted), found: String(score) });
  }
  const known = new Set(result.probes.map((one) => one.probe));
  const counts = (rows: readonly Row[]) =>
    new Map(rows.filter(([probe]) => known.has(probe)).map((row) => [keyOf(name, row), row[4]]));
  const [want, have] = [counts(expected.findings), counts(rowsOf(result.probes))];
  for (const key of [...new Set([...want.keys(), ...have.keys()])].sort()) {
    const [expectedCount, found] = [want.get(key) ?? 0, have.get(key) ?? 0];
    if (expectedCount !== found)
      differences.push({ what: key, expected: String(expectedCount), found: String(found) });
  }
  return differences;
}

async function compareOne(folder: string, name: string): Promise<number> {
  const expected = JSON.parse(readFileSync(join(golden, `${name}.json`), 'utf8')) as Golden;
  const label = name.padEnd(16);
  if (!existsSync(join(folder, name))) {
    console.log(`${label} not there: check out https://github.com/${expected.repo} at ${expected.commit}`);
    return 1;
  }
  const ours = new Set(checks.map((check) => check.name));
  const names = Object.keys(expected.checks).filter((check) => ours.has(check));
  const start = performance.now();
  const { result } = await scanTarget({ kind: 'folder', path: join(folder, name) }, { checks: names });
  const ms = (performance.now() - start).toFixed(0).padStart(5);
  const differences = compare(name, expected, result);
  const [wrongChecks, wrongFindings] = [0, 1].map(
    (kind) => differences.filter((one) => Number(one.what.includes(' ')) === kind).length,
  );
  const commit = result.repo.commit === expected.commit ? '' : `  another commit: ${result.repo.commit}`;
  const verdict =
    differences.length === 0 ? 'equal' : `${wrongChecks} scores, ${wrongFindings} findings differ`;
  console.log(
    `${label} ${names.length} of ${Object.keys(expected.checks).length} checks ${ms} ms  ${verdict}${commit}`,
  );
  for (const { what, expected: wanted, found } of differences)
    console.log(`    ${what}: expected ${wanted}, found ${found}`);
  return differences.length + (commit === '' ? 0 : 1);
}

async function main([folder, ...only]: readonly string[]): Promise<void> {
  if (folder === undefined) {
    console.error('golden: name the folder with the checkouts (npm run golden -- FOLDER)');
    process.exitCode = 2;
    return;
  }
  const names = readdirSync(golden)
    .map((file) => basename(file, '.json'))
    .filter((name) => only.length === 0 || only.includes(name));
  let wrong = 0;
  for (const name of names) wrong += await compareOne(folder, name);
  process.exitCode = wrong === 0 ? 0 : 1;
}

if (import.meta.main) await main(process.argv.slice(2));
