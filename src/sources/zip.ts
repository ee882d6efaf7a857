/**
 * Reads a zip by random access: the table of contents first, then the entries someone wants. A head unpacks the
 * beginning only; check sums are verified for contents that are read whole.
 */
import { pipeline, Readable } from 'node:stream';
import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { MaybePromise, OpenFile } from '../core/index.ts';
import { type ArchiveLimits, damaged } from './archive-limits.ts';
import type { RandomBytes } from './random-bytes.ts';
import { RootFinder } from './tar-root.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** Entries packed to less are unpacked whole even for a head: simpler, and their check sum is verified. */
const SMALL = 8 * 1024;

export class ZipReader implements OpenFile {
  readonly entries: readonly ZipEntry[];
  /** git writes the commit id as the archive's comment. */
  readonly commit: string | undefined;
  readonly #source: RandomBytes;
  #entry: ZipEntry | undefined;
  #start = 0;

  /** @throws ScanError target-unreadable */
  constructor(source: RandomBytes, limits: ArchiveLimits) {
    this.#source = source;
    const { entries, comment } = readZipDirectory(source, limits);
    this.entries = entries;
    this.commit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(comment) ? comment : undefined;
  }

  /** The root folder that holds every entry, if there is one. */
  commonRoot(): string | undefined {
    const finder = new RootFinder();
    for (const entry of this.entries) if (!finder.holds(entry.name, entry.type === 'folder')) break;
    return finder.root;
  }

  /** Makes the entry the one that `head` and `whole` read. */
  moveTo(entry: ZipEntry): void {
    this.#entry = entry;
    this.#start = 0;
  }

  head(max: number): Uint8Array {
    const entry = this.#entry!;
    const count = Math.min(max, entry.size);
    const start = this.#contentStart(entry);
    if (entry.method === 0) return this.#packed(entry, start, count);
    if (entry.packed <= SMALL && entry.size <= SMALL * 8)
      return this.#inflate(entry, start).subarray(0, count);
    for (let length = SMALL; ; length *= 2) {
      const packed = this.#packed(entry, start, Math.min(length, entry.packed));
      const bytes = guarded(entry, () =>
        inflateRawSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: SMALL * 1100 }),
      );
      if (bytes.length >= count) return bytes.subarray(0, count);
      if (length >= entry.packed || length > 1024 * 1024)
        throw damaged(`${quote(entry)} is shorter than stated`);
    }
  }

  whole(max: number): MaybePromise<{ bytes: Uint8Array; truncated: boolean }> {
    const entry = this.#entry!;
    const start = this.#contentStart(entry);
    if (entry.size > max) {
      if (entry.method === 0) return { bytes: this.#packed(entry, start, max), truncated: true };
      return this.#inflateSome(entry, start, max);
    }
    if (entry.method !== 0) return { bytes: this.#inflate(entry, start), truncated: false };
    return { bytes: verified(entry, this.#packed(entry, start, entry.size)), truncated: false };
  }

  close(): void {}

  /** Where the content begins, after a local header that must agree with the table of contents. */
  #contentStart(entry: ZipEntry): number {
    if (this.#start > 0) return this.#start;
    const header = this.#source.read(entry.offset, 30 + entry.rawName.length);
    if (header.length < 30 + entry.rawName.length || header.readUInt32LE(0) !== 0x04034b50)
      throw damaged(`${quote(entry)} is not where the table of contents says`);
    const nameLength = header.readUInt16LE(26);
    if (nameLength !== entry.rawName.length || !header.subarray(30).equals(entry.rawName))
      throw damaged(`${quote(entry)} has another name in its own header`);
    if (header.readUInt16LE(8) !== entry.method) throw damaged(`${quote(entry)} states two ways of packing`);
    this.#start = entry.offset + 30 + nameLength + header.readUInt16LE(28);
    return this.#start;
  }

  #packed(entry: ZipEntry, start: number, count: number): Buffer {
    const bytes = this.#source.read(start, count);
    if (bytes.length < count) throw damaged(`${quote(entry)} is cut off`);
    return bytes;
  }

  #inflate(entry: ZipEntry, start: number): Uint8Array {
    const packed = this.#packed(entry, start, entry.packed);
    return verified(
      entry,
      guarded(entry, () => inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) })),
    );
  }

  /** The first `max` bytes of a long entry, without ever holding the rest. */
  async #inflateSome(
    entry: ZipEntry,
    start: number,
    max: number,
  ): Promise<{ bytes: Uint8Array; truncated: boolean }> {
    const bytes = Buffer.allocUnsafeSlow(max);
    let filled = 0;
    const inflate = createInflateRaw({ chunkSize: 256 * 1024 });
    pipeline(Readable.from(this.#pieces(entry, start)), inflate, () => {});
    try {
      for await (const chunk of inflate) {
        filled += (chunk as Buffer).copy(bytes, filled);
        if (filled >= max) break;
      }
    } catch (error) {
      throw damaged(`${quote(entry)} cannot be unpacked`, error);
    }
    if (filled < max) throw damaged(`${quote(entry)} is shorter than stated`);
    return { bytes, truncated: true };
  }

  *#pieces(entry: ZipEntry, start: number): Generator<Buffer> {
    for (let at = 0; at < entry.packed; at += 64 * 1024)
      yield Buffer.from(this.#packed(entry, start + at, Math.min(64 * 1024, entry.packed - at)));
  }
}

function guarded(entry: ZipEntry, unpack: () => Buffer): Buffer {
  try {
    return unpack();
  } catch (error) {
    throw damaged(`${quote(entry)} cannot be unpacked`, error);
  }
}

function verified(entry: ZipEntry, bytes: Buffer): Buffer {
  if (bytes.length !== entry.size) throw damaged(`${quote(entry)} has another size than stated`);
  if (crc32(bytes) !== entry.crc) throw damaged(`${quote(entry)} has a wrong check sum`);
  return bytes;
}

function quote(entry: ZipEntry): string {
  return JSON.stringify(entry.name);
}
