/** osv-scanner.toml: which vulnerabilities and packages the maintainers have looked at and set aside. */
import { parse } from 'smol-toml';
import { textOf } from './types.ts';

export interface IgnoredVulnerability {
  readonly id: string;
  /** ISO 8601; for ever when absent. */
  readonly until?: string;
  readonly reason?: string;
}

export interface IgnoredPackage {
  /** Each compared only when given. */
  readonly name?: string;
  readonly version?: string;
  readonly ecosystem?: string;
  readonly group?: string;
  readonly until?: string;
  readonly reason?: string;
  /** Whether the package itself is left out, its vulnerabilities are, or neither. */
  readonly ignores: 'package' | 'vulnerabilities' | 'nothing';
}

export interface OsvConfig {
  readonly vulnerabilities: readonly IgnoredVulnerability[];
  /** In file order: the first that matches decides. */
  readonly packages: readonly IgnoredPackage[];
}

type Kind = 'text' | 'flag' | 'time' | 'any';
type Shape = Readonly<Record<string, Kind>>;

/** Keys as osv-scanner knows them, lower-cased: it reads them in any letter case. */
const FILE: Shape = { ignoredvulns: 'any', packageoverrides: 'any', goversionoverride: 'text' };
const VULNERABILITY: Shape = { id: 'text', ignoreuntil: 'time', reason: 'text' };
const PACKAGE: Shape = {
  name: 'text',
  version: 'text',
  ecosystem: 'text',
  group: 'text',
  ignore: 'flag',
  vulnerability: 'any',
  license: 'any',
  effectiveuntil: 'time',
  reason: 'text',
};
const INNER: Readonly<Record<'vulnerability' | 'license', Shape>> = {
  vulnerability: { ignore: 'flag' },
  license: { override: 'any', ignore: 'flag' },
};

class Refused extends Error {}

/**
 * Undefined when the text is no TOML, has a key that osv-scanner does not know, or a value of another kind than it wants:
 * osv-scanner ignores the whole file then. A mistyped `ignoreUntil` would otherwise set aside for ever.
 */
export function readOsvConfig(text: string): OsvConfig | undefined {
  try {
    const file = fields(parse(text), FILE);
    return {
      vulnerabilities: tables(file.ignoredvulns).map((value) => {
        const { id, ignoreuntil, reason } = fields(value, VULNERABILITY);
        return { id: textOf(id), ...until(ignoreuntil), ...word('reason', reason) };
      }),
      packages: tables(file.packageoverrides).map(packageOf),
    };
  } catch {
    return undefined;
  }
}

function packageOf(value: unknown): IgnoredPackage {
  const entry = fields(value, PACKAGE);
  if (entry.license !== undefined) fields(entry.license, INNER.license);
  const { ignore } =
    entry.vulnerability === undefined ? {} : fields(entry.vulnerability, INNER.vulnerability);
  return {
    ...word('name', entry.name),
    ...word('version', entry.version),
    ...word('ecosystem', entry.ecosystem),
    ...word('group', entry.group),
    ...word('reason', entry.reason),
    ...until(entry.effectiveuntil),
    ignores: entry.ignore === true ? 'package' : ignore === true ? 'vulnerabilities' : 'nothing',
  };
}

/** The values of a table by lower-cased key. @throws Refused for a key or kind of value that is not wanted */
function fields(value: unknown, shape: Shape): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused();
  const found: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(value)) {
    const lower = key.toLowerCase();
    if (!Object.hasOwn(shape, lower) || !isOf(shape[lower]!, one)) throw new Refused();
    found[lower] = one;
  }
  return found;
}

function isOf(kind: Kind, value: unknown): boolean {
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'flag') return typeof value === 'boolean';
  return kind === 'any' || timeOf(value) !== undefined;
}

function tables(value: unknown): readonly unknown[] {
  if (value !== undefined && !Array.isArray(value)) throw new Refused();
  return value ?? [];
}

function word<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  return textOf(value) === '' ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}

function until(value: unknown): { until?: string } {
  const time = timeOf(value);
  return time === undefined ? {} : { until: time };
}

/** A date of TOML, without time or zone in UTC; or a whole time with its zone as text. */
function timeOf(value: unknown): string | undefined {
  const isText = typeof value === 'string' && ZONED.test(value);
  const time = isText ? Date.parse(value) : value instanceof Date ? value.getTime() : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
