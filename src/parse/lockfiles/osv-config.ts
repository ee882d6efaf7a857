/** osv-scanner.toml: which vulnerabilities and packages the maintainers have looked at and set aside. */
import { parse } from 'smol-toml';
import { listOf, objectOf, textOf } from './types.ts';

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

/** Undefined when the text is no TOML; such a file is ignored, as osv-scanner does. */
export function readOsvConfig(text: string): OsvConfig | undefined {
  let file: Readonly<Record<string, unknown>>;
  try {
    file = objectOf(parse(text));
  } catch {
    return undefined;
  }
  return {
    vulnerabilities: listOf(file.IgnoredVulns).map((value) => {
      const entry = objectOf(value);
      return { id: textOf(entry.id), ...until(entry.ignoreUntil), ...word('reason', entry.reason) };
    }),
    packages: listOf(file.PackageOverrides).map((value) => {
      const entry = objectOf(value);
      const ignored = objectOf(entry.vulnerability).ignore === true ? 'vulnerabilities' : 'nothing';
      return {
        ...word('name', entry.name),
        ...word('version', entry.version),
        ...word('ecosystem', entry.ecosystem),
        ...word('group', entry.group),
        ...word('reason', entry.reason),
        ...until(entry.effectiveUntil),
        ignores: entry.ignore === true ? 'package' : ignored,
      };
    }),
  };
}

function word<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  return textOf(value) === '' ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}

/** A date without time or zone counts in UTC. */
function until(value: unknown): { until?: string } {
  return value instanceof Date && !Number.isNaN(value.getTime())
    ? { until: new Date(value.getTime()).toISOString() }
    : {};
}
