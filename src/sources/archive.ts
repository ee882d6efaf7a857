/**
 * A `.tar`, `.tar.gz`, `.tar.zst` or `.zip` as a repository, from a file, standard input or a download: streamed, never
 * unpacked to disk. What is wrong with single entries becomes a notice; an archive that is cut off, damaged or beyond
 * a limit is never scored: `files()` then throws.
 */
import * as fs from 'node:fs';
import { resolve } from 'node:path';
import {
  type FactKey,
  type Facts,
  type OpenFile,
  type RepoEntry,
  type RepoRef,
  type RepoSnapshot,
  ScanError,
  unknown,
} from '../core/index.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits, beyondLimit, damaged } from './archive-limits.ts';
import { ByteStream, CHUNK_BYTES, type Packing, readFileBytes, unpack } from './byte-stream.ts';
import { cleanName, firstElement, withoutFirst } from './entry-path.ts';
import { NoticeLog } from './notice-log.ts';
import { bytesOf, openDisk, type RandomBytes } from './random-bytes.ts';
import { TarReader } from './tar.ts';
import { BLOCK, checksumFits } from './tar-header.ts';
import { lookAtTar, wholeRoot } from './tar-root.ts';
import { ZipReader } from './zip.ts';

export interface ArchiveOptions {
  readonly ref?: RepoRef;
  /** Known better than the archive tells. */
  readonly commit?: string;
  readonly branch?: string;
  /**
   * The first path element: 1 takes it off every path, 0 keeps it, `auto` (default) takes it off when the archive
   * begins with one root folder.
   */
  readonly strip?: 0 | 1 | 'auto';
  /** GitHub's own view of its archives leaves out empty files, and links. Kept when absent. */
  readonly emptyFiles?: 'keep' | 'drop';
  readonly links?: 'keep' | 'drop';
  readonly limits?: Partial<ArchiveLimits>;
  readonly facts?: (keys: readonly FactKey[]) => Promise<Partial<Facts>>;
  readonly signal?: AbortSignal;
}

/** How the reference looks at a downloaded archive (api-checks 3.4). */
export const GITHUB_ARCHIVE = {
  strip: 1,
  emptyFiles: 'drop',
  links: 'drop',
} as const satisfies ArchiveOptions;

const WHY = 'an archive cannot tell; scan the repository by its name to see it';

/**
 * Opens an archive: a path, `-` for standard input, or the bytes as they arrive.
 * @throws ScanError target-not-found, target-unreadable.
 */
export async function openArchive(
  input: string | AsyncIterable<Uint8Array>,
  options: ArchiveOptions = {},
): Promise<RepoSnapshot> {
  const limits = { ...ARCHIVE_LIMITS, ...options.limits };
  const notices = new NoticeLog();
  const opened = await openContent(input, limits, notices, options);
  let walked = false;
  return {
    ref: options.ref ?? archiveRef(input),
    commit: options.commit ?? opened.commit ?? 'unknown',
    branch: options.branch,
    source: 'archive',
    files: () => {
      if (walked) throw new Error('an archive streams past once');
      walked = true;
      return opened.entries;
    },
    facts:
      options.facts ??
      (async (keys) => Object.fromEntries(keys.map((key) => [key, unknown('unsupported', WHY)]))),
    notices: () => notices.all(),
    close: opened.close,
  };
}

interface Content {
  readonly commit: string | undefined;
  readonly entries: Iterable<RepoEntry> | AsyncIterable<RepoEntry>;
  readonly close: () => Promise<void>;
}

