/** Files that fix what an install fetches: lock files by name, requirement files that carry hashes. */
import { derive, perFile } from '../core/index.ts';
import type { Truth } from '../parse/shell/index.ts';
import { bringsTool, javascriptTools } from './javascriptTools.ts';

const LOCK_FILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'go.sum',
  'Gemfile.lock',
  'gems.locked',
  'composer.lock',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'Pipfile.lock',
  'Podfile.lock',
  'devcontainer-lock.json',
  '.devcontainer-lock.json',
  'renv.lock',
  'Manifest.toml',
];

const lockFiles = perFile<string>({
  id: 'lockFiles',
  version: 1,
  read: 'name',
  paths: { names: LOCK_FILES, where: (path) => !path.testData },
  visit: (file) => [file.path],
});

/** `name.cabal` is the package of that name. */
const ownPackages = perFile<string>({
  id: 'ownPackages',
  version: 1,
  read: 'name',
  paths: {
    extensions: ['cabal'],
    where: ({ extension, folder }) => extension === 'cabal' && !folder.includes('test'),
  },
  visit: ({ base }) => [base.slice(0, -'.cabal'.length)],
});

/** Pip wants a hash for every requirement as soon as one has one. */
const hashedRequirements = perFile<string>({
  id: 'hashedRequirements',
  version: 1,
  read: 'whole',
  maxBytes: 4 * 1024 * 1024,
  paths: {
    extensions: ['txt', 'in', 'lock'],
    where: (path) =>
      /require|constraint|\bdeps?\b|pip|(?:^|\/)(?:hash|lock|tools?|dev|tests?|build|ci|docs?|lint|prod|base)[^/]{0,40}$/i.test(
        path.path,
      ),
  },
  visit: (file) => (file.text().includes('--hash=') ? [file.path] : []),
});

export interface PinningPaths {
  /** Base names of lock files that are there. */
  readonly locks: readonly string[];
  /** Paths of requirement files with hashes. */
  readonly hashed: readonly string[];
  /** Packages of the repository itself, where their name is that of a file. */
  readonly own: ReadonlySet<string>;
  /** JavaScript packages that manifests name. */
  readonly packages: ReadonlySet<string>;
}

export const pinningFiles = derive({
  id: 'pinningFiles',
  version: 1,
  needs: { lockFiles, hashedRequirements, javascriptTools, ownPackages },
  derive: ({ lockFiles, hashedRequirements, javascriptTools, ownPackages }): PinningPaths => ({
    locks: [...new Set(lockFiles.map((path) => path.slice(path.lastIndexOf('/') + 1)))],
    hashed: hashedRequirements,
    packages: new Set(javascriptTools),
    own: new Set(ownPackages),
  }),
});

/** The verdict of an install in a repository with these files. */
export function settle(
  { verdict, why, pinnedBy }: Truth,
  files: PinningPaths,
): Pick<Truth, 'verdict' | 'why'> {
  if (verdict !== 'unpinned' || pinnedBy === undefined) return { verdict, why };
  if (pinnedBy.kind === 'installed') {
    return pinnedBy.files.every((tool) => bringsTool(files.packages, tool))
      ? { verdict: 'not-a-download', why: 'installed' }
      : { verdict, why };
  }
  if (pinnedBy.kind === 'local-package') {
    return pinnedBy.files.every((name) => files.own.has(name))
      ? { verdict: 'not-a-download', why: 'local' }
      : { verdict, why };
  }
  if (pinnedBy.kind === 'lockfile') {
    return pinnedBy.files.some((name) => files.locks.includes(name))
      ? { verdict: 'pinned', why: 'lockfile' }
      : { verdict, why };
  }
  const isHashed = (name: string): boolean => {
    const plain = name.replace(/^(?:\.{1,2}\/)+/, '');
    return files.hashed.some((path) => path === plain || path.endsWith(`/${plain}`));
  };
  return pinnedBy.files.length > 0 && pinnedBy.files.every(isHashed)
    ? { verdict: 'pinned', why: 'hashes' }
    : { verdict, why };
}
