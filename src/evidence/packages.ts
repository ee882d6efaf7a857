/** The packages a repository uses, out of all its lock files and manifests. */

import { gitignoreMatcher, gitignoreTime } from '../core/gitignore.ts';
import { derive } from '../core/index.ts';
import { pomPackages } from '../parse/lockfiles/pom.ts';
import { canBeAsked, isUsable } from '../parse/lockfiles/types.ts';
import {
  type GitignoreFile,
  gitignoreFiles,
  type LockedPackage,
  type ManifestFile,
  manifestFiles,
} from './manifests.ts';

/** What a package is there for. */
export type PackageScope = 'runtime' | 'dev' | 'test' | 'example';

export interface UsedPackage extends LockedPackage {
  /** The file that names it. */
  readonly path: string;
  readonly scope: PackageScope;
}

/** Every package of every file, sorted by path, name and version; the same one in two files stands twice. */
export const packages = derive({
  id: 'packages',
  version: 1,
  needs: { manifestFiles, gitignoreFiles },
  derive: ({ manifestFiles, gitignoreFiles }): readonly UsedPackage[] => {
    const ignored = ignoredBy(gitignoreFiles);
    const files = new Map(
      manifestFiles.filter(({ path }) => !ignored(path)).map((file) => [file.path, file] as const),
    );
    const used: UsedPackage[] = [];
    for (const file of files.values()) {
      for (const { path, one } of packagesOf(file, files)) {
        // The reference drops what is found in Go's standard library (file-checks 13.1).
        if (one.ecosystem === 'Go' && (one.name === 'stdlib' || one.name === 'go')) continue;
        if (!isUsable(one) || !canBeAsked(one)) continue;
        used.push({
          ...one,
          path,
          scope: scopeOf(path, one.unshipped ? ['dev'] : one.groups),
          ...(file.beyond ? { beyond: true } : {}),
        });
      }
    }
    return distinct(used.sort(byPlace));
  },
});

type Files = ReadonlyMap<string, ManifestFile>;

function packagesOf(file: ManifestFile, files: Files): { path: string; one: LockedPackage }[] {
  const { path } = file;
  const own = (list: readonly LockedPackage[]) => list.map((one) => ({ path, one }));
  if (file.isSum || file.onlyIncluded) return [];
  if (file.pom !== undefined) return own(pomPackages(path, file.pom, (place) => files.get(place)?.pom));
  if (path.endsWith('package-lock.json') && files.has(sibling(path, 'npm-shrinkwrap.json'))) return [];
  if (file.needsSum) {
    const sum = files.get(sibling(path, 'go.sum'));
    const known = new Set(file.packages.map(({ name, version }) => `${name}@${version}`));
    const more = (sum?.packages ?? []).filter(({ name, version }) => !known.has(`${name}@${version}`));
    return [...own(file.packages), ...more.map((one) => ({ path: sum!.path, one }))];
  }
  if (file.includes === undefined) return own(file.packages);
  return included(file, files).flatMap(({ path, packages }) => packages.map((one) => ({ path, one })));
}

function sibling(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + name;
}

/** A requirements file and all it includes, each once. */
function included(file: ManifestFile, files: Files): ManifestFile[] {
  const seen = new Set([file]);
  for (const one of seen) {
    for (const include of one.includes ?? []) {
      const found = files.get(joined(one.path, include));
      if (found !== undefined) seen.add(found);
    }
  }
  return [...seen];
}

/** A path relative to the folder of another; empty when it leaves the repository. */
function joined(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..' && parts.pop() === undefined) return '';
    if (part !== '' && part !== '.' && part !== '..') parts.push(part);
  }
  return parts.join('/');
}

const TEST_FOLDER =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|spec|specs|e2e|testing|fixtures?|__fixtures__|testdata|test-data|test-fixtures|integration[-_]tests?|benchmarks?|bench|fuzz|fuzzing|tests?[-_][\w.-]+|[\w.-]+[-_]tests?|testutils?)\//i;
/** What builds and checks the project, and never ships. */
const TOOL_FOLDER =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.azure-?pipelines|\.buildkite|\.devcontainer|\.?ci|hack|dev-?tools)\/|^(?:tools?|scripts|build-tools)\//i;
const EXAMPLE_FOLDER =
  /(?:^|\/)(?:examples?|samples?|demos?|tutorials?|playgrounds?|docs?|website|(?:examples?|samples?|demos?)[-_][\w.-]+|[\w.-]+[-_](?:examples?|samples?|demos?))\//i;
const TEST_GROUP = /^(?:tests?|testing|e2e)$/i;
const DEV_GROUP =
  /^(?:dev|develop|development|dev-dependencies|docs?|lint|typing|build[-_]requires|build_requires|python[-_]requires)$/i;

/** Where the file stands says more than what it says itself. */
export function scopeOf(path: string, groups: readonly string[] = []): PackageScope {
  if (TEST_FOLDER.test(path)) return 'test';
  if (EXAMPLE_FOLDER.test(path)) return 'example';
  if (groups.some((group) => TEST_GROUP.test(group)) && groups.length === 1) return 'test';
  if (groups.some((group) => DEV_GROUP.test(group))) return 'dev';
  if (TOOL_FOLDER.test(path)) return 'dev';
  const base = path.slice(path.lastIndexOf('/') + 1);
  const word = /requirements/i.test(path)
    ? /(?:^|[-_.])(dev|test|docs?|lint|ci)/i.exec(base)?.[1]
    : undefined;
  if (word === undefined) return 'runtime';
  return word.toLowerCase() === 'test' ? 'test' : 'dev';
}

function byPlace(a: UsedPackage, b: UsedPackage): number {
  return compare(a.path, b.path) || compare(a.name, b.name) || compare(a.version, b.version);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function distinct(sorted: readonly UsedPackage[]): UsedPackage[] {
  return sorted.filter((one, index) => {
    const before = sorted[index - 1];
    if (before === undefined || byPlace(before, one) !== 0) return true;
    return before.ecosystem !== one.ecosystem || before.commit !== one.commit;
  });
}

/** Reference: osv-scanner leaves out what a `.gitignore` in a folder above names, committed or not. */
function ignoredBy(files: readonly GitignoreFile[]): (path: string) => boolean {
  const time = gitignoreTime();
  const matchers = files.map(({ path, lines }) => ({
    folder: path.slice(0, path.lastIndexOf('/') + 1),
    matches: gitignoreMatcher(lines),
  }));
  return (path) =>
    matchers.some(
      ({ folder, matches }) => path.startsWith(folder) && matches(path.slice(folder.length), time),
    );
}
