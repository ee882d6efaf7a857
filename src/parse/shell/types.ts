/** Kinds of installs that the reference reports; the strings are its own (file-checks 8.1). */
export type ReferenceInstallType =
  | 'downloadThenRun'
  | 'goCommand'
  | 'chocoCommand'
  | 'npmCommand'
  | 'pipCommand'
  | 'nugetCommand';

/** Kinds that only the Assay view knows. */
export type FurtherInstallType =
  | 'yarnCommand'
  | 'pnpmCommand'
  | 'bunCommand'
  | 'npxCommand'
  | 'uvCommand'
  | 'poetryCommand'
  | 'pipxCommand'
  | 'condaCommand'
  | 'cargoCommand'
  | 'gemCommand'
  | 'bundlerCommand'
  | 'composerCommand'
  | 'dotnetToolCommand'
  | 'brewCommand'
  | 'denoCommand'
  | 'systemPackageCommand'
  | 'powershellModuleCommand'
  | 'wingetCommand'
  | 'otherPackageCommand';

export type InstallType = ReferenceInstallType | FurtherInstallType;

/** `not-a-download`: nothing from outside is fetched, or it is not installed or run. */
export type Verdict = 'unpinned' | 'pinned' | 'not-a-download';

/** How firmly the thing is named, for readers of the result. */
export type PinKind = 'none' | 'version' | 'hash' | 'lockfile' | 'signature' | 'local';

/** What the Assay view says of one install. */
export interface Truth {
  readonly verdict: Verdict;
  /** Short reason, e.g. `verified-checksum`, `local`, `lockfile`, `no-hash`. */
  readonly why: string;
  readonly pinKind: PinKind;
  /** Files that would make an unpinned install pinned if the repository has them. */
  readonly pinnedBy?: PinningFiles;
}

/** What would fix the content of an install beside the command itself. */
export interface PinningFiles {
  /**
   * `lockfile`: one of the files exists; `hashes`: every file named has a hash for each requirement; `installed`: a
   * package of the repository brings the program; `local-package`: the repository has packages of these names.
   */
  readonly kind: 'lockfile' | 'hashes' | 'installed' | 'local-package';
  /** Base names of lock files, paths of requirement files as the command names them, the program, or packages. */
  readonly files: readonly string[];
}

/** What the reference says of one install; lines carry its quirks. */
export interface ReferenceView {
  readonly startLine: number;
  readonly endLine: number;
  readonly pinned: boolean;
}

/** One command that installs something, or fetches and runs it. */
export interface InstallRecord {
  readonly type: InstallType;
  /** The command in normal form (the reference's snippet). */
  readonly text: string;
  /** Absent: the reference does not report this command. */
  readonly reference?: ReferenceView;
  /** Absent when only the reference view was asked for. */
  readonly truth?: Truth;
  /** Where it really stands in the file, 1-based. */
  readonly startLine: number;
  readonly endLine: number;
  /** Line of the download when the record stands at the command that runs the file. */
  readonly downloadLine?: number;
}

/** A script (or a script inside a script) that cannot be read. */
export interface ShellParseError {
  readonly message: string;
  /** Lines as the reference gives them: those of the surrounding script, 0 for a whole file. */
  readonly startLine: number;
  readonly endLine: number;
  /** The script that failed. */
  readonly script: string;
}

export interface ShellAnalysis {
  readonly records: readonly InstallRecord[];
  readonly errors: readonly ShellParseError[];
  /**
   * Text of the failure that makes the reference give up on the whole scan (a download address that its
   * address parser refuses): for script files it ends the scan of all later ones, for Dockerfiles the check.
   */
  readonly abort?: string;
}
