/** The doors of the program: what an edge must offer. */
import type { Check } from './check.ts';
import type { Doors } from './doors.ts';
import type { AnyEvidence } from './evidence.ts';
import type { FactKey } from './facts.ts';
import type { Probe } from './probe.ts';
import type { RepoRef, RepoSnapshot } from './repository.ts';
import type { Change, ScanResult } from './result.ts';

/** A place where repositories live. */
export interface Forge {
  readonly id: string;
  /** The reference this text names, or undefined when it is not this forge's. */
  parse(text: string): RepoRef | undefined;
  /** @throws ScanError target-not-found, target-unreadable, ... */
  open(ref: RepoRef, options: OpenOptions): Promise<{ snapshot: RepoSnapshot; doors: Doors }>;
  /**
   * The repositories of an organisation or user that are not archived, ordered by name, as `host/owner/name`; undefined
   * when the text names no account of this forge.
   * @throws ScanError target-not-found, network, ... (through the promise)
   */
  repositoriesOf?(account: string, signal?: AbortSignal): Promise<readonly string[]> | undefined;
}

export interface OpenOptions {
  /** Commit, tag or branch; HEAD when absent. */
  readonly commit?: string;
  /** Commits to look back (30 when absent). */
  readonly commitDepth?: number;
  /** Facts that will be asked for: they are fetched while the repository is being opened. */
  readonly facts?: readonly FactKey[];
  /** How the files come: one streamed archive when absent, or git without a work tree. */
  readonly fileMode?: 'archive' | 'git';
  /** False when no file will be looked at, so that none is fetched. */
  readonly files?: boolean;
  readonly signal?: AbortSignal;
}

/** Descriptions of the units a result speaks of: texts are looked up, never stored in results. */
export interface Catalogue {
  /** By check name. */
  readonly checks: ReadonlyMap<string, Check>;
  /** By probe id. */
  readonly probes: ReadonlyMap<string, Probe>;
}

/** What a policy demands of one check: the score it must not fall below. */
export interface Demand {
  readonly check: string;
  readonly enforced: boolean;
  readonly least: number;
  /** The check of a plugin weighs in the totals. */
  readonly counted?: boolean;
}

/**
 * Which findings become SARIF results. `all`: every one; those about the repository as a whole stand at its README.
 * `located`: only those with a place in a file. `none-repository-level`: every one, those about the repository as a
 * whole at level `none`, so that they are told but raise no alert.
 */
export const SARIF_PROFILES = ['all', 'located', 'none-repository-level'] as const;
export type SarifProfile = (typeof SARIF_PROFILES)[number];

/** What the command line passes to a reporter. */
export interface ReportOptions {
  readonly catalogue: Catalogue;
  readonly showDetails: boolean;
  readonly showAnnotations: boolean;
  /** Columns of the terminal, undefined for files and pipes. */
  readonly width?: number;
  readonly color: boolean;
  /** Lines at Debug level too. */
  readonly verbose: boolean;
  /** The changes that would gain most, computed when a format shows them. */
  readonly changes?: () => readonly Change[];
  /** Policy that says which checks raise SARIF results; a usual one when absent. */
  readonly policy?: readonly Demand[];
  readonly sarifProfile?: SarifProfile;
  /** Values of evidence, when it is at hand (raw format); undefined for kinds that are not known. */
  readonly known?: <T>(kind: AnyEvidence & { readonly value?: T }) => T | undefined;
}

/** An output format: a pure function of the result. */
export interface Reporter {
  readonly id: string;
  readonly mediaType: string;
  /** One line for the help. */
  readonly summary: string;
  render(result: ScanResult, options: ReportOptions): string;
}

export function defineReporter(reporter: Reporter): Reporter {
  return reporter;
}
