/** Lock files, manifests and bills of material as they stand, one item a file; `packages` puts them together. */

import { gitignoreLines } from '../core/gitignore.ts';
import { perFile, type RepoPath } from '../core/index.ts';
import { readGoModule, readGoSum } from '../parse/lockfiles/go.ts';
import { type Pom, readPom } from '../parse/lockfiles/pom.ts';
import { readRequirements } from '../parse/lockfiles/requirements.ts';
import {
  LOCKFILE_EXTENSIONS,
  LOCKFILE_NAMES,
  lockfileFormatOf,
  readLockfile,
} from '../parse/lockfiles/table.ts';
import { isUsable, type LockedPackage } from '../parse/lockfiles/types.ts';

export type { LockedPackage, Pom };

/** What one file tells of packages. */
export interface ManifestFile {
  readonly path: string;
  /** Empty when the file tells of packages only together with others. */
  readonly packages: readonly LockedPackage[];
  /** Why it could not be read. */
  readonly problem?: string;
  /** The reference does not read such files. */
  readonly beyond?: true;
  /** Of go.mod: indirect dependencies stand in go.sum. */
  readonly needsSum?: true;
  /** Of go.sum: counts only together with a go.mod that needs it. */
  readonly isSum?: true;
  /** Of requirements files: the files named by `-r`, as written. */
  readonly includes?: readonly string[];
  /** A requirements file by content, not by name: counts only when another includes it. */
  readonly onlyIncluded?: true;
  readonly pom?: Pom;
}

/** Lock files of large workspaces have tens of megabytes. */
const MAX_BYTES = 32 * 1024 * 1024;

type Reader = (text: string, path: RepoPath) => Omit<ManifestFile, 'path'> | undefined;

export const manifestFiles = perFile<ManifestFile>({
  id: 'manifestFiles',
  version: 1,
  read: 'whole',
  maxBytes: MAX_BYTES,
  paths: {
    names: [...LOCKFILE_NAMES, 'go.mod', 'go.sum', 'pom.xml'],
    extensions: [...LOCKFILE_EXTENSIONS, 'pom', 'txt', 'in'],
    where: (path) => readerOf(path) !== undefined,
  },
  visit: (file) => {
    if (file.truncated) return [{ path: file.path, packages: [], problem: 'it is too long to be read' }];
    const told = readerOf(file)?.(file.text(), file);
    return told === undefined ? [] : [{ path: file.path, ...told }];
  },
});

function readerOf(path: RepoPath): Reader | undefined {
  if (path.base === 'go.mod') return goMod;
  if (path.base === 'go.sum') return goSum;
  if (path.base === 'pom.xml' || path.base.endsWith('.pom')) return pomXml;
  if (path.extension === 'txt' || path.extension === 'in') {
    if (isRequirements(path)) return (text) => requirements(text, false);
    return mayBeIncluded(path) ? (text) => requirements(text, true) : undefined;
  }
  const format = lockfileFormatOf(path);
  if (format === undefined) return undefined;
  return (text) => ({ ...readLockfile(format, text), ...(format.beyond ? { beyond: true } : {}) });
}

/** Reference: osv-scanner reads `*requirements*.txt`. */
function isRequirements({ base, extension }: RepoPath): boolean {
  return extension === 'txt' && base.endsWith('.txt') && base.includes('requirements');
}

/** Files that requirements files usually include: reading every text file to find them would cost too much. */
function mayBeIncluded({ folder, lowerBase }: RepoPath): boolean {
  if (
    folder
      .slice(folder.lastIndexOf('/') + 1)
      .toLowerCase()
      .includes('requirements')
  )
    return true;
  return /^(?:requirements?|reqs?|base|common|core|prod|production|dev|develop|development|test|tests|testing|ci|lint|docs?|build|constraints)[\w.-]{0,40}\.(?:txt|in)$/.test(
    lowerBase,
  );
}

function goMod(text: string) {
  const { packages, needsSum } = readGoModule(text);
  return { packages: packages.filter(isUsable), ...(needsSum ? { needsSum: true as const } : {}) };
}

function goSum(text: string) {
  const packages = readGoSum(text);
  return packages === undefined ? undefined : { packages: packages.filter(isUsable), isSum: true as const };
}

function pomXml(text: string) {
  try {
    return { packages: [], pom: readPom(text) };
  } catch (error) {
    return { packages: [], problem: (error as Error).message };
  }
}

function requirements(text: string, onlyIncluded: boolean) {
  const { packages, includes } = readRequirements(text);
  if (packages.length === 0 && includes.length === 0) return undefined;
  return {
    packages: packages.filter(isUsable),
    ...(includes.length > 0 ? { includes } : {}),
    ...(onlyIncluded ? { onlyIncluded: true as const } : {}),
  };
}

/** The lines of one `.gitignore`. */
export interface GitignoreFile {
  readonly path: string;
  readonly lines: readonly string[];
}

export const gitignoreFiles = perFile<GitignoreFile>({
  id: 'gitignoreFiles',
  version: 1,
  read: 'whole',
  maxBytes: 1024 * 1024,
  paths: { names: ['.gitignore'], where: ({ base }) => base === '.gitignore' },
  visit: (file) => {
    const lines = gitignoreLines(file.text());
    return lines.length === 0 ? [] : [{ path: file.path, lines }];
  },
});
