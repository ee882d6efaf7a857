/**
 * Evidence: one kind of fact about a repository, as plain JSON-able data. Four ways to know something; the engine
 * gathers them, probes read them. `version` names the shape: stored evidence of another version is refused.
 */
import type { Doors } from './doors.ts';
import type { FactKey, Facts } from './facts.ts';
import type { PathInterest, RepoPath } from './paths.ts';
import type { Notice } from './repository.ts';

/** How much of a file a kind of evidence wants. */
export type ReadDepth = 'name' | 'head' | 'whole';

/** Bytes every reader of heads gets at most (the reference's buffer, file-checks 2.1). */
export const HEAD_BYTES = 1024;

/** The file being visited; valid during the visit only. */
export interface SourceFile extends RepoPath {
  /** Bytes of the file, when the source tells. */
  readonly size: number | undefined;
  readonly kind: 'file' | 'symlink' | 'submodule';
  /** The first bytes (at most HEAD_BYTES); empty for kinds that asked for the name only. */
  readonly head: Uint8Array;
  /** All bytes (up to the limit); only for kinds that asked for the whole. */
  readonly bytes: Uint8Array;
  /** True when the file is longer than the limit and `bytes` holds its beginning. */
  readonly truncated: boolean;
  /** `bytes` as UTF-8, decoded once per visit. */
  text(): string;
  /** `head` as UTF-8, decoded once. */
  headText(): string;
  /** `parse(text(), path)`, computed once per file whoever asks. */
  parsed<T>(parse: (text: string, path: string) => T): T;
  /** The same for parsers that decode on their own. */
  parsedBytes<T>(parse: (bytes: Uint8Array, path: string) => T): T;
}

interface Kind<T> {
  readonly id: string;
  readonly version: number;
  /** Carries the type of the value; never set. */
  readonly value?: T;
}

export interface PerFileEvidence<T> extends Kind<readonly T[]> {
  readonly kind: 'perFile';
  readonly paths: PathInterest;
  readonly read: ReadDepth;
  /** For `read: 'head'`: true when the whole file is wanted after all. */
  readonly wholeIf?: (file: SourceFile) => boolean;
  /** Also symlinks and submodules, by name. Files only when absent. */
  readonly links?: boolean;
  /** Limit for whole files in bytes; longer ones are visited with `truncated`. */
  readonly maxBytes?: number;
  readonly visit: (file: SourceFile) => readonly T[];
  /** What the reader of a result should be told of an item: that its file could not be read, or not to its end. */
  notice?(item: T): Omit<Notice, 'path'> | undefined;
  /** Asked after the walk: why the items are not complete, so that none of them may be judged. */
  readonly failure?: () => string | undefined;
}

export interface ForgeEvidence<T> extends Kind<T> {
  readonly kind: 'forge';
  readonly facts: readonly FactKey[];
  readonly read: (facts: Facts) => T;
}

export interface AskEvidence<T> extends Kind<T> {
  readonly kind: 'ask';
  readonly needs: Needs;
  readonly ask: (evidence: never, doors: Doors, at: AskedAt) => Promise<T>;
}

/** The state of the repository a question is about. */
export interface AskedAt {
  /** Full commit id, or `unknown`. */
  readonly commit: string;
}

export interface DerivedEvidence<T> extends Kind<T> {
  readonly kind: 'derive';
  readonly needs: Needs;
  readonly derive: (evidence: never, about: DerivedAbout) => T;
}

/** The repository a derivation is about. */
export interface DerivedAbout {
  /** `owner/name` on its forge; undefined for a folder. */
  readonly repository?: string;
}

/** What derivations are told about a repository called `name` (`host/owner/name`, or `file://path`). */
export function derivedAbout(name: string): DerivedAbout {
  const host = name.indexOf('/');
  if (host <= 0 || name.includes('://')) return {};
  return { repository: name.slice(host + 1) };
}

// biome-ignore lint/suspicious/noExplicitAny: a list of evidence of any value type
export type AnyEvidence = PerFileEvidence<any> | ForgeEvidence<any> | AskEvidence<any> | DerivedEvidence<any>;

/** Evidence by the name a unit calls it. */
export type Needs = Readonly<Record<string, AnyEvidence>>;

/** The values of needed evidence, under the same names. */
export type Known<N extends Needs> = {
  readonly [K in keyof N]: N[K] extends Kind<infer T> ? T : never;
};

/** Zero or more items per file of the one walk. */
export function perFile<T>(spec: Omit<PerFileEvidence<T>, 'kind' | 'value'>): PerFileEvidence<T> {
  return { kind: 'perFile', ...spec };
}

/** Read from the one batched request to the forge. */
export function fromForge<T>(spec: Omit<ForgeEvidence<T>, 'kind' | 'value'>): ForgeEvidence<T> {
  return { kind: 'forge', ...spec };
}

/** A question that depends on other evidence and goes through a door. */
export function ask<N extends Needs, T>(spec: {
  id: string;
  version: number;
  needs: N;
  ask: (evidence: Known<N>, doors: Doors, at: AskedAt) => Promise<T>;
}): AskEvidence<T> {
  return { kind: 'ask', ...spec } as unknown as AskEvidence<T>;
}

/** A pure combination of other evidence; computed again at every judgement, never stored. */
export function derive<N extends Needs, T>(spec: {
  id: string;
  version: number;
  needs: N;
  derive: (evidence: Known<N>, about: DerivedAbout) => T;
}): DerivedEvidence<T> {
  return { kind: 'derive', ...spec } as unknown as DerivedEvidence<T>;
}

/** One gathered value, or why there is none. */
/** `ignored` are the indexes of per-file items out of files that git ignores. */
export type Gathered =
  | { readonly version: number; readonly value: unknown; readonly ignored?: readonly number[] }
  | { readonly version: number; readonly failed: string };

/** Everything known about one repository at one commit, as stored by `--evidence` and read by `assay evaluate`. */
export interface EvidenceSet {
  readonly format: 'assay-evidence/1';
  readonly tool: { readonly version: string; readonly commit: string };
  readonly repo: {
    readonly name: string;
    readonly commit: string;
    readonly branch?: string;
    readonly source: string;
  };
  /** The moment all judgements use as "now", ISO 8601 in UTC. */
  readonly now: string;
  /** What was asked for, so that judging again gives an equal result; absent in sets of unknown origin. */
  readonly asked?: {
    readonly checks: readonly string[];
    readonly probes: readonly string[];
    readonly probeMode: boolean;
    readonly experimental: boolean;
    readonly skipped: readonly { readonly name: string; readonly why: string }[];
    readonly metadata: readonly string[];
    /** Checks of plugins that weigh in the totals. */
    readonly counted?: readonly string[];
  };
  readonly evidence: Readonly<Record<string, Gathered>>;
  readonly notices: readonly Notice[];
}
