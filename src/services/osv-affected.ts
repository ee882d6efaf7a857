/** What an OSV entry says of a package: whether a version is affected, and which one mends it. Pure. */
import type { PackageQuery } from '../core/index.ts';
import { versionOrder } from './versions/index.ts';

export interface OsvEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

export interface OsvAffected {
  readonly package?: { readonly name?: string; readonly ecosystem?: string };
  readonly ranges?: readonly { readonly type?: string; readonly events?: readonly OsvEvent[] }[];
  readonly versions?: readonly string[];
}

/** True when the part concerns this package; names as `namedAlike` compares them. */
export function concerns({ package: named }: OsvAffected, { ecosystem, name }: PackageQuery): boolean {
  return (
    named?.name !== undefined &&
    baseOf(named.ecosystem) === baseOf(ecosystem) &&
    comparedName(named.name, ecosystem) === comparedName(name, ecosystem)
  );
}

/** `Debian:12` is a release of `Debian`. */
export function baseOf(ecosystem: string | undefined): string {
  return ecosystem?.split(':', 1)[0] ?? '';
}

/** PyPI takes `-`, `_`, `.` and letter case for the same. */
export function comparedName(name: string, ecosystem: string): string {
  return baseOf(ecosystem) === 'PyPI' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
}

/** Whether the version is listed, or lies in a range. Git ranges say nothing about versions. */
export function isAffected(affected: OsvAffected, { ecosystem, version }: PackageQuery): boolean {
  if (affected.versions?.includes(version)) return true;
  return (affected.ranges ?? []).some(
    ({ type, events }) => type !== 'GIT' && inRange(events ?? [], version, ecosystem),
  );
}

function inRange(events: readonly OsvEvent[], version: string, ecosystem: string): boolean {
  const compare = versionOrder(ecosystem);
  const at = (event: OsvEvent) => event.introduced ?? event.fixed ?? event.limit ?? event.last_affected ?? '';
  const isStart = (event: OsvEvent) => event.introduced === '0';
  const sorted = [...events].sort((a, b) =>
    isStart(a) || isStart(b) ? Number(isStart(b)) - Number(isStart(a)) : compare(at(a), at(b)),
  );
  let inside = false;
  for (const { introduced, fixed, last_affected: last } of sorted) {
    if (!inside)
      inside = introduced !== undefined && (introduced === '0' || compare(version, introduced) >= 0);
    else if (fixed !== undefined) inside = compare(version, fixed) < 0;
    else if (last !== undefined) inside = version === last || compare(version, last) <= 0;
  }
  return inside;
}

/** The lowest fixed version above the used one, of the asked package; undefined when none is named. */
export function lowestFixed(affected: readonly OsvAffected[], query: PackageQuery): string | undefined {
  const compare = versionOrder(query.ecosystem);
  return affected
    .filter((one) => concerns(one, query))
    .flatMap((one) => one.ranges ?? [])
    .filter((range) => range.type !== 'GIT')
    .flatMap((range) => range.events ?? [])
    .flatMap((event) => event.fixed ?? [])
    .filter((version) => compare(version, query.version) > 0)
    .sort(compare)[0];
}
