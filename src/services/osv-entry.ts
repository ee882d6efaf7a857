/** Entries of the OSV database. Pure. */
import type { PackageQuery, Vulnerability } from '../core/index.ts';
import { lowestFixed, type OsvAffected } from './osv-affected.ts';

/** What Assay reads of an OSV entry. */
export interface OsvEntry {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly withdrawn: boolean;
  readonly severity: string | undefined;
  readonly affected: readonly OsvAffected[];
}

/** An entry as it concerns one package. */
export function vulnerabilityOf(detail: OsvEntry, query: PackageQuery | undefined): Vulnerability {
  const { id, aliases, summary, severity } = detail;
  const fixed = query && lowestFixed(detail.affected, query);
  return { id, aliases, summary, ...(severity ? { severity } : {}), ...(fixed ? { fixed } : {}) };
}

/** Reads an entry; what is missing or of another shape counts as not said. */
export function entryOf(id: string, json: unknown): OsvEntry {
  const raw = (json ?? {}) as {
    aliases?: unknown;
    summary?: unknown;
    details?: unknown;
    withdrawn?: unknown;
    severity?: readonly { score?: unknown }[];
    database_specific?: { severity?: unknown };
    affected?: unknown;
  };
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    id,
    aliases: Array.isArray(raw.aliases) ? raw.aliases.filter((alias) => typeof alias === 'string') : [],
    summary: text(raw.summary) ?? text(raw.details)?.split('\n')[0] ?? '',
    withdrawn: text(raw.withdrawn) !== undefined,
    severity: text(raw.database_specific?.severity) ?? text(raw.severity?.[0]?.score),
    affected: objectsOf(raw.affected).map(affectedOf),
  };
}

type Raw = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const objectsOf = (list: unknown): readonly Raw[] =>
  Array.isArray(list) ? list.filter((one) => typeof one === 'object' && one !== null) : [];

function affectedOf({ package: named, ranges, versions }: Raw): OsvAffected {
  const { name, ecosystem } = (named ?? {}) as Raw;
  return {
    ...(isText(name) ? { package: { name, ...(isText(ecosystem) && { ecosystem }) } } : {}),
    ranges: objectsOf(ranges).map(({ type, events }) => ({
      ...(isText(type) && { type }),
      events: objectsOf(events).map((event) =>
        Object.fromEntries(EVENTS.flatMap((key) => (isText(event[key]) ? [[key, event[key]]] : []))),
      ),
    })),
    versions: Array.isArray(versions) ? versions.filter(isText) : [],
  };
}

const EVENTS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;
