/**
 * Which files tell of packages, and who reads them: the set that osv-scanner 2.3.2 reads in a folder (file-checks 13.1),
 * and a few more that only the Assay view looks at. Not read: RDF, binary lock files, operating system databases.
 */
import type { RepoPath } from '../../core/index.ts';
import {
  parseComposerLock,
  parseConanLock,
  parseDepsJson,
  parseOsvScannerJson,
  parsePackageResolved,
  parsePackagesLockJson,
  parsePipfileLock,
  parseRenvLock,
} from './json-locks.ts';
import {
  parseCabalFreeze,
  parseGemfileLock,
  parseGradleLockfile,
  parseMixLock,
  parsePubspecLock,
  parseStackLock,
} from './line-locks.ts';
import { outsideNodeModules, parseBunLock, parsePackageLock, parseYarnLock } from './npm.ts';
import { parsePnpmLock } from './pnpm.ts';
import {
  parseCycloneDxJson,
  parseCycloneDxXml,
  parseSpdxJson,
  parseSpdxTagValue,
  parseSpdxYaml,
} from './sbom.ts';
import { parseCargoLock, parsePdmLock, parsePoetryLock, parseUvLock } from './toml.ts';
import { isUsable, type LockedPackage } from './types.ts';
import { parsePackagesConfig, parseVerificationMetadata } from './xml-locks.ts';

export interface LockfileFormat {
  readonly id: string;
  /** Base names, compared with letter case as the reference does. */
  readonly names?: readonly string[];
  /** Ends of the base name, lower-cased. */
  readonly suffixes?: readonly string[];
  /** A further test of the place. */
  readonly where?: (path: RepoPath) => boolean;
  readonly parse: (text: string) => readonly LockedPackage[];
  /** The reference does not read it. */
  readonly beyond?: true;
}

const notInstalled = (path: RepoPath) => outsideNodeModules(path.folder);
const inGradle = (path: RepoPath) => path.folder === 'gradle' || path.folder.endsWith('/gradle');

export const LOCKFILE_FORMATS: readonly LockfileFormat[] = [
  {
    id: 'package-lock',
    names: ['package-lock.json', 'npm-shrinkwrap.json'],
    where: notInstalled,
    parse: parsePackageLock,
  },
  { id: 'yarn.lock', names: ['yarn.lock'], where: notInstalled, parse: parseYarnLock },
  { id: 'pnpm-lock', names: ['pnpm-lock.yaml'], where: notInstalled, parse: parsePnpmLock },
  { id: 'bun.lock', names: ['bun.lock'], where: notInstalled, parse: parseBunLock },
  { id: 'Pipfile.lock', names: ['Pipfile.lock'], parse: parsePipfileLock },
  { id: 'poetry.lock', names: ['poetry.lock'], parse: parsePoetryLock },
  { id: 'uv.lock', names: ['uv.lock'], parse: parseUvLock },
  { id: 'pdm.lock', names: ['pdm.lock'], parse: parsePdmLock },
  { id: 'Cargo.lock', names: ['Cargo.lock'], parse: parseCargoLock },
  { id: 'Gemfile.lock', names: ['Gemfile.lock', 'gems.locked'], parse: parseGemfileLock },
  { id: 'composer.lock', names: ['composer.lock'], parse: parseComposerLock },
  {
    id: 'gradle.lockfile',
    names: ['gradle.lockfile', 'buildscript-gradle.lockfile'],
    parse: parseGradleLockfile,
  },
  {
    id: 'verification-metadata',
    names: ['verification-metadata.xml'],
    where: inGradle,
    parse: parseVerificationMetadata,
  },
  { id: 'packages.lock.json', names: ['packages.lock.json'], parse: parsePackagesLockJson },
  { id: 'packages.config', names: ['packages.config'], parse: parsePackagesConfig },
  { id: 'deps.json', suffixes: ['.deps.json'], parse: parseDepsJson },
  { id: 'mix.lock', names: ['mix.lock'], parse: parseMixLock },
  { id: 'pubspec.lock', names: ['pubspec.lock'], parse: parsePubspecLock },
  { id: 'conan.lock', names: ['conan.lock'], parse: parseConanLock },
  { id: 'renv.lock', names: ['renv.lock'], parse: parseRenvLock },
  { id: 'cabal.project.freeze', names: ['cabal.project.freeze'], parse: parseCabalFreeze },
  { id: 'stack.yaml.lock', names: ['stack.yaml.lock'], parse: parseStackLock },
  { id: 'osv-scanner-custom', names: ['osv-scanner-custom.json'], parse: parseOsvScannerJson },
  { id: 'Package.resolved', names: ['Package.resolved'], parse: parsePackageResolved, beyond: true },
  { id: 'CycloneDX JSON', names: ['bom.json'], suffixes: ['.cdx.json'], parse: parseCycloneDxJson },
  { id: 'CycloneDX XML', names: ['bom.xml'], suffixes: ['.cdx.xml'], parse: parseCycloneDxXml },
  { id: 'SPDX JSON', suffixes: ['.spdx.json'], parse: parseSpdxJson },
  { id: 'SPDX YAML', suffixes: ['.spdx.yml'], parse: parseSpdxYaml },
  { id: 'SPDX tag-value', suffixes: ['.spdx'], parse: parseSpdxTagValue },
];

