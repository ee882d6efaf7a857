/** What is to be looked at, from the target options or the word on the command line. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ScanError } from '../core/index.ts';

/** A folder, git repository or archive on this machine (`-`: an archive on standard input), or a repository by name. */
export type Target =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'repository'; readonly name: string }
  /** The repository a package is made from: a package URL, or `npm:NAME[@VERSION]` and the like. */
  | { readonly kind: 'package'; readonly name: string };

/** How a target is written, for messages. */
export function targetText(target: Target): string {
  return target.kind === 'folder' ? target.path : target.name;
}

/**
 * The path a `file:` address names; it stands for that path, and is read as such, never fetched.
 * @throws ScanError usage when it names another machine or no path
 */
export function pathOf(address: string): string {
  try {
    return fileURLToPath(address);
  } catch (error) {
    throw new ScanError('usage', `${address} names no path on this machine`, { cause: error });
  }
}

/** True for addresses of files on this machine. */
export function isFileAddress(text: string): boolean {
  return /^file:\/\//i.test(text);
}

/**
 * The target a word names: a folder that exists or looks like a path, else a repository name or address.
 * @throws ScanError target-not-found for anything that can be neither.
 */
export function targetOf(text: string): Target {
  if (isFileAddress(text)) return { kind: 'folder', path: pathOf(text) };
  if (text === '-' || looksLikePath(text) || existsSync(text)) return { kind: 'folder', path: text };
  if (/^pkg:/i.test(text)) return { kind: 'package', name: text };
  if (looksLikeRepository(text)) return { kind: 'repository', name: text };
  throw new ScanError('target-not-found', `there is no folder ${text}`);
}

function looksLikePath(text: string): boolean {
  return /^(?:\.{1,2}(?:[\\/]|$)|[\\/~]|[A-Za-z]:[\\/])/.test(text);
}

function looksLikeRepository(text: string): boolean {
  return /^[a-z+]+:\/\/|^[\w.-]+(?::\d+)?\/[\w.-]+(?:\/[\w.-]+)*$|^[\w.-]+@[\w.-]+:/i.test(text);
}
