/** Applies osv-scanner.toml: what maintainers have set aside, until when. */
import type { Vulnerability } from '../../src/core/index.ts';
import type { OsvConfigFile } from '../../src/evidence/osvConfigs.ts';
import type { UsedPackage } from '../../src/evidence/packages.ts';
import type { VulnerablePackage } from '../../src/evidence/vulnerabilities.ts';
import { grouped } from './group.ts';

/**
 * The vulnerabilities of a package that are not set aside by the configuration beside its file; with `below` by the
 * nearest one in a folder above as well.
 */
export function notIgnored(
  { package: used, vulnerabilities }: VulnerablePackage,
  configs: readonly OsvConfigFile[],
  now: Date,
  below: boolean,
): readonly Vulnerability[] {
  const config = configFor(used.path, configs, below);
  if (config === undefined) return vulnerabilities;
  if (leavesOut(config, used, 'package', now) || leavesOut(config, used, 'vulnerabilities', now)) return [];
  // One ignored alias sets the whole group aside.
  return grouped(vulnerabilities)
    .filter(
      (group) =>
        !group.some(({ id, aliases }) => [id, ...aliases].some((name) => isIgnored(config, name, now))),
    )
    .flat();
}

function configFor(
  path: string,
  configs: readonly OsvConfigFile[],
  below: boolean,
): OsvConfigFile | undefined {
  for (let folder = parent(path); ; folder = parent(folder)) {
    const name = folder === '' ? 'osv-scanner.toml' : `${folder}/osv-scanner.toml`;
    const config = configs.find((one) => one.path === name);
    if (config !== undefined || !below || folder === '') return config;
  }
}

function parent(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The first entry of that kind that fits decides, even when its time is over. */
function leavesOut(
  config: OsvConfigFile,
  used: UsedPackage,
  ignores: 'package' | 'vulnerabilities',
  now: Date,
): boolean {
  const entry = config.packages.find(
    (one) =>
      one.ignores === ignores &&
      (one.name === undefined || one.name === used.name) &&
      (one.version === undefined || one.version === used.version) &&
      (one.ecosystem === undefined || one.ecosystem === used.ecosystem) &&
      (one.group === undefined || (used.groups ?? []).includes(one.group)),
  );
  return entry !== undefined && holds(entry.until, now);
}

function isIgnored(config: OsvConfigFile, id: string, now: Date): boolean {
  const entry = config.vulnerabilities.find((one) => one.id === id);
  return entry !== undefined && holds(entry.until, now);
}

function holds(until: string | undefined, now: Date): boolean {
  return until === undefined || new Date(until) > now;
}
