/** What the `.git` of a folder tells without running git: commit, branch and where it came from. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readTracked, type Tracked } from './git-index.ts';

export interface GitFolder {
  /** Full commit id of HEAD. */
  readonly commit?: string;
  readonly branch?: string;
  /** `host/owner/name` of the remote `origin`. */
  readonly name?: string;
  readonly host?: string;
  readonly owner?: string;
  readonly repo?: string;
  /** Paths that git tracks; read when asked for, undefined when that is not known. */
  readonly tracked?: () => Tracked | undefined;
}

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const MAX_BYTES = 16 * 1024 * 1024;

/** What the `.git` of a folder tells; anything unreadable is simply not known. Never throws. */
export function readGitFolder(root: string): GitFolder {
  const git = gitFolderOf(path.join(root, '.git'));
  return git === undefined ? {} : readGitDirectory(git);
}

/** The git directory of a work tree or of a bare repository; undefined when the folder is neither. */
export function gitDirectoryOf(root: string): string | undefined {
  const inside = gitFolderOf(path.join(root, '.git'));
  if (inside !== undefined) return inside;
  const isBare = read(path.join(root, 'HEAD')) !== undefined && fs.existsSync(path.join(root, 'objects'));
  return isBare ? root : undefined;
}

/** Reads HEAD and the origin of a git directory. Never throws. */
export function readGitDirectory(git: string): GitFolder {
  const head = read(path.join(git, 'HEAD'))?.trim() ?? '';
  const common = commonFolder(git);
  const ref = head.startsWith('ref: ') ? head.slice(5).trim() : undefined;
  const commit = COMMIT.test(head) ? head : ref === undefined ? undefined : resolveRef(git, common, ref);
  const config = read(path.join(common, 'config')) ?? '';
  return {
    tracked: () => readTracked(path.join(git, 'index'), /objectformat\s*=\s*sha256/i.test(config)),
    commit,
    branch: ref?.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : undefined,
    ...parseRemote(originUrl(config)),
  };
}

/** Files of a git directory that git opens by name: a pipe in their place would hold it up for ever. */
const OPENED = [
  'HEAD',
  'config',
  'config.worktree',
  'packed-refs',
  'shallow',
  'info/grafts',
  'objects/info/alternates',
  'objects/info/commit-graph',
];

/** The first file of a git directory that is a pipe, a device or the like; undefined when all are what they should be. */
export function oddFileOf(git: string): string | undefined {
  const common = commonFolder(git);
  for (const name of OPENED) {
    for (const folder of common === git ? [git] : [git, common]) {
      const place = path.join(folder, name);
      if (isOdd(place)) return place;
    }
  }
  return undefined;
}

/** What cannot be looked at is left for git to complain about. */
function isOdd(place: string): boolean {
  try {
    return !fs.statSync(place).isFile();
  } catch {
    return false;
  }
}

/** `.git` is a folder, or in work trees and submodules a file that names it. */
function gitFolderOf(place: string): string | undefined {
  try {
    if (fs.statSync(place).isDirectory()) return place;
  } catch {
    return undefined;
  }
  const text = read(place);
  return text?.startsWith('gitdir: ') ? pathIn(path.dirname(place), text.slice(8)) : undefined;
}

/** A path that a file of the repository names; undefined for one that no file can have, or on another machine. */
function pathIn(folder: string, text: string): string | undefined {
  const named = text.trim();
  if (named.length > 4096 || /[\0-\x1f]/.test(named) || /^[\\/]{2}/.test(named)) return undefined;
  return path.resolve(folder, named);
}

function commonFolder(git: string): string {
  const text = read(path.join(git, 'commondir'))?.trim();
  return (text && pathIn(git, text)) || git;
}

function resolveRef(git: string, common: string, ref: string): string | undefined {
  if (!ref.startsWith('refs/') || ref.split('/').includes('..')) return undefined;
  for (const folder of [git, common]) {
    const id = read(path.join(folder, ref))?.trim();
    if (id !== undefined && COMMIT.test(id)) return id;
  }
  for (const line of (read(path.join(common, 'packed-refs')) ?? '').split('\n')) {
    if (line.endsWith(` ${ref}`) && COMMIT.test(line.slice(0, line.indexOf(' '))))
      return line.slice(0, line.indexOf(' '));
  }
  return undefined;
}

function read(file: string): string | undefined {
  try {
    const stat = fs.statSync(file);
    return stat.isFile() && stat.size <= MAX_BYTES ? fs.readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** The `url` of `[remote "origin"]` in a git configuration text. */
function originUrl(config: string): string | undefined {
  let inOrigin = false;
  for (const line of config.split('\n')) {
    const text = line.trim();
    if (text.startsWith('[')) inOrigin = text === '[remote "origin"]';
    else if (inOrigin && text.startsWith('url')) {
      const equals = text.indexOf('=');
      if (equals > 0 && text.slice(0, equals).trim() === 'url') return text.slice(equals + 1).trim();
    }
  }
  return undefined;
}

/**
 * `host/owner/name` of a remote address in URL or scp form; credentials are dropped. Paths on this machine and
 * addresses without owner and name give nothing.
 */
export function parseRemote(url: string | undefined): Pick<GitFolder, 'name' | 'host' | 'owner' | 'repo'> {
  if (url === undefined) return {};
  const scp = /^(?:[\w.-]+@)?([\w.-]+\.[\w-]+):(?!\/\/)(.+)$/.exec(url);
  let host: string;
  let rest: string;
  if (scp) {
    [host, rest] = [scp[1]!, scp[2]!];
  } else {
    const parsed = URL.parse(url);
    if (!parsed || !/^(https?|ssh|git|git\+ssh|git\+https):$/.test(parsed.protocol)) return {};
    [host, rest] = [parsed.host, parsed.pathname];
  }
  const parts = rest
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter((part) => part !== '');
  if (host === '' || parts.length < 2) return {};
  const [owner, repo] = [parts.slice(0, -1).join('/'), parts.at(-1)!];
  return { name: `${host}/${owner}/${repo}`, host, owner, repo };
}