const BY_NAME = new Map(
  LOCKFILE_FORMATS.flatMap((one) => (one.names ?? []).map((name) => [name, one] as const)),
);
const BY_SUFFIX = LOCKFILE_FORMATS.flatMap((one) =>
  (one.suffixes ?? []).map((suffix) => [suffix, one] as const),
);

/** Base names and extensions of all formats, for the walk. */
export const LOCKFILE_NAMES: readonly string[] = [...BY_NAME.keys()];
export const LOCKFILE_EXTENSIONS: readonly string[] = [
  ...new Set(BY_SUFFIX.map(([suffix]) => suffix.slice(suffix.lastIndexOf('.') + 1))),
];

/** The format of a file by its place. */
export function lockfileFormatOf(path: RepoPath): LockfileFormat | undefined {
  // Bills of material compare without letter case.
  const format =
    BY_NAME.get(path.base) ??
    (path.lowerBase === 'bom.json' || path.lowerBase === 'bom.xml'
      ? BY_NAME.get(path.lowerBase)
      : undefined) ??
    BY_SUFFIX.find(([suffix]) => path.lowerBase.endsWith(suffix))?.[1];
  return format === undefined || format.where?.(path) === false ? undefined : format;
}

export interface ReadLockfile {
  readonly packages: readonly LockedPackage[];
  /** Why the file could not be read. */
  readonly problem?: string;
}

/** Most packages taken out of one file. */
const MAX_PACKAGES = 100_000;

/** Reads a lock file. Never throws: a file that is not what its name says gives a problem and no packages. */
export function readLockfile(format: Pick<LockfileFormat, 'parse'>, text: string): ReadLockfile {
  try {
    const packages = format.parse(text.startsWith('\ufeff') ? text.slice(1) : text).filter(isUsable);
    if (packages.length <= MAX_PACKAGES) return { packages: packages.map(compact) };
    return { packages: [], problem: `it names more than ${MAX_PACKAGES} packages` };
  } catch (error) {
    return { packages: [], problem: (error as Error).message.slice(0, 200) };
  }
}

/** Without what says nothing, because evidence is stored. */
function compact({
  ecosystem,
  name,
  version,
  commit,
  line,
  groups,
  unshipped,
  beyond,
}: LockedPackage): LockedPackage {
  return {
    ecosystem,
    name,
    version,
    ...(commit ? { commit } : {}),
    ...(line === undefined ? {} : { line }),
    ...(groups !== undefined && groups.length > 0 ? { groups } : {}),
    ...(unshipped ? { unshipped } : {}),
    ...(beyond ? { beyond } : {}),
  };
}
