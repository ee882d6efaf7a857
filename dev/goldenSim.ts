/**
 * `npm run golden:sim`: runs the built command line on every scenario of the simulated GitHub and compares
 * it with what the reference answered. Ends with 1 when anything differs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Comparison,
  compareChecks,
  compareFindings,
  compareTotals,
  type Golden,
  type GoldenFinding,
  type GoldenResult,
  readGolden,
  sumOf,
} from '../test/support/compareGolden.ts';
import {
  type ScenarioInfo,
  type Simulator,
  type Summary,
  startSimulator,
} from '../test/support/sim/index.ts';

const root = join(import.meta.dirname, '..');
const USAGE = `usage: npm run golden:sim -- [options]

  --only NAME,NAME     these scenarios only
  --faults all|skip|only  leave out or pick the scenarios with faults (all)
  --strict             compare last lines, snippets and values of findings too
  --scores-only        leave findings out
  --warm               scan twice, and count the requests of the second scan too
  --verbose            print every difference
  --latency MS         wait before every answer of the simulator
  --scenarios DIR      default testdata/scenarios
  --expected DIR       default testdata/golden/expected
  --timeout SECONDS    for each run (180)`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    faults: { type: 'string', default: 'all' },
    strict: { type: 'boolean', default: false },
    'scores-only': { type: 'boolean', default: false },
    warm: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    latency: { type: 'string', default: '0' },
    scenarios: { type: 'string', default: join(root, 'testdata/scenarios') },
    expected: { type: 'string', default: join(root, 'testdata/golden/expected') },
    timeout: { type: 'string', default: '180' },
    help: { type: 'boolean', default: false },
  },
});

interface Run {
  readonly result: GoldenResult | null;
  readonly requests: Summary;
  readonly ms: number;
  readonly stderr: string;
}

interface Row {
  readonly name: string;
  readonly checks: Comparison;
  readonly totals: Comparison;
  readonly probes: Comparison;
  readonly cold: Run;
  readonly warm: Run | undefined;
}

async function main(): Promise<number> {
  const fresh = spawnSync(process.execPath, ['dev/start.cjs', '--version'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (fresh.status !== 0) return 2;
  const sim = await startSimulator({ scenarios: [values.scenarios], latency: Number(values.latency) });
  const cache = mkdtempSync(join(tmpdir(), 'golden-sim-'));
  const environment = {
    ...process.env,
    ...sim.environment({ proxy: true }),
    XDG_CACHE_HOME: cache,
    SCORECARD_EXPERIMENTAL: '1',
  };
  try {
    const chosen = sim.scenarios().filter(isChosen);
    const golden = new Map(chosen.map((s) => [s.name, readGolden(values.expected, s.name)]));
    const known = new Set([...golden.values()].flatMap((g) => g?.findings.map((f) => f.probe) ?? []));
    const rows: Row[] = [];
    for (const scenario of chosen) {
      const expected = golden.get(scenario.name);
      if (!expected) continue;
      const row = await compareOne(sim, environment, scenario, expected, known);
      print(row);
      rows.push(row);
    }
    return report(rows);
  } finally {
    await sim.close();
    rmSync(cache, { recursive: true, force: true });
  }
}

const isChosen = (s: ScenarioInfo): boolean => {
  const named = values.only?.split(',');
  if (named) return named.includes(s.name);
  return !s.unstable && (values.faults === 'all' || (values.faults === 'only') === s.faults.length > 0);
};

async function compareOne(
  sim: Simulator,
  environment: NodeJS.ProcessEnv,
  scenario: ScenarioInfo,
  expected: Golden,
  known: ReadonlySet<string>,
): Promise<Row> {
  const scan = (...words: readonly string[]): Promise<Run> => run(sim, environment, scenario, words);
  const cold = await scan('--format=json', '--show-details');
  const warm = values.warm ? await scan('--format=json', '--show-details') : undefined;
  const probes: Comparison[] = [];
  if (!values['scores-only']) {
    const found = await scan('--format=probe', '--show-details');
    probes.push(
      compareFindings(expected.findings, found.result?.findings ?? [], { strict: values.strict, known }),
    );
    probes.push(
      compareFindings(expected.extraFindings, await extraFindings(scan, expected), { strict: values.strict }),
    );
  }
  return {
    name: scenario.name,
    checks: compareChecks(expected.scores, cold.result),
    totals: compareTotals(expected.scores, cold.result),
    probes: sumOf(probes),
    cold,
    warm,
  };
}

/** Findings of the probes outside every check, asked for by name. */
async function extraFindings(
  scan: (...words: readonly string[]) => Promise<Run>,
  { extraFindings: expected }: Golden,
): Promise<readonly GoldenFinding[]> {
  const names = [...new Set(expected.map((finding) => finding.probe))];
  if (names.length === 0) return [];
  return (await scan('--format=probe', `--probes=${names.join(',')}`)).result?.findings ?? [];
}

