/**
 * A git repository at any commit, tag or branch, without a work tree: the tree is listed by `git ls-tree`, contents come
 * from `git cat-file --batch`, so neither filters nor attributes, hooks nor line-end rules have a say. A repository by
 * address is first fetched, one commit deep, into a temporary folder that `close()` removes.
 */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import {
  type FactKey,
  type Facts,
  type MaybePromise,
  type OpenFile,
  type RepoEntry,
  type RepoRef,
  type RepoSnapshot,
  ScanError,
  unknown,
} from '../core/index.ts';
import { ARCHIVE_LIMITS } from './archive-limits.ts';
import { BlobStream, openBlob } from './git-blobs.ts';
import { gitDirectoryOf, oddFileOf, parseRemote, readGitDirectory } from './git-folder.ts';
import { GitFailed, type GitRun, gitBytes, gitOutput } from './git-run.ts';
import { linkFollower, readTree, type TreeEntry, tooManyEntries } from './git-tree.ts';
import { GIT_PROTOCOLS, type GitUrl, looksLikeGitUrl, readGitUrl } from './git-url.ts';
import { NoticeLog } from './notice-log.ts';

export interface GitOptions {
  /** Commit, tag or branch; HEAD when absent. */
  readonly commit?: string;
  /** Transports for addresses (https and ssh when absent). */
  readonly protocols?: readonly string[];
  readonly ref?: RepoRef;
  readonly facts?: (keys: readonly FactKey[]) => Promise<Partial<Facts>>;
  readonly signal?: AbortSignal;
  /** Seconds git may be silent. */
  readonly idleSeconds?: number;
  readonly maxEntries?: number;
}

/** Longer blobs get a git of their own, so that a head does not cost the whole. */
const LONG_BLOB = 16 * 1024 * 1024;
const MAX_LISTING = 512 * 1024 * 1024;
/** A link's target: longer ones lead nowhere on any system. */
const MAX_TARGET = 4096;

/** Names are resolved in milliseconds; longer means that git waits for something that never comes. */
const RESOLVE_SECONDS = 30;

const WHY = 'a git repository cannot tell; scan the repository by its name to see it';

type Repository = Pick<GitRun, 'gitDir' | 'signal' | 'idleSeconds'>;

/**
 * Opens a repository: a folder with a `.git`, a bare repository, or an address (`https://`, `ssh://`, `user@host:path`).
 * @throws ScanError usage (a transport that is not allowed, a commit that is no name), target-not-found (repository,
 *   commit), target-empty, target-unreadable.
 */
export async function openGit(target: string, options: GitOptions = {}): Promise<RepoSnapshot> {
  mustBeRevision(options.commit);
  const download = looksLikeGitUrl(target) ? await fetchRepository(target, options) : undefined;
  try {
    const gitDir = download?.gitDir ?? localDirectory(target);
    const snapshot = await openCommit(
      { gitDir, signal: options.signal, idleSeconds: options.idleSeconds },
      target,
      {
        ...options,
        commit: download?.commit ?? options.commit,
        ref: options.ref ?? download?.ref,
      },
    );
    if (download === undefined) return snapshot;
    const close = async () => {
      await snapshot.close();
      download.remove();
    };
    return { ...snapshot, close };
  } catch (error) {
    download?.remove();
    throw error;
  }
}

async function openCommit(
  repository: Repository,
  target: string,
  options: GitOptions,
): Promise<RepoSnapshot> {
  const { commit, branch } = await resolve(repository, options.commit);
  const notices = new NoticeLog();
  const maxEntries = options.maxEntries ?? ARCHIVE_LIMITS.maxEntries;
  const tree = readTree(await failing(listing(repository, commit, maxEntries)), maxEntries, notices);
  const known = readGitDirectory(repository.gitDir!);
  const open = new Set<BlobStream>();
  return {
    ref: options.ref ?? {
      forge: 'local',
      name: known.name ?? `file://${path.resolve(target)}`,
      host: known.host,
      owner: known.owner,
      repo: known.repo,
    },
    commit,
    branch,
    source: 'git',
    files: (wanted) => entriesOf(repository, tree, wanted ?? (() => true), notices, open),
    facts:
      options.facts ??
      (async (keys) => Object.fromEntries(keys.map((key) => [key, unknown('unsupported', WHY)]))),
    notices: () => notices.all(),
    close: async () => void (await Promise.all([...open].map((stream) => stream.close()))),
  };
}

/** The listing of a tree, given up as soon as it is too long: trees inside trees make billions of entries of nothing. */
async function listing(repository: Repository, commit: string, maxEntries: number): Promise<Buffer> {
  const args = ['ls-tree', '-r', '-z', '-l', '--full-tree', commit];
  const chunks: Buffer[] = [];
  let [length, entries] = [0, 0];
  for await (const chunk of gitBytes({ ...repository, args })) {
    chunks.push(chunk);
    length += chunk.length;
    for (let at = chunk.indexOf(0); at >= 0; at = chunk.indexOf(0, at + 1)) entries++;
    if (entries > maxEntries || length > MAX_LISTING) throw tooManyEntries(maxEntries);
  }
  return Buffer.concat(chunks, length);
}

