/**
 * `npm run requests`: what each scenario of the simulated GitHub costs in requests, cold and again, beside what the
 * reference asks there. Ends with 1 when a cold scan takes more than half of the reference's requests or more than five
 * points, or one that is repeated more than one point, and `testdata/golden/requests.json` does not tell why.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type ScenarioInfo,
  type Simulator,
  type Summary,
  startSimulator,
} from '../test/support/sim/index.ts';

const root = join(import.meta.dirname, '..');
const GOLDEN = join(root, 'testdata/golden/requests.json');
const USAGE = `usage: npm run requests -- [options]

  --scenarios DIR      instead of the folders of testdata; may be given several times
  --only NAME,NAME     these scenarios only
  --reference BINARY   run the reference too, and remember what it asks in --golden
  --golden FILE        what the reference asks (testdata/golden/requests.json)
  --verbose            print the routes of each marked scenario`;

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string', multiple: true },
    only: { type: 'string' },
    reference: { type: 'string' },
    golden: { type: 'string', default: GOLDEN },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** Requests to the forge, the archive left out, and points of GraphQL. */
interface Cost {
  readonly rest: number;
  readonly graphql: number;
  readonly points: number;
  /** Why more than the usual measure is right here. */
  readonly why?: string;
}

interface Row {
  readonly name: string;
  readonly cold: Cost;
  readonly warm: Cost;
  readonly reference: Cost | undefined;
  readonly marks: readonly string[];
  readonly routes: Readonly<Record<string, number>>;
}

const MOST = 6;
/** Told, but no miss: each of them is needed. */
const MORE = `more than ${MOST}`;
const MOST_POINTS = 5;

async function main(): Promise<number> {
  const folders =
    values.scenarios ?? ['scenarios', 'forge-scenarios'].map((name) => join(root, 'testdata', name));
  if (spawnSync(process.execPath, ['dev/start.cjs', '--version'], { cwd: root }).status !== 0) return 2;
  const golden: Record<string, Cost> = existsSync(values.golden)
    ? JSON.parse(readFileSync(values.golden, 'utf8'))
    : {};
  const sim = await startSimulator({ scenarios: folders });
  const chosen = sim.scenarios().filter((s) => !values.only || values.only.split(',').includes(s.name));
  const rows: Row[] = [];
  console.log('scenario                    ours R+G points   again (unchanged)   reference R+G');
  try {
    for (const scenario of chosen) {
      if (values.reference !== undefined) {
        const { why } = golden[scenario.name] ?? {};
        const asked = costOf(await run(sim, scenario, values.reference, ['--format=json'], tmpdir()));
        golden[scenario.name] = why === undefined ? asked : { ...asked, why };
      }
      const row = await measure(sim, scenario, golden[scenario.name]);
      rows.push(row);
      print(row);
    }
  } finally {
    await sim.close();
  }
  if (values.reference !== undefined) writeFileSync(values.golden, text(golden));
  return report(rows);
}

const text = (golden: Readonly<Record<string, Cost>>): string => {
  const lines = Object.keys(golden)
    .sort()
    .map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(golden[name])}`);
  return `{\n${lines.join(',\n')}\n}\n`;
};

async function measure(sim: Simulator, scenario: ScenarioInfo, reference: Cost | undefined): Promise<Row> {
  const cache = mkdtempSync(join(tmpdir(), 'assay-requests-'));
  const words = [join(root, 'bin/assay.cjs'), '--format=json'];
  try {
    const first = await run(sim, scenario, process.execPath, words, cache);
    const cold = costOf(first);
    const warm = costOf(await run(sim, scenario, process.execPath, words, cache));
    const all = cold.rest + cold.graphql;
    const most = reference && (reference.rest + reference.graphql) / 2;
    const marks = [
      ...(most !== undefined && all > most ? ['more than half'] : []),
      ...(all > MOST ? [MORE] : []),
      ...(cold.points > MOST_POINTS ? [`more than ${MOST_POINTS} points`] : []),
      ...(warm.points > 1 || warm.rest > 0 ? ['again not free'] : []),
    ];
    return { name: scenario.name, cold, warm, reference, marks, routes: first.by_route };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

const costOf = ({ rest, graphql, graphql_points: points }: Summary): Cost => ({ rest, graphql, points });

/** Scans once with an environment of its own; the output does not matter here. */
async function run(
  sim: Simulator,
  scenario: ScenarioInfo,
  program: string,
  words: readonly string[],
  cache: string,
): Promise<Summary> {
  sim.reset(scenario.name);
  const env = {
    PATH: process.env.PATH,
    HOME: cache,
    ...sim.environment({ proxy: true }),
    XDG_CACHE_HOME: cache,
    SCORECARD_EXPERIMENTAL: '1',
  };
  const args = [...words, `--repo=${scenario.scan ?? scenario.repo}`, ...scenario.args];
  await new Promise((resolve) =>
    spawn(program, args, { cwd: root, env, stdio: 'ignore', timeout: 120_000 }).on('close', resolve),
  );
  return sim.summary();
}

const plus = ({ rest, graphql }: Cost): string => `${rest}+${graphql}`;

function print({ name, cold, warm, reference, marks, routes }: Row): void {
  const told =
    reference === undefined ? '' : `${plus(reference)}${reference.why ? ` (${reference.why})` : ''}`;
  const mine = `${plus(cold).padStart(6)} ${String(cold.points).padStart(6)}`;
  const again = `${plus(warm).padStart(8)} ${String(warm.points).padStart(4)}`;
  console.log(`${name.padEnd(30)} ${mine} ${again} ${told.padStart(14)}  ${marks.join(', ')}`);
  if (marks.length > 0 && values.verbose) console.log(`    ${JSON.stringify(routes)}`);
}

function report(rows: readonly Row[]): number {
  const marked = rows.filter(
    ({ marks, reference }) => marks.some((mark) => mark !== MORE) && reference?.why === undefined,
  );
  const all = rows.map(({ cold }) => cold.rest + cold.graphql).sort((a, b) => a - b);
  console.log(
    `\n${rows.length} scenarios, median ${all[Math.floor(all.length / 2)] ?? 0}, most ${all.at(-1) ?? 0} requests; ${marked.length} marked without a reason`,
  );
  return marked.length === 0 ? 0 : 1;
}

if (values.help) console.log(USAGE);
else process.exitCode = await main();
