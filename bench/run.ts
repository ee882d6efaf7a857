/**
 * `npm run bench -- FOLDER [--reference=BINARY] [--pairs=N] [NAME ...]`: what scans of the checkouts in FOLDER cost.
 * With the reference's binary the two take turns, so that a busy machine hurts both alike.
 */
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checks, scanTarget } from '../src/app.ts';
import type { Stats } from '../src/core/index.ts';
import { type Cost, costOf, median, peakOf, printTable } from './process.ts';

const FILE_CHECKS = [
  'Binary-Artifacts',
  'Dangerous-Workflow',
  'Dependency-Update-Tool',
  'License',
  'Packaging',
  'Pinned-Dependencies',
  'SAST',
  'Security-Policy',
  'Token-Permissions',
].filter((name) => checks.some((check) => check.name === name));

const root = join(import.meta.dirname, '..');
const program = join(root, 'bin/assay.cjs');
const words = (folder: string) => ['--local', folder, '--checks', FILE_CHECKS.join(','), '--format', 'json'];
const ours = (folder: string) => [process.execPath, program, ...words(folder)];

interface Tree {
  readonly files: number;
  readonly bytes: number;
}

function treeOf(folder: string): Tree {
  let [files, bytes] = [0, 0];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name === '.git') continue;
      const below = treeOf(path);
      [files, bytes] = [files + below.files, bytes + below.bytes];
    } else if (entry.isFile()) [files, bytes] = [files + 1, bytes + lstatSync(path).size];
  }
  return { files, bytes };
}

function statsOf(folder: string): { readonly stats: Stats; readonly most: number } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--require',
      join(import.meta.dirname, 'count-opens.cjs'),
      program,
      '--local',
      folder,
      `--checks=${FILE_CHECKS.join(',')}`,
      '--format=assay',
      '--stats',
    ],
    { encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, ASSAY_BENCH_ROOT: folder } },
  );
  const opens = /^opens (.*)$/m.exec(stderr);
  if (opens === null) throw new Error(stderr);
  return {
    stats: (JSON.parse(stdout) as { stats: Stats }).stats,
    most: (JSON.parse(opens[1]!) as { most: number }).most,
  };
}

const seconds = (value: number) => value.toFixed(3);
const megabytes = (value: number | undefined) => (value === undefined ? '-' : value.toFixed(0));

async function benchOne(folder: string, name: string, pairs: number, reference: string | undefined) {
  const path = join(folder, name);
  const tree = treeOf(path);
  const [mine, theirs]: [Cost[], Cost[]] = [[], []];
  costOf(ours(path));
  for (let pair = 0; pair < pairs; pair++) {
    mine.push(costOf(ours(path)));
    if (reference !== undefined) theirs.push(costOf([reference, ...words(path)]));
  }
  const { stats, most } = statsOf(path);
  const cpu = median(mine.map((one) => one.cpu));
  const other = theirs.length > 0 ? median(theirs.map((one) => one.cpu)) : undefined;
  const row = [
    name,
    String(tree.files),
    seconds(cpu),
    seconds(median(mine.map((one) => one.wall))),
    megabytes(await peakOf(ours(path))),
    ...(reference === undefined || other === undefined
      ? []
      : [seconds(other), (cpu / other).toFixed(2), megabytes(await peakOf([reference, ...words(path)]))]),
    String(stats.filesOpened),
    String(most),
    (stats.bytesRead / tree.bytes).toFixed(2),
    `${stats.filesParsed}/${stats.parses}`,
  ];
  return { row, cpu, other };
}

/** Repositories per CPU second when one process scans them all, round after round. */
async function longLived(folders: readonly string[], rounds: number): Promise<number> {
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round++)
    for (const path of folders) await scanTarget({ kind: 'folder', path }, { checks: FILE_CHECKS });
  const { user, system } = process.cpuUsage(start);
  return (folders.length * rounds) / ((user + system) / 1e6);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { reference: { type: 'string' }, pairs: { type: 'string', default: '7' } },
  });
  const [folder, ...only] = positionals;
  if (folder === undefined) {
    console.error('bench: name the folder with the checkouts (npm run bench -- FOLDER)');
    process.exitCode = 2;
    return;
  }
  spawnSync(process.execPath, [join(root, 'dev/start.cjs'), '--version'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const names = readdirSync(folder).filter((name) => only.length === 0 || only.includes(name));
  const measured: Awaited<ReturnType<typeof benchOne>>[] = [];
  for (const name of names)
    measured.push(await benchOne(folder, name, Number(values.pairs), values.reference));
  console.log(
    `${FILE_CHECKS.length} checks; CPU and wall in seconds, medians of ${values.pairs}; peak in MB\n`,
  );
  const against = values.reference === undefined ? [] : ['ref CPU', 'ratio', 'ref peak'];
  printTable(
    ['repository', 'files', 'CPU', 'wall', 'peak', ...against, 'opened', 'most', 'bytes', 'parsed'],
    measured.map(({ row }) => row),
  );
  const rounds = Math.max(2, Math.ceil(120 / names.length));
  const perSecond = await longLived(
    names.map((name) => join(folder, name)),
    rounds,
  );
  const alone = names.length / measured.reduce((sum, { cpu }) => sum + cpu, 0);
  const theirs = names.length / measured.reduce((sum, { other }) => sum + (other ?? Number.NaN), 0);
  const withReference = (...cells: string[]) => (values.reference === undefined ? [] : cells);
  printTable(
    [
      'repositories per CPU second',
      'each alone',
      'one process',
      'times',
      ...withReference('reference', 'one process, times'),
    ],
    [
      [
        `${names.length}, ${rounds} rounds`,
        alone.toFixed(1),
        perSecond.toFixed(1),
        (perSecond / alone).toFixed(1),
        ...withReference(theirs.toFixed(1), (perSecond / theirs).toFixed(1)),
      ],
    ],
  );
  const version = Array.from({ length: 15 }, () => costOf([process.execPath, program, '--version']));
  printTable(
    ['--version', 'wall ms', 'CPU ms'],
    [
      [
        'median of 15',
        (median(version.map((one) => one.wall)) * 1000).toFixed(0),
        (median(version.map((one) => one.cpu)) * 1000).toFixed(0),
      ],
    ],
  );
}

await main();
