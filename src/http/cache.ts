/**
 * Answers kept on disk under the user's cache folder, to be asked again with their tag: an unchanged one costs no
 * budget. Only this user can read them; keys name host and token, so no token ever reads another one's answers.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CacheSettings } from './settings.ts';

export interface Stored {
  readonly etag: string;
  /** Next-page links and type, nothing that names a person or session. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const KEPT_HEADERS = ['content-type', 'link'] as const;
const MARKER = '.pruned';
const PRUNE_EVERY = 3_600_000;
const KEY = /^[0-9a-f]{64}$/;

/** The headers of an answer that may be kept. */
export function keptHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
  );
}

/** A key out of parts, none of which can be read back. */
export function cacheKey(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Small files, one an answer. Everything that fails here is a miss: a cache never breaks a scan. */
export class DiskCache {
  readonly keepPrivate: boolean;
  readonly #settings: CacheSettings;
  #ready: Promise<string | undefined> | undefined;
  #wrote = false;

  constructor(settings: CacheSettings) {
    this.#settings = settings;
    this.keepPrivate = settings.keepPrivate;
  }

  async get(key: string): Promise<Stored | undefined> {
    try {
      const folder = await this.#folder();
      if (folder === undefined || !KEY.test(key)) return undefined;
      const bytes = await fs.readFile(join(folder, key));
      const end = bytes.indexOf(10);
      const meta: unknown = JSON.parse(bytes.toString('utf8', 0, end));
      const body = bytes.subarray(end + 1);
      // A damaged answer would be confirmed by its tag again and again.
      if (!isMeta(meta) || meta.sum !== crc32(body)) return undefined;
      return { etag: meta.etag, headers: meta.headers, body };
    } catch {
      return undefined;
    }
  }

  async put(key: string, { etag, headers, body }: Stored): Promise<void> {
    try {
      const folder = await this.#folder();
      if (folder === undefined || !KEY.test(key) || body.length > this.#settings.maxBytes / 8) return;
      const temporary = join(folder, `.${randomBytes(8).toString('hex')}`);
      const meta = Buffer.from(`${JSON.stringify({ etag, headers, sum: crc32(body) })}\n`);
      await fs.writeFile(temporary, Buffer.concat([meta, body]), { mode: 0o600, flag: 'wx' });
      await fs.rename(temporary, join(folder, key));
      this.#wrote = true;
    } catch {
      // A full disk or a read-only home is no reason to fail.
    }
  }

  async drop(key: string): Promise<void> {
    const folder = await this.#folder();
    if (folder !== undefined && KEY.test(key))
      await fs.rm(join(folder, key), { force: true }).catch(() => {});
  }

  /** Brings the folder below its size, oldest first; looked at no more than hourly. */
  async close(): Promise<void> {
    if (!this.#wrote) return;
    try {
      const folder = await this.#folder();
      if (folder === undefined) return;
      const marker = join(folder, MARKER);
      const last = await fs.stat(marker).then(
        (stat) => stat.mtimeMs,
        () => 0,
      );
      if (Date.now() - last < PRUNE_EVERY) return;
      await fs.writeFile(marker, '', { mode: 0o600 });
      await prune(folder, this.#settings.maxBytes);
    } catch {
      // Somebody else may be cleaning up as well.
    }
  }

  #folder(): Promise<string | undefined> {
    return (this.#ready ??= ownFolder(join(this.#settings.folder, 'http')));
  }
}

function isMeta(value: unknown): value is { etag: string; headers: Record<string, string>; sum: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'etag' in value &&
    typeof value.etag === 'string' &&
    'headers' in value &&
    typeof value.headers === 'object' &&
    'sum' in value
  );
}

/** A folder and those above it. Node's own way never ends where making one says that the folder above is missing. */
async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const name of missing) {
    await fs.mkdir(name, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // another run was faster
    });
  }
}

/** Makes the folder for this user alone; undefined when it is somebody else's or no folder. */
async function ownFolder(folder: string): Promise<string | undefined> {
  try {
    await makeFolder(folder);
    const stat = await fs.lstat(folder);
    if (!stat.isDirectory()) return undefined;
    if (process.getuid !== undefined && stat.uid !== process.getuid()) return undefined;
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) await fs.chmod(folder, 0o700);
    return folder;
  } catch {
    return undefined;
  }
}

async function prune(folder: string, maxBytes: number): Promise<void> {
  const files: { readonly path: string; readonly size: number; readonly time: number }[] = [];
  for (const name of await fs.readdir(folder)) {
    if (name === MARKER) continue;
    const path = join(folder, name);
    const stat = await fs.stat(path).catch(() => undefined);
    if (stat?.isFile()) files.push({ path, size: stat.size, time: stat.mtimeMs });
  }
  let total = files.reduce((sum, file) => sum + file.size, 0);
  for (const file of files.sort((a, b) => a.time - b.time)) {
    if (total <= maxBytes * 0.9) break;
    await fs.rm(file.path, { force: true });
    total -= file.size;
  }
}