/** Runs the command line once; what it prints must be JSON or nothing. */
async function run(
  sim: Simulator,
  environment: NodeJS.ProcessEnv,
  scenario: ScenarioInfo,
  words: readonly string[],
): Promise<Run> {
  sim.reset(scenario.name);
  const started = performance.now();
  const args = ['bin/assay.cjs', `--repo=${scenario.scan ?? scenario.repo}`, ...words, ...scenario.args];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: environment,
    timeout: Number(values.timeout) * 1000,
  });
  const [stdout, stderr] = await Promise.all(
    [child.stdout, child.stderr].map((s) => s.setEncoding('utf8').toArray()),
  );
  const ms = performance.now() - started;
  const text = (stdout ?? []).join('');
  let result: GoldenResult | null = null;
  try {
    result = JSON.parse(text) as GoldenResult;
  } catch {
    // Nothing, or not JSON: no result.
  }
  return { result, requests: sim.summary(), ms, stderr: (stderr ?? []).join('') };
}

const count = ({ agreed, total }: Comparison): string => `${agreed}/${total}`;

function requestsOf({ requests: r, ms }: Run): string {
  const parts = [
    `rest ${r.rest}`,
    ...(r.rest_not_modified ? [`304s ${r.rest_not_modified}`] : []),
    `graphql ${r.graphql}`,
    `points ${r.graphql_points}`,
    `nodes ${r.graphql_nodes}`,
    `downloads ${r.downloads}`,
    ...(r.git ? [`git ${r.git}`] : []),
    `services ${r.services_total}`,
    `kB ${Math.round(r.bytes / 1000)}`,
  ];
  return `${parts.join(', ')}, ${ms.toFixed(0)} ms`;
}

function print(row: Row): void {
  console.log(
    `${row.name.padEnd(24)} checks ${count(row.checks)}, probes ${count(row.probes)}; ${requestsOf(row.cold)}`,
  );
  if (row.warm) console.log(`${''.padEnd(24)} again: ${requestsOf(row.warm)}`);
  const missing = row.checks.differences.filter((d) => d.endsWith('found none'));
  if (missing.length) console.log(`    no score: ${missing.map((d) => d.replace(/:.*/, '')).join(', ')}`);
  const wrong = row.checks.differences.filter((d) => !missing.includes(d));
  const all = [...wrong, ...row.totals.differences, ...row.probes.differences];
  for (const difference of values.verbose ? all : all.slice(0, 5)) console.log(`    ${difference}`);
  if (!values.verbose && all.length > 5) console.log(`    and ${all.length - 5} more (--verbose)`);
  if (!row.cold.result) console.log(`    no result: ${row.cold.stderr.trim().slice(-600)}`);
}

function report(rows: readonly Row[]): number {
  const [checks, totals, probes] = [
    sumOf(rows.map((r) => r.checks)),
    sumOf(rows.map((r) => r.totals)),
    sumOf(rows.map((r) => r.probes)),
  ];
  const sum = (pick: (run: Run) => number): string => {
    const each = rows.map((row) => pick(row.cold)).sort((a, b) => a - b);
    const total = each.reduce((a, b) => a + b, 0);
    return `${total} (median ${each[Math.floor(each.length / 2)] ?? 0}, most ${each.at(-1) ?? 0})`;
  };
  console.log(
    `\nchecks ${count(checks)} agreed, totals ${count(totals)}, probes ${count(probes)}${values.strict ? ' (strict)' : ''}`,
  );
  console.log(
    `rest ${sum((r) => r.requests.rest)}, graphql ${sum((r) => r.requests.graphql)}, points ${sum((r) => r.requests.graphql_points)}`,
  );
  return rows.length > 0 && [checks, totals, probes].every((c) => c.agreed === c.total) ? 0 : 1;
}

if (values.help) console.log(USAGE);
else process.exitCode = await main();
