import { cleanPath } from '../address.ts';
import type { ScriptSource } from '../source.ts';
import type { InstallType, Truth } from '../types.ts';
import type { Variables } from './command.ts';
import type { FetchedFile } from './files.ts';

/** What the scripts of one Dockerfile or job know of each other. */
export interface TruthMemory {
  readonly variables: Variables;
  /** Variables that hold a downloaded text. */
  readonly fetchedVariables: Map<string, Truth>;
  /** Where the script begins to work, beneath the workspace. */
  folder?: string;
  /** Packages that commands installed. */
  readonly installed: Set<string>;
  /** Downloaded files, oldest first. */
  readonly files: FetchedFile[];
}

export function newTruthMemory(): TruthMemory {
  return { variables: new Map(), fetchedVariables: new Map(), installed: new Set(), files: [] };
}

/** One verdict, still tied to its script. */
export interface TruthHit {
  readonly type: InstallType;
  readonly truth: Truth;
  readonly source: ScriptSource;
  readonly pos: number;
  readonly end: number;
  /** The command in normal form; made when needed. */
  text(): string;
  readonly downloadLine?: number;
  /** The file was reported before; only of use where the reference reports the place, too. */
  readonly isRepeat: boolean;
}

/** Downloaded files kept in mind. */
const MAX_FILES = 64;

/** Notes a downloaded file; the oldest is forgotten when there are too many. */
export function rememberFile(
  memory: TruthMemory,
  path: string,
  truth: Truth,
  startLine: number,
  endLine: number,
): FetchedFile {
  const { files } = memory;
  const file: FetchedFile = {
    path: cleanPath(path),
    truth,
    startLine,
    endLine,
    unpacked: undefined,
    isReported: false,
  };
  if (files.length >= MAX_FILES) files.shift();
  files.push(file);
  return file;
}
