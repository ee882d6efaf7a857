/**
 * A folder on disk as a repository. Synchronous on purpose: opening and reading a head costs 6 µs this way and six
 * times that with promises. Lists what the reference lists (file-checks 1.5): depth-first, in byte order of names,
 * `.git` left out, links to files followed, everything else that is no regular file left out.
 */
import * as fs from 'node:fs';
import {
  type Answer,
  type Doors,
  type FactKey,
  type Facts,
  type OpenFile,
  type RepoEntry,
  type RepoSnapshot,
  ScanError,
  unknown,
} from '../core/index.ts';
import { below, type Listed, linkTarget, list, type Place } from './folder-list.ts';
import { readGitFolder } from './git-folder.ts';
import type { Tracked } from './git-index.ts';
import { type IgnoreRules, isIgnored, rulesOf } from './ignored.ts';
import { NoticeLog } from './notice-log.ts';

/** Never waits on a FIFO and never follows a link that was swapped in after the listing. */
const OPEN_FLAGS = fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOFOLLOW ?? 0);

const WHY = 'a folder cannot tell; scan the repository by its name to see it';

/**
 * Opens a folder.
 * @throws ScanError target-not-found when nothing is there, target-unreadable when it is no folder or may not be read.
 */
export function openFolder(folder: string): RepoSnapshot {
  const root = readableFolder(folder);
  const git = readGitFolder(root);
  const notices = new NoticeLog();
  return {
    ref: {
      forge: 'local',
      name: git.name ?? `file://${root}`,
      host: git.host,
      owner: git.owner,
      repo: git.repo,
    },
    commit: git.commit ?? 'unknown',
    branch: git.branch,
    source: 'folder',
    files: () => walk(root, notices, git.tracked?.()),
    facts: async (keys) => folderFacts(keys),
    notices: () => notices.all(),
    close: async () => {},
  };
}

function readableFolder(folder: string): string {
  try {
    const root = fs.realpathSync.native(folder);
    if (!fs.statSync(root).isDirectory())
      throw new ScanError('target-unreadable', `${folder} is not a folder`);
    fs.readdirSync(root);
    return root;
  } catch (error) {
    if (error instanceof ScanError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT')
      throw new ScanError('target-not-found', `there is no folder ${folder}`, { cause: error });
    throw new ScanError('target-unreadable', `${folder} cannot be read (${code})`, { cause: error });
  }
}

function folderFacts(keys: readonly FactKey[]): Partial<Facts> {
  const answer: Answer<never> = unknown('unsupported', WHY);
  return Object.fromEntries(keys.map((key) => [key, answer]));
}

/** Doors of a folder: everything a forge would have to tell is unsupported. */
export function folderDoors(outside: Pick<Doors, 'ossFuzz' | 'vulnerabilities' | 'imageDigest'>): Doors {
  const unsupported = async () => unknown('unsupported', WHY);
  return {
    workflowRuns: unsupported,
    organisationFile: unsupported,
    privateReporting: unsupported,
    commitsByAuthor: unsupported,
    bestPracticesBadge: unsupported,
    packageProvenance: unsupported,
    attestations: unsupported,
    ...outside,
  };
}

interface Level {
  /** git ignores the folder and all in it. */
  readonly ignored: boolean;
  readonly rules: IgnoreRules | undefined;
  /** As shown. */
  readonly folder: string;
  readonly place: Place;
  readonly entries: readonly Listed[];
  next: number;
  /** The `.gitignore` of the folder, where it was read for its rules. */
  gitignore: Buffer | undefined;
}

function* walk(root: string, notices: NoticeLog, tracked: Tracked | undefined): Generator<RepoEntry> {
  const open = (folder: string, place: Place, ignored: boolean, outer: IgnoreRules | undefined): Level => {
    const entries = list(folder, place, notices);
    let gitignore: Buffer | undefined;
    const keep = (bytes: Buffer) => {
      gitignore = bytes;
    };
    const rules = ignored || !tracked ? undefined : rulesAt(root, folder, entries, tracked, outer, keep);
    return { folder, place, entries, ignored, rules, next: 0, gitignore };
  };
  const stack: Level[] = [open('', root, false, undefined)];
  const file = new FolderEntry(root);
  while (stack.length > 0) {
    const level = stack[stack.length - 1]!;
    const entry = level.entries[level.next++];
    if (entry === undefined) {
      stack.pop();
      continue;
    }
    const name = level.folder === '' ? entry.name : `${level.folder}/${entry.name}`;
    // Only odd names need a place of their own: all others follow from the path shown.
    const odd = entry.raw !== undefined || typeof level.place !== 'string';
    if (entry.isDirectory()) {
      if (entry.name === '.git') continue;
      const ignored = level.ignored || (tracked !== undefined && isIgnored(`${name}/`, tracked, level.rules));
      stack.push(open(name, below(level.place, entry), ignored, level.rules));
      continue;
    }
    let place = odd ? below(level.place, entry) : undefined;
    if (entry.isSymbolicLink()) {
      place = linkTarget(root, name, place ?? `${root}/${name}`, notices);
      if (place === undefined) continue;
    } else if (!entry.isFile()) continue;
    const ignored = level.ignored || (tracked !== undefined && isIgnored(name, tracked, level.rules));
    yield file.at(name, place, ignored, entry.name === '.gitignore' ? level.gitignore : undefined);
  }
}

/** Rules are read only in folders that hold something untracked. */
function rulesAt(
  root: string,
  folder: string,
  entries: readonly Listed[],
  tracked: Tracked,
  outer: IgnoreRules | undefined,
  keep: (bytes: Buffer) => void,
): IgnoreRules | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  const known = (name: string) => tracked.files.has(prefix + name) || tracked.folders.has(prefix + name);
  if (folder !== '' && entries.every((entry) => known(entry.name))) return outer;
  const around = folder === '' ? rulesOf(`${root}/.git/info/exclude`, '', outer) : outer;
  if (!entries.some((entry) => entry.name === '.gitignore')) return around;
  return rulesOf(`${root}/${prefix}.gitignore`, prefix, around, keep);
}

