/** Paths as the walk sees them, with the parts that tests need computed once. */

/** Where a file is, taken apart. */
export interface RepoPath {
  readonly path: string;
  /** Lower-cased whole path. */
  readonly lower: string;
  /** Last element. */
  readonly base: string;
  readonly lowerBase: string;
  /** After the last dot of the base name, lower-cased, without the dot; empty when there is none. */
  readonly extension: string;
  /** Parent folder, `` for the root. */
  readonly folder: string;
  /** Inside `testdata/` or `src/test/` (reference's filter for content scans, file-checks 1.5). */
  readonly testData: boolean;
}

/** Reference: file-checks 1.5 "Test-data filter"; case-sensitive. */
export function isTestData(path: string): boolean {
  return (
    path.startsWith('testdata/') ||
    path.startsWith('src/test/') ||
    path.includes('/testdata/') ||
    path.includes('/src/test/')
  );
}

export function repoPath(path: string): RepoPath {
  const slash = path.lastIndexOf('/');
  const base = slash < 0 ? path : path.slice(slash + 1);
  const lowerBase = base.toLowerCase();
  const dot = lowerBase.lastIndexOf('.');
  return {
    path,
    lower: slash < 0 ? lowerBase : path.toLowerCase(),
    base,
    lowerBase,
    extension: dot < 0 ? '' : lowerBase.slice(dot + 1),
    folder: slash < 0 ? '' : path.slice(0, slash),
    testData: isTestData(path),
  };
}

/**
 * Which paths a kind of evidence cares for. A path is wanted when any list names it (or `every` is set) and `where`,
 * if given, agrees. Lists are compared lower-cased, so that the walk can use tables instead of asking every kind
 * about every path.
 */
export interface PathInterest {
  readonly every?: boolean;
  /** Parent folders, for files directly inside. */
  readonly folders?: readonly string[];
  /** Base names. */
  readonly names?: readonly string[];
  /** Extensions without the dot. */
  readonly extensions?: readonly string[];
  readonly where?: (path: RepoPath) => boolean;
}
