/**
 * `npm run truth [-- CHECKOUTS] [--misses] [--kind=KIND]`: precision and recall of both views by kind, on the
 * committed cases and, with a folder of checkouts, on the labelled repositories (each at its commit).
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCases } from './truth/cases.ts';
import type { Kind, Label } from './truth/labels.ts';
import { type Miss, precision, recall, type Tally } from './truth/match.ts';
import {
  CASES,
  type Measured,
  measureCases,
  measureFolder,
  newMeasured,
  silentKinds,
} from './truth/measure.ts';
import { type Labelled, readRepositories, subjectOf } from './truth/repositories.ts';

const REPOSITORIES = join(import.meta.dirname, '../testdata/truth/repositories');

const two = (share: number): string => share.toFixed(2);
const pair = (tally: Tally): string => `${two(precision(tally))} / ${two(recall(tally))}`;

function print(title: string, measured: Measured, labels: readonly Label[]): void {
  console.log(`\n${title}`);
  const head = [
    'kind'.padEnd(22),
    'labels'.padStart(6),
    'reference p/r'.padStart(15),
    'adjusted p/r'.padStart(15),
  ];
  console.log(`${head.join(' ')}   right wrong missed other`);
  for (const [kind, { reference, adjusted }] of measured) {
    const count = labels.filter((label) => label.kind === kind).length;
    if (count === 0) continue;
    const { right, wrong, missed, otherDetail } = adjusted;
    const figures = [right, wrong, missed, otherDetail].map((one) => String(one).padStart(6)).join('');
    const row = [kind.padEnd(22), String(count).padStart(6), pair(reference).padStart(15)];
    console.log(`${row.join(' ')} ${pair(adjusted).padStart(15)}  ${figures}`);
  }
  const silent = silentKinds.map(
    (kind) => [kind, labels.filter((label) => label.kind === kind).length] as const,
  );
  for (const [kind, count] of silent) {
    if (count > 0) console.log(`${kind.padEnd(22)} ${String(count).padStart(6)}   no probe to measure`);
  }
}

function printMisses(measured: Measured, only: Kind | undefined): void {
  const all: Miss[] = [];
  for (const [kind, { adjusted }] of measured) {
    if (only === undefined || only === kind) all.push(...adjusted.misses);
  }
  for (const { kind, what, subject, path, line, why } of all)
    console.log(`${kind} | ${what} | ${subject} ${path}:${line} | ${why}`);
}

/** A checkout at another commit would be held against wrong lines. */
function isAtCommit({ name, repository, commit }: Labelled, folder: string): boolean {
  if (!existsSync(folder)) {
    console.log(`${name}: not there: check out https://github.com/${repository} at ${commit}`);
    return false;
  }
  const head = execFileSync('git', ['-C', folder, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  if (head !== commit) console.log(`${name}: at ${head}, labels are for ${commit}`);
  return head === commit;
}

async function main(words: readonly string[]): Promise<void> {
  const folders = words.filter((word) => !word.startsWith('--'));
  const wantsMisses = words.includes('--misses');
  const only = words.find((word) => word.startsWith('--kind='))?.slice(7) as Kind | undefined;
  const cases = readCases(CASES);
  const measured = await measureCases(cases);
  print(
    `${cases.length} cases`,
    measured,
    cases.flatMap((one) => one.labels),
  );
  if (wantsMisses) printMisses(measured, only);
  if (folders.length === 0) return;
  const real = newMeasured();
  const seen: Labelled[] = [];
  for (const one of readRepositories(REPOSITORIES)) {
    const folder =
      folders.map((root) => join(root, one.name)).find(existsSync) ?? join(folders[0]!, one.name);
    if (!isAtCommit(one, folder)) continue;
    await measureFolder(subjectOf(one, folder), folder, real);
    seen.push(one);
  }
  print(
    `${seen.length} repositories`,
    real,
    seen.flatMap((one) => one.labels),
  );
  if (wantsMisses) printMisses(real, only);
}

if (import.meta.main) await main(process.argv.slice(2));
