/** Bytes that stream past: a cursor on the chunk at hand, so that readers can stay synchronous inside a chunk. */
import { createReadStream } from 'node:fs';
import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { ScanError } from '../core/index.ts';
import { type ArchiveLimits, checkRatio, damaged } from './archive-limits.ts';

/** Large chunks halve the cost of inflating (building-blocks, Archives). */
export const CHUNK_BYTES = 256 * 1024;

const EMPTY = Buffer.alloc(0);

export class ByteStream {
  /** The chunk at hand; bytes before `at` are used up. */
  chunk: Buffer = EMPTY;
  at = 0;
  /** Bytes in all chunks before the one at hand. */
  #before = 0;
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #owned: boolean;

  /** `owned`: the chunks belong to this stream alone, and their memory is given back when they are used up. */
  constructor(source: AsyncIterator<Uint8Array>, owned = false) {
    this.#source = source;
    this.#owned = owned;
  }

  get position(): number {
    return this.#before + this.at;
  }

  get left(): number {
    return this.chunk.length - this.at;
  }

  /** Replaces a used-up chunk; false at the end of the stream. */
  async more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.#source.next();
      if (done) return false;
      if (value.length === 0) continue;
      this.#before += this.chunk.length;
      if (this.#owned) release(this.chunk);
      this.chunk = Buffer.isBuffer(value) ? value : Buffer.from(value.buffer, value.byteOffset, value.length);
      this.at = 0;
      return true;
    }
  }

  /** Fills `target` from the stream; says how many bytes there were. */
  async fill(target: Uint8Array, from = 0): Promise<number> {
    let filled = from;
    while (filled < target.length) {
      if (this.left === 0 && !(await this.more())) break;
      const end = Math.min(this.chunk.length, this.at + target.length - filled);
      target.set(this.chunk.subarray(this.at, end), filled);
      filled += end - this.at;
      this.at = end;
    }
    return filled;
  }

  /** Goes forward; says how many bytes there were to pass. */
  async skip(count: number): Promise<number> {
    let left = count;
    for (;;) {
      const step = Math.min(left, this.left);
      this.at += step;
      left -= step;
      if (left === 0 || !(await this.more())) return count - left;
    }
  }

  /** The next bytes, up to `count`, without using them up. */
  async peek(count: number): Promise<Buffer> {
    if (this.left < count) {
      const bytes = Buffer.allocUnsafeSlow(count);
      const position = this.position;
      const filled = await this.fill(bytes);
      const rest = this.chunk.subarray(this.at);
      this.chunk =
        rest.length === 0 ? bytes.subarray(0, filled) : Buffer.concat([bytes.subarray(0, filled), rest]);
      this.at = 0;
      this.#before = position;
    }
    return this.chunk.subarray(this.at, this.at + count);
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

/**
 * Gives the memory of a chunk back at once: the collector would let some hundred megabytes pile up first. Only when it
 * was filled to its end, so that the unpacker is done with it.
 */
function release({ buffer, byteOffset, length }: Buffer): void {
  if (
    length > 0 &&
    buffer instanceof ArrayBuffer &&
    byteOffset + length === buffer.byteLength &&
    length >= 32_768
  )
    buffer.transfer(0);
}

/** A file's bytes; `-` is standard input. */
export function readFileBytes(file: string): AsyncIterable<Uint8Array> {
  return file === '-'
    ? createReadStream('', { fd: 0, autoClose: false, highWaterMark: CHUNK_BYTES })
    : createReadStream(file, { highWaterMark: CHUNK_BYTES });
}

export type Packing = 'gzip' | 'zstd' | 'none';

/**
 * Unpacks a stream under limits.
 * @throws ScanError target-unreadable, while iterating: truncated, wrong check sum, beyond a limit, unreadable file.
 */
export async function* unpack(
  source: AsyncIterable<Uint8Array>,
  packing: Packing,
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  let packed = 0;
  let unpacked = 0;
  const counted = async function* () {
    for await (const chunk of source) {
      packed += chunk.length;
      yield chunk;
    }
  };
  const chunks = packing === 'none' ? counted() : inflated(counted(), packing);
  try {
    for await (const chunk of chunks) {
      unpacked += chunk.length;
      checkRatio(packed, unpacked, limits);
      yield chunk as Uint8Array;
    }
  } catch (error) {
    throw readable(error);
  }
}

function inflated(source: AsyncIterable<Uint8Array>, packing: 'gzip' | 'zstd'): AsyncIterable<Uint8Array> {
  const options = { chunkSize: CHUNK_BYTES };
  const inflate: Transform = packing === 'gzip' ? createGunzip(options) : createZstdDecompress(options);
  // Errors of either end destroy `inflate`, and iterating it throws them.
  pipeline(Readable.from(source), inflate, () => {});
  return inflate;
}

function readable(error: unknown): unknown {
  if (error instanceof ScanError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_STREAM_PREMATURE_CLOSE') return damaged('it ends early', error);
  if (code === 'Z_BUF_ERROR') return damaged('the compressed stream ends early', error);
  if (typeof code === 'string' && /^(?:Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(code))
    return damaged(message, error);
  return new ScanError('target-unreadable', `the archive cannot be read (${code ?? message})`, {
    cause: error,
  });
}
