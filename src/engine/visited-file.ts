/** The file object that evidence sees: bytes read once, text decoded once, parsed once, dropped after the visit. */
import {
  type EntryKind,
  HEAD_BYTES,
  type MaybePromise,
  type OpenFile,
  type PerFileEvidence,
  type RepoEntry,
  type RepoPath,
  type SourceFile,
} from '../core/index.ts';

/** Longest file read whole when the kind names no limit of its own. */
export const DEFAULT_MAX_BYTES = 8 * 1024 * 1024;

const NOTHING = new Uint8Array(0);

export class VisitedFile implements SourceFile {
  readonly path: string;
  readonly lower: string;
  readonly base: string;
  readonly lowerBase: string;
  readonly extension: string;
  readonly folder: string;
  readonly testData: boolean;
  readonly size: number | undefined;
  readonly kind: EntryKind;
  /** git ignores it. */
  readonly ignored: boolean;
  head: Uint8Array = NOTHING;
  bytes: Uint8Array = NOTHING;
  /** How often a parser ran on this file. */
  parses = 0;
  truncated = false;
  #text: string | undefined;
  #headText: string | undefined;
  #parsed: Map<unknown, unknown> | undefined;
  #whole = new Set<PerFileEvidence<unknown>>();

  constructor(path: RepoPath, entry: RepoEntry) {
    this.path = path.path;
    this.lower = path.lower;
    this.base = path.base;
    this.lowerBase = path.lowerBase;
    this.extension = path.extension;
    this.folder = path.folder;
    this.testData = path.testData;
    this.size = entry.size;
    this.kind = entry.kind;
    this.ignored = entry.ignored === true;
  }

  /** Bytes taken from the source for this file. */
  get bytesRead(): number {
    return Math.max(this.head.length, this.bytes.length);
  }

  wholeFor(kind: PerFileEvidence<unknown>): boolean {
    return kind.read === 'whole' || this.#whole.has(kind);
  }

  /** Reads the head, and the rest when some kind wants it. */
  readFor(opened: OpenFile, kinds: readonly PerFileEvidence<unknown>[]): MaybePromise<void> {
    const head = opened.head(HEAD_BYTES);
    if (head instanceof Promise) return head.then((bytes) => this.#afterHead(bytes, opened, kinds));
    return this.#afterHead(head, opened, kinds);
  }

  #afterHead(
    head: Uint8Array,
    opened: OpenFile,
    kinds: readonly PerFileEvidence<unknown>[],
  ): MaybePromise<void> {
    this.head = head;
    let limit = 0;
    for (const kind of kinds) {
      const whole = kind.read === 'whole' || (kind.read === 'head' && kind.wholeIf?.(this) === true);
      if (!whole) continue;
      this.#whole.add(kind);
      limit = Math.max(limit, kind.maxBytes ?? DEFAULT_MAX_BYTES);
    }
    if (limit === 0) return;
    const whole = opened.whole(limit);
    if (whole instanceof Promise) return whole.then((read) => this.#keep(read));
    this.#keep(whole);
  }

  #keep(read: { readonly bytes: Uint8Array; readonly truncated: boolean }): void {
    this.bytes = read.bytes;
    this.truncated = read.truncated;
    // The head may have been a view into a buffer that the whole read reuses.
    this.head = read.bytes.subarray(0, HEAD_BYTES);
  }

  text(): string {
    this.#text ??= decode(this.bytes);
    return this.#text;
  }

  headText(): string {
    this.#headText ??= decode(this.head);
    return this.#headText;
  }

  parsed<T>(parse: (text: string, path: string) => T): T {
    return this.#once(parse, () => parse(this.text(), this.path));
  }

  parsedBytes<T>(parse: (bytes: Uint8Array, path: string) => T): T {
    return this.#once(parse, () => parse(this.bytes, this.path));
  }

  #once<T>(parser: unknown, run: () => T): T {
    this.#parsed ??= new Map();
    if (!this.#parsed.has(parser)) {
      this.parses++;
      this.#parsed.set(parser, run());
    }
    return this.#parsed.get(parser) as T;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
