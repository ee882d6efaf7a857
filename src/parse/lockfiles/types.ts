/** What lock files and manifests say: packages at versions. */

/** Ecosystem names of the OSV schema. */
export type Ecosystem =
  | 'Alpine'
  | 'ConanCenter'
  | 'CRAN'
  | 'crates.io'
  | 'Debian'
  | 'GitHub Actions'
  | 'Go'
  | 'Hackage'
  | 'Hex'
  | 'Maven'
  | 'npm'
  | 'NuGet'
  | 'Packagist'
  | 'Pub'
  | 'PyPI'
  | 'RubyGems'
  | 'SwiftURL'
  | 'Ubuntu';

export interface LockedPackage {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  /** Empty when only the commit is known. */
  readonly version: string;
  /** Of packages that come straight from a git repository. */
  readonly commit?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Groups as the file names them (`dev`, `optional`, `test`, ...); none for packages that are always there. */
  readonly groups?: readonly string[];
  /** Nothing that ships needs it, as far as the lock file tells; not a group of the reference. */
  readonly unshipped?: true;
  /** The reference does not see it. */
  readonly beyond?: true;
}

/** Thrown inside this folder for a file that is not what its name says; `readLockfile` turns it into a problem. */
export class LockfileFailure extends Error {}

/** Longest word taken for a name or version; anything longer is no package. */
const MAX_WORD = 500;

/** True for what can be looked up: a name with a version or a commit, none of them absurd. */
export function isUsable({ name, version, commit }: LockedPackage): boolean {
  const fits = name !== '' && name.length <= MAX_WORD && version.length <= MAX_WORD;
  return fits && (version !== '' || (commit !== undefined && commit !== '' && commit.length <= 64));
}

/** Ecosystems that OSV takes in a question; a release may follow behind a colon (`Debian:12`). */
const ASKED: ReadonlySet<string> = new Set(
  (
    'AlmaLinux|Alpaquita|Alpine|Android|BellSoft Hardened Containers|Bioconductor|Bitnami|Chainguard|ConanCenter|CRAN|' +
    'crates.io|Debian|GHC|GitHub Actions|Go|Hackage|Hex|Julia|Linux|Mageia|Maven|MinimOS|npm|NuGet|openEuler|openSUSE|' +
    'OSS-Fuzz|Packagist|Photon OS|Pub|PyPI|Red Hat|Rocky Linux|RubyGems|SUSE|SwiftURL|Ubuntu|Wolfi'
  ).split('|'),
);

/**
 * False for what OSV refuses. It answers a whole batch with status 400 for one ecosystem it does not know or one commit
 * that is no hash, so that a single odd entry would hide all others. A shortened hash or a branch never matches anyway.
 */
export function canBeAsked({ ecosystem, version, commit }: LockedPackage): boolean {
  if (version !== '') return ASKED.has(ecosystem.split(':', 1)[0]!);
  return commit !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(commit);
}

/** The text of a value that should be one, else empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value as an object, else an empty one; arrays are none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The value as a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** @throws LockfileFailure when the text is no JSON object. */
export function parseJsonObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new LockfileFailure('it is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LockfileFailure('it is no JSON object');
  return value as Record<string, unknown>;
}

/** PyPI names compare lower-cased, with runs of `-`, `_` and `.` as one `-`. */
export function pypiName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
