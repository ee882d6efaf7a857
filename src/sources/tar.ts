/**
 * Reads a tar that streams past: one entry at a time, contents handed over as views into the chunk at hand where they
 * lie inside one, copied only where they span chunks, passed over when nobody asks. Nothing is kept or written.
 */
import { type ArchiveLimits, beyondLimit, damaged } from './archive-limits.ts';
import type { ByteStream } from './byte-stream.ts';
import type { NoticeLog } from './notice-log.ts';
import { StreamedFile } from './streamed-file.ts';
import {
  BLOCK,
  isZeroBlock,
  MAX_EXTENDED,
  readLongName,
  readPax,
  readTarHeader,
  type TarHeader,
} from './tar-header.ts';

/** An entry as the archive states it; names are raw. */
export interface TarEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'symlink' | 'hardlink';
  readonly size: number;
  readonly linkName: string;
  /** Why the content cannot be told from the stream, for sparse files. */
  readonly hidden: string | undefined;
}

const SPARSE = 'a sparse file: its content is stored in pieces, which are not put together';

interface Extended {
  path?: string;
  linkPath?: string;
  size?: number;
  sparse?: boolean;
  realSize?: number;
}

export class TarReader {
  /** Commit id out of the global header that git writes. */
  commit: string | undefined;
  readonly #stream: ByteStream;
  readonly #limits: ArchiveLimits;
  readonly #notices: NoticeLog;
  readonly #block = Buffer.alloc(BLOCK);
  #global: Extended = {};
  #entries = 0;
  /** Stated bytes of the entry at hand. */
  #size = 0;
  /** Its content. */
  readonly file: StreamedFile;

  constructor(stream: ByteStream, limits: ArchiveLimits, notices: NoticeLog) {
    this.#stream = stream;
    this.#limits = limits;
    this.#notices = notices;
    this.file = new StreamedFile(stream, () => this.#cut());
  }

  /**
   * Passes over the rest of the entry at hand and reads to the next one that is a file, folder or link.
   * @returns undefined after the end mark, when the stream was drained (so that check sums were verified).
   * @throws ScanError target-unreadable for damage, truncation and limits.
   */
  async next(): Promise<TarEntry | undefined> {
    let extended: Extended = this.#global;
    for (;;) {
      await this.file.passOver(padding(this.#size));
      const header = await this.#header();
      if (header === undefined) return this.#drain();
      if (++this.#entries > this.#limits.maxEntries)
        throw beyondLimit(`it has more than ${this.#limits.maxEntries} entries`);
      this.#begin(header.size);
      if ('xgLK'.includes(header.type)) {
        extended = this.#extend(extended, header.type, await this.#extendedBytes());
        continue;
      }
      if (header.type === 'S') await this.#passSparseMap(header);
      const entry = this.#entry(header, extended);
      if (entry !== undefined) return entry;
      extended = this.#global;
    }
  }

  #entry(header: TarHeader, extended: Extended): TarEntry | undefined {
    if (extended.size !== undefined) this.#begin(extended.size);
    // Links, devices and folders (1 to 6) have no content, whatever size they state.
    if (header.type >= '1' && header.type <= '6') this.#begin(0);
    const name = extended.path ?? header.name;
    const sparse = header.type === 'S' || extended.sparse === true;
    const kind = KINDS[header.type];
    if (kind === undefined) {
      const what = 'DVMN'.includes(header.type) ? 'an entry of an odd type' : 'a device, pipe or socket';
      this.#notices.add('entry-special', `${what} (${JSON.stringify(header.type)}) was left out`, name);
      return undefined;
    }
    return {
      name,
      type: kind,
      size: sparse ? (extended.realSize ?? this.#size) : this.#size,
      linkName: extended.linkPath ?? header.linkName,
      hidden: sparse ? SPARSE : undefined,
    };
  }

  #extend(extended: Extended, type: string, bytes: Buffer): Extended {
    if (type === 'L') return { ...extended, path: readLongName(bytes) };
    if (type === 'K') return { ...extended, linkPath: readLongName(bytes) };
    const records = readPax(bytes);
    const more = fromRecords(records, extended);
    if (type === 'x') return more;
    const comment = records.get('comment');
    if (comment !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(comment)) this.commit ??= comment;
    this.#global = more;
    return more;
  }

  async #extendedBytes(): Promise<Buffer> {
    if (this.#size > MAX_EXTENDED) throw beyondLimit('an extended header has more than 1 MiB');
    const { bytes } = await this.file.whole(MAX_EXTENDED);
    return Buffer.from(bytes);
  }

  async #header(): Promise<TarHeader | undefined> {
    const stream = this.#stream;
    let chunk = stream.chunk;
    let at = stream.at;
    const where = stream.position;
    if (stream.left >= BLOCK) {
      stream.at += BLOCK;
    } else {
      const filled = await stream.fill(this.#block);
      if (filled < BLOCK) throw this.#cut();
      chunk = this.#block;
      at = 0;
    }
    if (chunk[at] === 0 && isZeroBlock(chunk, at)) return undefined;
    return readTarHeader(chunk, at, where);
  }

  async #passSparseMap(header: TarHeader): Promise<void> {
    let more = header.moreSparse;
    for (let blocks = 0; more; blocks++) {
      if (blocks > 4096) throw beyondLimit('a sparse file has more than 4096 blocks of map');
      if ((await this.#stream.fill(this.#block)) < BLOCK) throw this.#cut();
      more = this.#block[504] === 1;
    }
  }

  #begin(size: number): void {
    this.#size = size;
    this.file.begin(size);
  }

  /** Reads to the end of the stream: only then the packed stream's own check sum has been verified. */
  async #drain(): Promise<undefined> {
    const stream = this.#stream;
    const start = stream.position;
    let other = false;
    do {
      if (!other) other = hasOther(stream.chunk, stream.at);
      stream.at = stream.chunk.length;
    } while (await stream.more());
    if (other)
      this.#notices.add('archive-trailer', `bytes after the end mark (byte ${start}) were not looked at`);
    return undefined;
  }

  #cut() {
    return damaged(`it ends early, at byte ${this.#stream.position}`);
  }
}

const KINDS: Readonly<Record<string, TarEntry['type']>> = {
  '0': 'file',
  S: 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'folder',
};

function fromRecords(records: ReadonlyMap<string, string>, before: Extended): Extended {
  const extended: Extended = { ...before };
  const size = records.get('size');
  if (size !== undefined) {
    extended.size = /^\d{1,15}$/.test(size) ? Number(size) : Number.NaN;
    if (!Number.isSafeInteger(extended.size)) throw damaged('an extended header states an impossible size');
  }
  const path = records.get('GNU.sparse.name') ?? records.get('path');
  if (path !== undefined) extended.path = path;
  const link = records.get('linkpath');
  if (link !== undefined) extended.linkPath = link;
  if (records.has('GNU.sparse.map') || records.has('GNU.sparse.major') || records.has('GNU.sparse.numblocks'))
    extended.sparse = true;
  const real = records.get('GNU.sparse.realsize') ?? records.get('GNU.sparse.size');
  if (real !== undefined && /^\d{1,15}$/.test(real)) extended.realSize = Number(real);
  return extended;
}

/** Bytes from the end of a content to the next block. */
function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function hasOther(chunk: Buffer, from: number): boolean {
  for (let index = from; index < chunk.length; index++) if (chunk[index] !== 0) return true;
  return false;
}
