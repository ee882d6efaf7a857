/** Known vulnerabilities of the packages in use, and of the repository's own newest commit. */
import { ask, isKnown, type PackageQuery, type Vulnerability } from '../core/index.ts';
import { commits } from './facts.ts';
import { packages, type UsedPackage } from './packages.ts';

export interface VulnerablePackage {
  readonly package: UsedPackage;
  readonly vulnerabilities: readonly Vulnerability[];
}

export interface VulnerabilityReport {
  /** Packages looked up, those that only the Assay view knows included. */
  readonly lookedUp: number;
  readonly found: readonly VulnerablePackage[];
  /** Of the newest commit of the repository itself, where a forge tells which that is. */
  readonly commit: readonly Vulnerability[];
  /** How old the data is, when it was not asked for just now. */
  readonly asOf?: string;
  /** Why nobody could be asked. */
  readonly unknown?: string;
}

/** Each package at each version is asked for once. Reference: file-checks 13.1. */
export const vulnerabilities = ask({
  id: 'vulnerabilities',
  version: 1,
  needs: { packages, commits },
  ask: async ({ packages, commits }, doors): Promise<VulnerabilityReport> => {
    const queries = new Map<string, PackageQuery>();
    for (const one of packages) queries.set(keyOf(one), queryOf(one));
    const newest = isKnown(commits) ? commits.known.find(({ sha }) => sha !== '')?.sha : undefined;
    const lookedUp = queries.size;
    if (lookedUp === 0 && newest === undefined) return { lookedUp, found: [], commit: [] };
    const answer = await doors.vulnerabilities([...queries.values()], newest);
    if (!isKnown(answer)) return { lookedUp, found: [], commit: [], unknown: answer.why };
    const told = new Map([...queries.keys()].map((key, index) => [key, answer.known.packages[index] ?? []]));
    const found = packages.flatMap((one): VulnerablePackage[] => {
      const list = told.get(keyOf(one)) ?? [];
      return list.length === 0 ? [] : [{ package: one, vulnerabilities: list }];
    });
    const { commit, asOf } = answer.known;
    return { lookedUp, found, commit, ...(asOf === undefined ? {} : { asOf }) };
  },
});

function queryOf({ ecosystem, name, version, commit }: UsedPackage): PackageQuery {
  return version === '' ? { ecosystem, name, version, commit } : { ecosystem, name, version };
}

function keyOf({ ecosystem, name, version, commit }: UsedPackage): string {
  return version === '' ? `#${commit}` : `${ecosystem} ${name} ${version}`;
}
