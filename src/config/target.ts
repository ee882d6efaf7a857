/** What is to be looked at, from the target options or the word on the command line. */
import { existsSync } from 'node:fs';
import { ScanError } from '../core/index.ts';

/** A folder or archive on this machine, `-` for an archive on standard input; the other kinds of target join here. */
export interface Target {
  readonly kind: 'folder';
  readonly path: string;
}

/**
 * The target a word names: a folder that exists or looks like a path, else a repository name or address.
 * @throws ScanError usage for anything that can be neither.
 */
export function targetOf(text: string): Target {
  if (text === '-' || looksLikePath(text) || existsSync(text)) return { kind: 'folder', path: text };
  if (looksLikeRepository(text))
    throw new ScanError(
      'usage',
      `${text} is no folder here, and this version reads folders only (check it out and name the folder)`,
    );
  throw new ScanError('target-not-found', `there is no folder ${text}`);
}

function looksLikePath(text: string): boolean {
  return /^(?:\.{1,2}(?:[\\/]|$)|[\\/~]|[A-Za-z]:[\\/])/.test(text);
}

function looksLikeRepository(text: string): boolean {
  return /^[a-z+]+:\/\/|^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*$|^[\w.-]+@[\w.-]+:/i.test(text);
}