async function openContent(
  input: string | AsyncIterable<Uint8Array>,
  limits: ArchiveLimits,
  notices: NoticeLog,
  options: ArchiveOptions,
): Promise<Content> {
  const seekable = typeof input === 'string' && input !== '-' && isSeekable(input) ? input : undefined;
  if (seekable !== undefined && formatOf(startOf(seekable)) === 'zip')
    return zipContent(openDisk(seekable), limits, notices, options);
  const source = typeof input === 'string' ? readFileBytes(input) : input;
  const stop = typeof input === 'string' ? () => void (source as fs.ReadStream).destroy() : () => {};
  try {
    const raw = new ByteStream(unpack(source, 'none', limits));
    const format = formatOf(await raw.peek(BLOCK));
    if (format === 'zip') return zipContent(bytesOf(await inMemory(raw, limits)), limits, notices, options);
    const unpacked = (bytes: AsyncIterable<Uint8Array>) =>
      new ByteStream(unpack(bytes, format, limits), format !== 'none');
    const again = seekable === undefined ? undefined : () => unpacked(readFileBytes(seekable));
    return await tarContent(unpacked(restOf(raw)), again, limits, notices, options, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

/** The first block of a file. */
function startOf(file: string): Buffer {
  const disk = openDisk(file);
  try {
    return Buffer.from(disk.read(0, BLOCK));
  } finally {
    disk.close();
  }
}

/** `again` opens the same bytes once more, where that is possible. */
async function tarContent(
  stream: ByteStream,
  again: (() => ByteStream) | undefined,
  limits: ArchiveLimits,
  notices: NoticeLog,
  options: ArchiveOptions,
  stop: () => void,
): Promise<Content> {
  const start = await lookAtTar(await stream.peek(CHUNK_BYTES));
  if (!start.isTar) throw notAnArchive();
  let strip: boolean | string | undefined = options.strip === 1;
  if (options.strip === undefined || options.strip === 'auto') {
    const doubtful = start.root !== undefined && !NAMED_LIKE_RELEASE.test(start.root);
    strip = doubtful && again !== undefined ? await wholeRoot(again()) : start.root;
  }
  const reader = new TarReader(stream, limits, notices);
  return {
    commit: start.commit,
    entries: tarEntries(reader, { ...options, strip }, notices),
    close: async () => {
      await stream.close().catch(() => {});
      stop();
    },
  };
}

/** `project-1.2.3`, `owner-project-0123abc`: such a folder is a root; of others, such as `src`, all entries must tell. */
const NAMED_LIKE_RELEASE = /-[\w.]+$/;

/** `strip`: false, true, or the root folder that all entries must share. */
type Rules = Pick<ArchiveOptions, 'emptyFiles' | 'links' | 'signal'> & {
  readonly strip: boolean | string | undefined;
};

/** The repository path of an entry under the rules; undefined when it is not to be seen. */
function pathUnder(rules: Rules, raw: string, notices: NoticeLog): string | undefined {
  const path = cleanName(raw, notices);
  if (path === undefined || !rules.strip) return path;
  if (typeof rules.strip === 'string' && firstElement(path) !== rules.strip) {
    throw new ScanError(
      'target-unreadable',
      `the archive begins with the folder ${rules.strip}, but not all entries are inside; save it as a file, or pack it with one folder around all`,
    );
  }
  return withoutFirst(path);
}

async function* tarEntries(reader: TarReader, rules: Rules, notices: NoticeLog): AsyncGenerator<RepoEntry> {
  const seen = new Set<string>();
  const entry = new ArchiveEntry(reader.file);
  for (let raw = await reader.next(); raw !== undefined; raw = await reader.next()) {
    rules.signal?.throwIfAborted();
    const path = pathUnder(rules, raw.name, notices);
    if (path === undefined || raw.type === 'folder') continue;
    if (raw.type === 'symlink' && rules.links === 'drop') continue;
    if (raw.type === 'file' && raw.size === 0 && rules.emptyFiles === 'drop') continue;
    if (isSecond(seen, path, notices)) continue;
    const hidden =
      raw.type === 'hardlink'
        ? `a hard link: its content stands at ${raw.linkName}, which has streamed past`
        : raw.hidden;
    yield entry.at(path, raw.type === 'symlink' ? 'symlink' : 'file', raw.size, hidden);
  }
}

function isSecond(seen: Set<string>, path: string, notices: NoticeLog): boolean {
  if (seen.has(path)) {
    notices.add('entry-duplicate', 'a second entry of this name was left out', path);
    return true;
  }
  seen.add(path);
  return false;
}

/** One object for the whole walk. */
class ArchiveEntry implements RepoEntry {
  path = '';
  kind: 'file' | 'symlink' = 'file';
  size = 0;
  #hidden: string | undefined;
  readonly #file: OpenFile;

  constructor(file: OpenFile) {
    this.#file = file;
  }

  at(path: string, kind: 'file' | 'symlink', size: number, hidden: string | undefined): this {
    this.path = path;
    this.kind = kind;
    this.size = size;
    this.#hidden = hidden;
    return this;
  }

  open(): OpenFile {
    if (this.#hidden !== undefined) throw new Error(this.#hidden);
    return this.#file;
  }
}

function zipContent(
  source: RandomBytes,
  limits: ArchiveLimits,
  notices: NoticeLog,
  options: ArchiveOptions,
): Content {
  try {
    const reader = new ZipReader(source, limits);
    const strip =
      options.strip === undefined || options.strip === 'auto' ? reader.commonRoot() : options.strip === 1;
    return {
      commit: reader.commit,
      entries: zipEntries(reader, { ...options, strip }, notices),
      close: async () => source.close(),
    };
  } catch (error) {
    source.close();
    throw error;
  }
}

function* zipEntries(reader: ZipReader, rules: Rules, notices: NoticeLog): Generator<RepoEntry> {
  const seen = new Set<string>();
  const entry = new ArchiveEntry(reader);
  for (const raw of reader.entries) {
    const path = pathUnder(rules, raw.name, notices);
    if (path === undefined || raw.type === 'folder') continue;
    if (raw.type === 'special') {
      notices.add('entry-special', 'a device, pipe or socket was left out', path);
      continue;
    }
    if (raw.type === 'symlink' && rules.links === 'drop') continue;
    if (raw.type === 'file' && raw.size === 0 && rules.emptyFiles === 'drop') continue;
    if (isSecond(seen, path, notices)) continue;
    reader.moveTo(raw);
    yield entry.at(path, raw.type, raw.size, undefined);
  }
}

/** The bytes of a zip that came as a stream: its table of contents is at the end, so it must be held whole. */
async function inMemory(stream: ByteStream, limits: ArchiveLimits): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  do {
    const rest = stream.chunk.subarray(stream.at);
    length += rest.length;
    if (length > limits.maxZipInMemory) {
      throw beyondLimit(
        `a zip from a stream is held in memory, up to ${limits.maxZipInMemory} bytes; save it as a file and scan that`,
      );
    }
    chunks.push(rest);
    stream.at = stream.chunk.length;
  } while (await stream.more());
  return Buffer.concat(chunks, length);
}

async function* restOf(stream: ByteStream): AsyncGenerator<Uint8Array> {
  if (stream.left > 0) yield stream.chunk.subarray(stream.at);
  while (await stream.more()) yield stream.chunk;
}

/** @throws ScanError target-unreadable for everything that is no archive this program reads. */
function formatOf(start: Uint8Array): Packing | 'zip' {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.length);
  const begins = (hex: string) => bytes.subarray(0, hex.length / 2).toString('hex') === hex;
  if (begins('1f8b')) return 'gzip';
  if (begins('504b0304') || begins('504b0506')) return 'zip';
  if (begins('28b52ffd')) return 'zstd';
  if (begins('fd377a585a00') || begins('425a68'))
    throw new ScanError(
      'target-unreadable',
      'archives packed with xz or bzip2 are not read; use .tar.gz, .tar.zst or .zip',
    );
  if (bytes.length < BLOCK) throw bytes.length === 0 ? damaged('it is empty') : notAnArchive();
  if (!checksumFits(bytes, 0) && bytes.some((byte) => byte !== 0)) throw notAnArchive();
  return 'none';
}

function notAnArchive(): ScanError {
  return new ScanError(
    'target-unreadable',
    'the file is no .tar, .tar.gz, .tar.zst or .zip archive (name a folder, a repository or an archive)',
  );
}

/** True for regular files, false for pipes. @throws ScanError for anything else. */
function isSeekable(file: string): boolean {
  let stat: fs.Stats;
  try {
    stat = fs.statSync(file);
    if (stat.isFile()) fs.accessSync(file, fs.constants.R_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      throw new ScanError('target-not-found', `there is no file ${file}`, { cause: error });
    throw new ScanError('target-unreadable', `${file} cannot be read (${code})`, { cause: error });
  }
  if (!stat.isFile() && !stat.isFIFO() && !stat.isSocket())
    throw new ScanError('target-unreadable', `${file} is no regular file`);
  return stat.isFile();
}

function archiveRef(input: string | AsyncIterable<Uint8Array>): RepoRef {
  if (typeof input !== 'string') return { forge: 'local', name: 'archive' };
  return { forge: 'local', name: input === '-' ? 'stdin' : `file://${resolve(input)}` };
}
