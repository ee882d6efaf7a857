/** Scans of many targets: side by side, told in order, none stopping the rest. */
import { createInterface } from 'node:readline';
import {
  type Network,
  openSharedNetwork,
  repositoriesOf,
  type Scanned,
  type ScanOptions,
  scanTarget,
} from '../app.ts';
import { type Named, namedRepository, type OptionValues, type Target, usage } from '../config/index.ts';
import { EXIT, ScanError } from '../core/index.ts';
import type { Delivery } from './deliver.ts';
import { inOrder } from './in-order.ts';
import { report } from './main.ts';
import { progressBar } from './progress-bar.ts';
import { writeError } from './streams.ts';

interface Item {
  /** As it was written, or as the forge lists it. */
  readonly text: string;
  /** What to look at, or why not even that is known. */
  readonly target: Target | ScanError;
}

type Outcome = { readonly text: string } & ({ readonly scanned: Scanned } | { readonly error: unknown });

/** Wrong for every target alike: there is no sense in going on. */
const FOR_ALL = new Set(['unknown-check', 'unknown-probe', 'unknown-format', 'config']);
const MAX_JOBS = 64;
const MAX_LINE = 4096;

/**
 * Scans them and hands each result to `delivery` at once. Returns the exit code: 0 when all made results that met the
 * thresholds, else the lowest other one.
 * @throws ScanError when nothing was named, for what is wrong with the command line, and when output fails
 */
export async function scanSeveral(
  named: readonly Named[],
  values: OptionValues,
  delivery: Delivery,
  options: ScanOptions,
  verbose: boolean,
): Promise<number> {
  const jobs = values.jobs ?? 4;
  if (jobs < 1 || jobs > MAX_JOBS) usage(`--jobs must be from 1 to ${MAX_JOBS}, not ${jobs}`);
  const stop = new AbortController();
  const network = await openSharedNetwork(options);
  const bar = progressBar(verbose);
  const work = async ({ text, target }: Item): Promise<Outcome> => {
    if (target instanceof ScanError) return { text, error: target };
    bar.start(text);
    try {
      return { text, scanned: await scanTarget(target, { ...options, network, signal: stop.signal }) };
    } catch (error) {
      return { text, error };
    }
  };
  let [exit, failures, count] = [EXIT.ok as number, 0, 0];
  try {
    for await (const outcome of inOrder(
      onlyOnce(itemsOf(named, network, bar.add), network, bar),
      jobs,
      work,
    )) {
      count++;
      bar.hide();
      const code = await tell(outcome, delivery);
      if (code !== EXIT.ok && code !== EXIT.threshold) failures++;
      if (code !== EXIT.ok) exit = exit === EXIT.ok ? code : Math.min(exit, code);
      bar.done(outcome.text, code !== EXIT.ok);
    }
  } finally {
    bar.hide();
    stop.abort(new ScanError('usage', 'the run was given up'));
    await network.close();
  }
  delivery.finish();
  if (count === 0) usage('nothing to look at: standard input names no repository');
  if (failures > 0) writeError(`assay: ${failures} of ${count} targets failed\n`);
  return exit;
}

/** Writes one result, or the line that says why there is none; returns its exit code. */
async function tell(outcome: Outcome, delivery: Delivery): Promise<number> {
  if ('scanned' in outcome) {
    const short = await delivery.write(outcome.scanned);
    if (short === undefined) return EXIT.ok;
    writeError(`assay: ${short}\n`);
    return EXIT.threshold;
  }
  const { text, error } = outcome;
  if (!(error instanceof ScanError)) {
    delivery.fail(text, 'internal', 'a defect in Assay');
    return report(error);
  }
  if (FOR_ALL.has(error.code)) throw error;
  delivery.fail(text, error.code, error.message);
  return report(new ScanError(error.code, `${text}: ${error.message}`));
}

/** A target named again is passed over, however it is written: its result would be the same. */
async function* onlyOnce(
  items: AsyncIterable<Item>,
  { forges }: Network,
  bar: Pick<ReturnType<typeof progressBar>, 'add' | 'hide'>,
): AsyncGenerator<Item> {
  const seen = new Set<string>();
  for await (const item of items) {
    const { text, target } = item;
    if (!(target instanceof ScanError)) {
      const named = target.kind === 'repository' ? target.name : undefined;
      const ref = named && forges.map((forge) => forge.parse(named)).find((one) => one !== undefined);
      const key = ref ? ref.name.toLowerCase() : JSON.stringify(target);
      if (seen.size === seen.add(key).size) {
        bar.add(-1);
        bar.hide();
        writeError(`assay: ${text} is named more than once; it is scanned once\n`);
        continue;
      }
    }
    yield item;
  }
}

/** All targets one after the other, read only as fast as they are used. */
async function* itemsOf(
  named: readonly Named[],
  network: Network,
  found: (targets: number) => void,
): AsyncGenerator<Item> {
  found(named.filter((one) => one.kind === 'target').length);
  for (const one of named) {
    if (one.kind === 'target') yield one;
    else if (one.kind === 'list') yield* listed(found);
    else yield* owned(one.text, network, found);
  }
}

async function* owned(
  text: string,
  network: Network,
  found: (targets: number) => void,
): AsyncGenerator<Item> {
  try {
    const names = await repositoriesOf(text, network);
    if (names.length === 0)
      throw new ScanError('target-empty', `${text} has no repository that is not archived`);
    found(names.length);
    for (const name of names) yield { text: name, target: namedRepository(name) };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    found(1);
    yield { text, target: error };
  }
}

/** Lines of standard input; empty ones and those that begin with `#` are passed over. */
async function* listed(found: (targets: number) => void): AsyncGenerator<Item> {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    found(1);
    const target =
      text.length > MAX_LINE
        ? new ScanError('target-not-found', 'the line is too long for a name')
        : namedRepository(text);
    yield { text: text.slice(0, 200), target };
  }
}
