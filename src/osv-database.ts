/** Brings OSV into a folder: `assay osv-db update`. Composition of the network door, the zip reader and the folder. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ScanError } from './core/index.ts';
import { createHttp, type Environment, type Http, HttpFailure, httpSettings } from './http/index.ts';
import { hasEcosystem, OSV_ECOSYSTEMS, readManifest, writeEcosystem } from './services/osv-folder.ts';
import { serviceSettings } from './services/settings.ts';
import { ARCHIVE_LIMITS } from './sources/archive-limits.ts';
import { openDisk } from './sources/random-bytes.ts';
import { ZipReader } from './sources/zip.ts';

export interface OsvUpdate {
  readonly folder: string;
  /** All that Assay reads lock files of, when absent. */
  readonly ecosystems?: readonly string[];
  /** No download: `ECOSYSTEM/all.zip` lies in the folder, brought there by other means. */
  readonly offline?: boolean;
  readonly variables: Environment;
  readonly userAgent: string;
  readonly signal?: AbortSignal;
  /** Told after each ecosystem; `entries` is undefined when there was nothing newer. */
  readonly onDone?: (ecosystem: string, entries: number | undefined) => void;
}

const MAX_ENTRY = 32 * 1024 * 1024;

/** Room for npm, the largest, which has some 200,000 entries. */
const LIMITS = { ...ARCHIVE_LIMITS, maxEntries: 2_000_000 };

/** @throws ScanError usage (an unknown ecosystem), network, target-unreadable (a damaged file), output-failed */
export async function updateOsvDatabase(update: OsvUpdate): Promise<void> {
  const { folder, offline = false } = update;
  const ecosystems = update.ecosystems?.length ? update.ecosystems.map(spelled) : OSV_ECOSYSTEMS;
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new ScanError('output-failed', `${folder} cannot be made (${(error as Error).message})`, {
      cause: error,
    });
  }
  const http = createHttp(httpSettings(update.variables, { userAgent: update.userAgent, offline }));
  try {
    for (const ecosystem of ecosystems) {
      update.signal?.throwIfAborted();
      const zip = offline
        ? present(folder, ecosystem)
        : await download(http.scope(update.signal), update, ecosystem);
      if (zip === undefined) {
        if (!offline) update.onDone?.(ecosystem, undefined);
        continue;
      }
      try {
        const entries = written(folder, () => writeEcosystem(folder, ecosystem, entriesOf(zip.file), zip));
        update.onDone?.(ecosystem, entries);
      } finally {
        if (!offline) fs.rmSync(zip.file, { force: true });
      }
    }
  } finally {
    await http.close();
  }
}

/** @throws ScanError output-failed for what the system refuses */
function written<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw refused(folder, error);
  }
}

/** Refusals of the system by an error of our own; anything else stays as it is. */
function refused(folder: string, error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  return syscall === undefined || code === undefined
    ? error
    : new ScanError('output-failed', `${folder} cannot be written (${message})`, { cause: error });
}

function spelled(name: string): string {
  const found = OSV_ECOSYSTEMS.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found === undefined)
    throw new ScanError('usage', `there is no ecosystem ${name} (${OSV_ECOSYSTEMS.join(', ')})`);
  return found;
}

interface Zip {
  readonly file: string;
  readonly asOf: string;
  readonly etag?: string;
}

/** The layout of osv-scanner's own offline folder. */
function present(folder: string, ecosystem: string): Zip | undefined {
  const file = [join(folder, ecosystem, 'all.zip'), join(folder, 'osv-scanner', ecosystem, 'all.zip')].find(
    (one) => fs.existsSync(one),
  );
  return file === undefined ? undefined : { file, asOf: fs.statSync(file).mtime.toISOString() };
}

/** Undefined when what the folder holds is the newest. */
async function download(
  http: Http,
  { folder, variables }: OsvUpdate,
  ecosystem: string,
): Promise<Zip | undefined> {
  const url = `${serviceSettings(variables).osvData}/${encodeURIComponent(ecosystem)}/all.zip`;
  const etag = hasEcosystem(folder, ecosystem) ? readManifest(folder).ecosystems[ecosystem]?.etag : undefined;
  const headers = { 'accept-encoding': 'identity', ...(etag === undefined ? {} : { 'if-none-match': etag }) };
  try {
    const answer = await http.open({ url, kind: 'osv', headers, timeouts: { total: 30 * 60 * 1000 } });
    if (Buffer.isBuffer(answer.body)) {
      if (answer.status === 304) return undefined;
      throw new ScanError('network', `${url} answers with status ${answer.status}`);
    }
    const file = join(folder, `${ecosystem.replaceAll(' ', '-')}.zip-${process.pid}`);
    await save(answer.body, file, url);
    const changed = new Date(answer.headers['last-modified'] ?? '');
    const asOf = (Number.isNaN(changed.getTime()) ? new Date() : changed).toISOString();
    const fresh = answer.headers.etag;
    return { file, asOf, ...(fresh === undefined ? {} : { etag: fresh }) };
  } catch (error) {
    if (error instanceof HttpFailure) throw new ScanError('network', error.message, { cause: error });
    throw error;
  }
}

/** @throws ScanError network, output-failed; nothing is left behind then */
async function save(body: Readable, file: string, url: string): Promise<void> {
  let broken: unknown;
  body.once('error', (error) => (broken = error));
  try {
    await pipeline(body, fs.createWriteStream(file));
  } catch (error) {
    fs.rmSync(file, { force: true });
    if (broken === undefined || broken !== error) throw refused(file, error);
    throw new ScanError('network', `${url} broke off (${(error as Error).message})`, { cause: error });
  }
}

/** The texts of all entries of a zip. */
function* entriesOf(file: string): Generator<string> {
  const disk = openDisk(file);
  try {
    const zip = new ZipReader(disk, LIMITS);
    for (const entry of zip.entries) {
      if (entry.type !== 'file' || entry.size > MAX_ENTRY) continue;
      zip.moveTo(entry);
      const read = zip.whole(MAX_ENTRY);
      if (!(read instanceof Promise)) yield Buffer.from(read.bytes).toString('utf8');
    }
  } finally {
    disk.close();
  }
}
