/**
 * What the program knows of a repository before any judgement: how it is named, its files, and the facts its forge
 * can tell. Sources and forges make these; the engine gathers evidence from them.
 */
import type { FactKey, Facts } from './facts.ts';

/** A value now or later: local sources answer at once, which keeps the hot path free of promises. */
export type MaybePromise<T> = T | Promise<T>;

/** How a repository is named. */
export interface RepoRef {
  /** `local` or a forge id such as `github`. */
  readonly forge: string;
  /** As shown in results: `host/owner/name`, or `file://path` for a folder. */
  readonly name: string;
  readonly host?: string;
  readonly owner?: string;
  readonly repo?: string;
}

/** What a listed path is. Only files carry bytes to look at. */
export type EntryKind = 'file' | 'symlink' | 'submodule';

/** One opened file. `head` may be asked once, before `whole`. */
export interface OpenFile {
  /** The first bytes, at most `max`. */
  head(max: number): MaybePromise<Uint8Array>;
  /** All bytes up to `max`; `truncated` says that there were more. The array is only valid until `close`. */
  whole(max: number): MaybePromise<{ readonly bytes: Uint8Array; readonly truncated: boolean }>;
  close(): void;
}

export interface RepoEntry {
  /** Relative to the root, forward slashes, no leading slash. */
  readonly path: string;
  readonly kind: EntryKind;
  /** In bytes; undefined when the listing does not tell. */
  readonly size?: number;
  /** In a checkout, but ignored by its git: no part of the repository. */
  readonly ignored?: boolean;
  /** Git object id of the content, when the source knows it. */
  readonly blob?: string;
  /** Valid until the next entry is asked for: an archive streams past. */
  open(): MaybePromise<OpenFile>;
}

/** Something worth telling that is no finding: a file too large, a dangling link, a part that could not be read. */
export interface Notice {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
  readonly line?: number;
}

/** A repository at one commit. */
export interface RepoSnapshot {
  readonly ref: RepoRef;
  /** Full commit id, or `unknown`. */
  readonly commit: string;
  /** The current branch or default branch, when known. */
  readonly branch?: string;
  /** Folder, git, archive: sources differ in what they show (export-ignore, links, line ends). */
  readonly source: 'folder' | 'git' | 'archive';
  /**
   * Each call walks afresh; a stream that can be walked once says so by throwing on the second call. `wanted` tells
   * which paths will be opened, so that a source may fetch their contents ahead; others may be dear to open.
   */
  files(wanted?: (path: string) => boolean): Iterable<RepoEntry> | AsyncIterable<RepoEntry>;
  /** Facts of the forge; asked at most once per scan with all keys. */
  facts(keys: readonly FactKey[]): Promise<Partial<Facts>>;
  /** Notices of the source itself, complete after `files()` was consumed. */
  notices(): readonly Notice[];
  /** Requests and what they cost so far, by name: the numbers of `--stats`. */
  requests?(): Readonly<Record<string, number>>;
  close(): Promise<void>;
}
