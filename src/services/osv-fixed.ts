/** The version that mends a vulnerability, out of an OSV entry. Pure. */
import type { PackageQuery } from '../core/index.ts';

export interface OsvAffected {
  readonly package?: { readonly name?: string; readonly ecosystem?: string };
  readonly ranges?: readonly {
    readonly type?: string;
    readonly events?: readonly { readonly introduced?: string; readonly fixed?: string }[];
  }[];
}

/** The lowest fixed version above the used one, of the asked package; undefined when none is named. */
export function lowestFixed(affected: readonly OsvAffected[], query: PackageQuery): string | undefined {
  const fixes = affected
    .filter(
      (one) => one.package?.name === query.name && sameEcosystem(one.package.ecosystem, query.ecosystem),
    )
    .flatMap((one) => one.ranges ?? [])
    .filter((range) => range.type !== 'GIT')
    .flatMap((range) => range.events ?? [])
    .flatMap((event) => event.fixed ?? [])
    .filter((version) => compareVersions(version, query.version) > 0);
  return fixes.sort(compareVersions)[0];
}

/** `Debian:12` is a release of `Debian`. */
function sameEcosystem(one: string | undefined, other: string): boolean {
  return one?.split(':')[0] === other.split(':')[0];
}

/**
 * Numbers by size, words by letter, a version before the same one with a longer number part, and `1.0-beta` before
 * `1.0`. Near enough to every ecosystem's own order to choose among a few releases.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x, y] = [left[at], right[at]];
    if (x === y) continue;
    // What is missing stands above a word (a pre-release) and below a number.
    if (x === undefined) return typeof y === 'number' ? -1 : 1;
    if (y === undefined) return typeof x === 'number' ? 1 : -1;
    if (typeof x !== typeof y) return typeof x === 'number' ? 1 : -1;
    return x < y ? -1 : 1;
  }
  return 0;
}

function partsOf(version: string): (number | string)[] {
  const plain = version.replace(/^[vV]/, '').split('+')[0]!;
  return (plain.match(/\d+|[A-Za-z]+/g) ?? []).map((part) =>
    /^\d/.test(part) ? Number(part) : part.toLowerCase(),
  );
}
