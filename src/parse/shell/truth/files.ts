/** Downloaded files of a script and its neighbours, and whether they were checked. */
import { cleanPath } from '../address.ts';
import { baseName } from '../script-files.ts';
import type { Truth } from '../types.ts';

/** One file (or archive, or folder it was unpacked to) that came from outside. */
export interface FetchedFile {
  readonly path: string;
  /** What it is when run: pinned by its address, local, or unchecked. */
  truth: Truth;
  /** Lines of the download. */
  readonly startLine: number;
  readonly endLine: number;
  /** First part of the name of what was unpacked, and the folder. */
  unpacked: { readonly stem: string; readonly folder: string; isEntered: boolean } | undefined;
  /** The file it was made of. */
  origin?: FetchedFile;
  /** It is put into an image as it is. */
  isAdded?: true;
  /** A report for this file was made. */
  isReported: boolean;
}

/** True when two spellings may name the same file. */
export function isSameFile(path: string, other: string): boolean {
  if (endDiffers(path, other)) return false;
  const a = cleanPath(path);
  const b = cleanPath(other);
  if (a === b) return a !== '.' && a !== '/';
  if (a.includes('*') || b.includes('*')) return fitsPattern(a, b) || fitsPattern(b, a);
  if (a.startsWith('/') && b.startsWith('/')) return false;
  return a.endsWith(`/${b}`) || b.endsWith(`/${a}`);
}

/** The usual case, told without taking the paths apart: neither ends in something that stands for other letters. */
function endDiffers(path: string, other: string): boolean {
  const [a, b] = [path[path.length - 1], other[other.length - 1]];
  return a !== b && !OPEN_ENDS.has(a) && !OPEN_ENDS.has(b) && !path.includes('*') && !other.includes('*');
}

const OPEN_ENDS: ReadonlySet<string | undefined> = new Set([undefined, '/', '.']);

/** One star at most is understood; it stands for anything but a slash. */
function fitsPattern(pattern: string, path: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return false;
  const name = baseName(path);
  const own = baseName(pattern);
  const at = own.indexOf('*');
  if (at < 0) return false;
  const head = own.slice(0, at);
  const tail = own.slice(own.lastIndexOf('*') + 1);
  return name.length >= head.length + tail.length && name.startsWith(head) && name.endsWith(tail);
}

/** Leading letters of an archive's name: `node` of `node-v20.1-linux.tar.gz`. */
export function stemOf(name: string): string {
  return /^[A-Za-z][A-Za-z]{2,}/.exec(baseName(name))?.[0].toLowerCase() ?? '';
}

/** `x` of `x.tar.gz`. */
function archiveName(path: string): string {
  const name = baseName(path);
  return name.replace(/\.(?:tar(?:\.\w{1,4})?|t[gbx]z2?|zip|7z)$/, '');
}

const INSTALL_PLACES =
  /^(?:\/(?:usr|opt|bin|sbin|srv|root\/\.local|home\/[^/]+\/\.local)(?:\/|$)|~\/(?:\.local|bin|\.bin)|\$(?:HOME|\{HOME\})\/(?:\.local|bin|\.bin)|\$(?:RUNNER_TOOL_CACHE|GOPATH|GOBIN|CARGO_HOME|JAVA_HOME|PREFIX))/;

/** True for folders whose programs are run from anywhere. */
export function isInstallPlace(path: string): boolean {
  return INSTALL_PLACES.test(path) || /(?:^|\/)s?bin(?:\/|$)/.test(path);
}

/** Folders that hold more than what was unpacked there. */
const NO_FOLDER: ReadonlySet<string> = new Set(['.', '..', '/', '/tmp']);

/** True when a path lies in what was unpacked from this file. */
export function isInside(file: FetchedFile, path: string): boolean {
  const unpacked = file.unpacked;
  if (unpacked === undefined) return false;
  const { folder, stem } = unpacked;
  if (folder !== '' && !NO_FOLDER.has(folder) && (path === folder || path.startsWith(`${folder}/`)))
    return true;
  const [top = ''] = path.split('/', 1);
  if (top !== '' && top === archiveName(file.path) && folder === '') return true;
  if (stem === '') return false;
  const parts = path.toLowerCase().split('/');
  if (parts.some((part) => part.startsWith(stem))) return true;
  // `aws/install` of `awscliv2.zip`.
  const below = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
  const [first = '', second] = below.toLowerCase().split('/');
  return second !== undefined && first.length > 2 && stem.startsWith(first);
}
