/** The content of one entry of a stream: a view into the chunk at hand where it lies inside one, copied only where not. */
import type { MaybePromise, OpenFile } from '../core/index.ts';
import type { ByteStream } from './byte-stream.ts';

/** Reused to assemble contents that span chunks. */
const SCRATCH_BYTES = 1024 * 1024;

export class StreamedFile implements OpenFile {
  readonly #stream: ByteStream;
  readonly #cut: () => Error;
  #size = 0;
  /** Bytes of the content taken out of the stream, and those bytes while they matter. */
  #taken = 0;
  #kept: Buffer | undefined;
  #scratch: Buffer | undefined;

  /** `cut` makes the error for a stream that ends inside a content. */
  constructor(stream: ByteStream, cut: () => Error) {
    this.#stream = stream;
    this.#cut = cut;
  }

  /** The stream stands at a content of this many bytes. */
  begin(size: number): void {
    this.#size = size;
    this.#taken = 0;
    this.#kept = undefined;
  }

  /** Passes over the rest of the content and `padding` bytes after it. */
  passOver(padding: number): MaybePromise<void> {
    const rest = this.#size - this.#taken + padding;
    this.begin(0);
    if (rest > this.#stream.left) return this.#skip(rest);
    this.#stream.at += rest;
  }

  async #skip(rest: number): Promise<void> {
    if ((await this.#stream.skip(rest)) < rest) throw this.#cut();
  }

  head(max: number): MaybePromise<Uint8Array> {
    const count = Math.min(max, this.#size);
    const stream = this.#stream;
    // Bytes stay in the chunk until someone wants more of them than it holds.
    if (count <= stream.left) return stream.chunk.subarray(stream.at, stream.at + count);
    return this.#take(count);
  }

  whole(max: number): MaybePromise<{ bytes: Uint8Array; truncated: boolean }> {
    const count = Math.min(max, this.#size);
    const truncated = this.#size > max;
    const stream = this.#stream;
    if (this.#taken === 0 && count <= stream.left)
      return { bytes: stream.chunk.subarray(stream.at, stream.at + count), truncated };
    return this.#take(count).then((bytes) => ({ bytes: bytes.subarray(0, count), truncated }));
  }

  close(): void {
    this.#kept = undefined;
  }

  async #take(count: number): Promise<Buffer> {
    const kept = this.#kept;
    if (kept !== undefined && kept.length >= count) return kept;
    const bytes = this.#buffer(count);
    if (kept !== undefined && kept.buffer !== bytes.buffer) bytes.set(kept);
    this.#taken = await this.#stream.fill(bytes, this.#taken);
    if (this.#taken < count) throw this.#cut();
    this.#kept = bytes;
    return bytes;
  }

  #buffer(count: number): Buffer {
    if (count > SCRATCH_BYTES) return Buffer.allocUnsafeSlow(count);
    this.#scratch ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
    return this.#scratch.subarray(0, count);
  }
}
