/** Contents of blobs, streamed by one `git cat-file --batch`: no filters, no attributes, no work tree. */
import type { MaybePromise, OpenFile } from '../core/index.ts';
import { ScanError } from '../core/index.ts';
import { ByteStream } from './byte-stream.ts';
import { GitFailed, type GitRun, gitBytes } from './git-run.ts';
import { StreamedFile } from './streamed-file.ts';

type Repository = Pick<GitRun, 'gitDir' | 'signal' | 'idleSeconds'>;

/** Answers in the order asked; `next` must be called once for each asked blob. */
export class BlobStream {
  readonly file: StreamedFile;
  readonly #stream: ByteStream;
  #ended: unknown;
  /** An answer stands open: its content and one newline are to be passed. */
  #open = false;

  constructor(repository: Repository, blobs: Iterable<string>) {
    const bytes = gitBytes({ ...repository, args: ['cat-file', '--batch', '--buffer'], input: lines(blobs) });
    this.#stream = new ByteStream(this.#watched(bytes));
    this.file = new StreamedFile(this.#stream, () => this.#cut());
  }

  async *#watched(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* bytes;
    } catch (error) {
      if (!(error instanceof GitFailed)) throw error;
      this.#ended = error;
    }
  }

  /** Moves to the next answer; false when the object is not there. @throws ScanError target-unreadable */
  next(): MaybePromise<boolean> {
    if (this.#open) {
      const passed = this.file.passOver(1);
      this.#open = false;
      if (passed instanceof Promise) return passed.then(() => this.next());
    }
    const stream = this.#stream;
    const end = stream.chunk.indexOf(10, stream.at);
    if (end < 0) return this.#nextLater();
    const line = stream.chunk.toString('latin1', stream.at, end);
    stream.at = end + 1;
    return this.#begin(line);
  }

  async #nextLater(): Promise<boolean> {
    let line = '';
    for (;;) {
      const stream = this.#stream;
      const end = stream.chunk.indexOf(10, stream.at);
      line += stream.chunk.toString('latin1', stream.at, end < 0 ? stream.chunk.length : end);
      stream.at = end < 0 ? stream.chunk.length : end + 1;
      if (end >= 0) return this.#begin(line);
      if (line.length > 4096 || !(await stream.more())) throw this.#cut();
    }
  }

  #begin(line: string): boolean {
    if (line.endsWith(' missing')) return false;
    const size = Number(line.slice(line.lastIndexOf(' ') + 1));
    if (!Number.isSafeInteger(size) || size < 0) throw this.#cut();
    this.file.begin(size);
    this.#open = true;
    return true;
  }

  #cut(): ScanError {
    const why = this.#ended instanceof Error ? this.#ended.message : 'git cat-file ended early';
    return new ScanError('target-unreadable', `the repository cannot be read: ${why}`, {
      cause: this.#ended,
    });
  }

  async close(): Promise<void> {
    await this.#stream.close();
  }
}

function* lines(blobs: Iterable<string>): Generator<string> {
  let block = '';
  for (const blob of blobs) {
    block += `${blob}\n`;
    if (block.length < 16_384) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}

/** One blob by a git of its own, which is stopped once enough was read: for very long ones. */
export async function openBlob(repository: Repository, blob: string, size: number): Promise<OpenFile> {
  const stream = new ByteStream(gitBytes({ ...repository, args: ['cat-file', 'blob', blob] }));
  const file = new StreamedFile(stream, () => new Error(`the object ${blob} cannot be read`));
  file.begin(size);
  return {
    head: (max) => file.head(max),
    whole: (max) => file.whole(max),
    close: () => {
      file.close();
      stream.close().catch(() => {});
    },
  };
}