async function* entriesOf(
  repository: Repository,
  tree: readonly TreeEntry[],
  wanted: (path: string) => boolean,
  notices: NoticeLog,
  open: Set<BlobStream>,
): AsyncGenerator<RepoEntry> {
  const contents = await contentsOf(repository, tree, notices);
  const streamed = contents.map(
    (blob, index) => blob?.size !== undefined && blob.size <= LONG_BLOB && wanted(tree[index]!.path),
  );
  const asked = contents.filter((_, index) => streamed[index]) as TreeEntry[];
  // One content may stand at a million paths.
  if (asked.reduce((sum, { size }) => sum + size!, 0) > ARCHIVE_LIMITS.maxBytes)
    throw new ScanError(
      'target-unreadable',
      `the repository goes beyond a limit: its files hold more than ${ARCHIVE_LIMITS.maxBytes} bytes`,
    );
  const blobs = new BlobStream(
    repository,
    asked.map(({ blob }) => blob),
  );
  open.add(blobs);
  const entry = new GitEntry(repository, blobs.file);
  try {
    for (let index = 0; index < tree.length; index++) {
      const listed = tree[index]!;
      const content = contents[index];
      if (content === undefined && listed.kind !== 'submodule') continue;
      let there = content?.size !== undefined;
      if (streamed[index]) {
        const next = blobs.next();
        there = next instanceof Promise ? await next : next;
      }
      yield entry.at(listed, content, there, streamed[index] === true);
    }
  } finally {
    open.delete(blobs);
    await blobs.close();
  }
}

/** By entry: the file whose content it shows; undefined for submodules and for links that are left out. */
async function contentsOf(
  repository: Repository,
  tree: readonly TreeEntry[],
  notices: NoticeLog,
): Promise<(TreeEntry | undefined)[]> {
  const links = tree.filter(({ kind }) => kind === 'symlink');
  if (links.length === 0) return tree.map((entry) => (entry.kind === 'file' ? entry : undefined));
  const follow = linkFollower(tree, await targetsOf(repository, links));
  return tree.map((entry) => {
    if (entry.kind === 'file') return entry;
    if (entry.kind === 'submodule') return undefined;
    const end = follow(entry.path);
    if (end === 'outside')
      notices.add('link-outside', 'the link leads out of the repository and is not followed', entry.path);
    else if (end === 'dangling') notices.add('link-dangling', 'the link leads nowhere', entry.path);
    return typeof end === 'string' ? undefined : end;
  });
}

async function targetsOf(repository: Repository, links: readonly TreeEntry[]): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  const readable = links.filter(({ size }) => size !== undefined && size <= MAX_TARGET);
  const blobs = new BlobStream(
    repository,
    readable.map(({ blob }) => blob),
  );
  try {
    for (const link of links) targets.set(link.path, '');
    for (const link of readable) {
      if (!(await blobs.next())) continue;
      const { bytes } = await blobs.file.whole(MAX_TARGET);
      targets.set(link.path, Buffer.from(bytes).toString('utf8'));
    }
  } finally {
    await blobs.close();
  }
  return targets;
}

/** One object for the whole walk; valid until the next entry. */
class GitEntry implements RepoEntry {
  path = '';
  kind: RepoEntry['kind'] = 'file';
  size: number | undefined;
  blob: string | undefined;
  #there = true;
  #streamed = false;
  readonly #repository: Repository;
  readonly #file: OpenFile;

  constructor(repository: Repository, file: OpenFile) {
    this.#repository = repository;
    this.#file = file;
  }

  at(listed: TreeEntry, content: TreeEntry | undefined, there: boolean, streamed: boolean): this {
    this.path = listed.path;
    this.kind = content === undefined ? 'submodule' : 'file';
    this.size = content?.size;
    this.blob = content?.blob ?? listed.blob;
    this.#there = there;
    this.#streamed = streamed;
    return this;
  }