/** One entry object for the whole walk; valid until the next one, as the contract says. */
class FolderEntry implements RepoEntry {
  readonly kind = 'file';
  path = '';
  ignored = false;
  readonly #root: string;
  readonly #file = new OpenDiskFile();
  #target: Place | undefined;
  #known: Buffer | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  /** `known` are the bytes of a file that was read already. */
  at(name: string, target: Place | undefined, ignored: boolean, known: Buffer | undefined): this {
    this.path = name;
    this.ignored = ignored;
    this.#target = target;
    this.#known = known;
    return this;
  }

  get size(): undefined {
    return undefined;
  }

  open(): OpenFile {
    if (this.#known !== undefined) return knownFile(this.#known);
    return this.#file.open(this.#target ?? `${this.#root}/${this.path}`);
  }
}

const knownFile = (bytes: Buffer): OpenFile => ({
  head: (max) => bytes.subarray(0, max),
  whole: (max) => ({ bytes: bytes.subarray(0, max), truncated: bytes.length > max }),
  close: () => {},
});

const BUFFER_BYTES = 256 * 1024;
const shared = Buffer.allocUnsafeSlow(BUFFER_BYTES);

/** Reads the one file that is open right now through a buffer shared by all files. */
class OpenDiskFile implements OpenFile {
  #fd = -1;
  #read = 0;
  #ended = false;

  open(file: Place): this {
    this.#fd = fs.openSync(file, OPEN_FLAGS);
    this.#read = 0;
    this.#ended = false;
    return this;
  }

  head(max: number): Uint8Array {
    this.#fill(shared, Math.min(max, BUFFER_BYTES));
    return shared.subarray(0, this.#read);
  }

  whole(max: number): { bytes: Uint8Array; truncated: boolean } {
    // One byte more than allowed tells whether there is more.
    this.#fill(shared, Math.min(max + 1, BUFFER_BYTES));
    let buffer = shared;
    while (!this.#ended && this.#read <= max) {
      const size = Math.min(max + 1, Math.max(buffer.length * 2, fs.fstatSync(this.#fd).size + 1));
      if (size <= this.#read) break;
      const larger = Buffer.allocUnsafe(size);
      buffer.copy(larger, 0, 0, this.#read);
      buffer = larger;
      this.#fill(buffer, size);
    }
    const truncated = this.#read > max;
    return { bytes: buffer.subarray(0, Math.min(this.#read, max)), truncated };
  }

  #fill(buffer: Buffer, until: number): void {
    while (!this.#ended && this.#read < until) {
      const count = fs.readSync(this.#fd, buffer, this.#read, until - this.#read, this.#read);
      // A regular file gives all it has at once, so a short read of a head is the end: one call less per file.
      if (count < until - this.#read) this.#ended = true;
      this.#read += count;
    }
  }

  close(): void {
    if (this.#fd >= 0) fs.closeSync(this.#fd);
    this.#fd = -1;
  }
}