  open(): MaybePromise<OpenFile> {
    if (!this.#there) throw new Error(`the object ${this.blob} is not in the repository`);
    return this.#streamed ? this.#file : openBlob(this.#repository, this.blob!, this.size!);
  }
}

/** Full commit id and, where a branch was named, the branch. */
async function resolve(
  repository: Repository,
  commit: string | undefined,
): Promise<{ commit: string; branch: string | undefined }> {
  const parse = async (...args: string[]) => {
    const idleSeconds = repository.idleSeconds ?? RESOLVE_SECONDS;
    const output = await gitOutput({ ...repository, idleSeconds, args: ['rev-parse', ...args] });
    return output.toString('utf8').trim();
  };
  const name = commit ?? 'HEAD';
  try {
    const id = await parse('--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
    const ids = id.split('\n').at(-1)!;
    const full = await parse('--symbolic-full-name', '--end-of-options', name).catch(() => '');
    const ref = full.split('\n').at(-1)!;
    return {
      commit: ids,
      branch: ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined,
    };
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    if (
      error.stderr.trim() !== '' &&
      !/unknown revision|ambiguous argument|Needed a single revision/.test(error.stderr)
    )
      throw new ScanError('target-unreadable', `the repository cannot be read: ${error.message}`, {
        cause: error,
      });
    if (commit === undefined)
      throw new ScanError('target-empty', 'the repository has no commits', { cause: error });
    throw new ScanError('target-not-found', `the repository has no commit, tag or branch ${commit}`, {
      cause: error,
    });
  }
}

/** @throws ScanError usage: git would take it for an option or a command. */
function mustBeRevision(commit: string | undefined): void {
  if (commit === undefined) return;
  if (commit === '' || commit.length > 1024 || commit.startsWith('-') || /[\0-\x20\x7f:]/.test(commit))
    throw new ScanError('usage', `${JSON.stringify(commit)} is no name of a commit, tag or branch`);
}

/** @throws ScanError target-not-found, target-unreadable */
function localDirectory(target: string): string {
  if (!fs.existsSync(target)) throw new ScanError('target-not-found', `there is no folder ${target}`);
  const gitDir = gitDirectoryOf(target);
  if (gitDir === undefined) throw new ScanError('target-unreadable', `${target} is no git repository`);
  const odd = oddFileOf(gitDir);
  if (odd !== undefined)
    throw new ScanError('target-unreadable', `the repository cannot be read: ${odd} is no regular file`);
  return path.resolve(gitDir);
}

interface Download {
  readonly gitDir: string;
  readonly commit: string;
  readonly ref: RepoRef;
  remove(): void;
}

/** One commit of a repository by address, in a temporary bare repository. */
async function fetchRepository(target: string, options: GitOptions): Promise<Download> {
  const protocols = options.protocols ?? GIT_PROTOCOLS;
  const address = readGitUrl(target, protocols);
  const gitDir = fs.mkdtempSync(path.join(tmpdir(), 'assay-git-'));
  const remove = () => fs.rmSync(gitDir, { recursive: true, force: true, maxRetries: 3 });
  const { name, host, owner, repo } = parseRemote(address.url);
  try {
    await gitOutput({ args: ['init', '--quiet', '--bare', '--template=', gitDir] });
    await fetchCommit(gitDir, address, { ...options, protocols });
  } catch (error) {
    remove();
    throw failure(error, address, options);
  }
  return {
    gitDir,
    commit: 'refs/assay/target',
    ref: { forge: 'local', name: name ?? address.url, host, owner, repo },
    remove,
  };
}

async function fetchCommit(gitDir: string, address: GitUrl, options: GitOptions): Promise<void> {
  const { signal, protocols } = options;
  const idleSeconds = options.idleSeconds ?? 300;
  const from = `+${options.commit ?? 'HEAD'}:refs/assay/target`;
  const args = [
    'fetch',
    '--quiet',
    '--depth=1',
    '--no-tags',
    '--no-write-fetch-head',
    '--',
    address.url,
    from,
  ];
  await gitOutput({ args, gitDir, protocols, signal, idleSeconds, secret: address.secret });
}

function failure(error: unknown, address: GitUrl, options: GitOptions): unknown {
  if (!(error instanceof GitFailed)) return error;
  const { stderr, message } = error;
  if (/couldn't find remote ref HEAD/.test(stderr))
    return new ScanError('target-empty', `${address.url} has no commits`, { cause: error });
  if (
    /couldn't find remote ref|not our ref|invalid refspec|does not allow request for unadvertised/.test(
      stderr,
    )
  )
    return new ScanError(
      'target-not-found',
      `${address.url} has no commit, tag or branch ${options.commit}`,
      { cause: error },
    );
  if (/not found|does not exist|could not read Username|does not appear to be a git repository/i.test(stderr))
    return new ScanError('target-not-found', `${address.url} does not exist or is not visible (${message})`, {
      cause: error,
    });
  if (/Authentication failed|Permission denied|HTTP 40[13]|returned error: 40[13]/i.test(stderr))
    return new ScanError('unauthorized', `${address.url} refuses access (${message})`, { cause: error });
  return new ScanError('network', `${address.url} cannot be fetched (${message})`, { cause: error });
}

/** Failures of git on a repository that is there mean damage. */
async function failing<T>(run: Promise<T>): Promise<T> {
  try {
    return await run;
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error;
    const why = /promisor/.test(error.stderr)
      ? 'it is a partial clone without the contents of this commit; run "git fetch --refetch --no-filter", or scan its address'
      : `it is damaged: ${error.message}`;
    throw new ScanError('target-unreadable', `the repository cannot be read: ${why}`, { cause: error });
  }
}
