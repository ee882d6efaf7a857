/** Chooses the source by the form of the target. Archives and git are loaded only when needed. */
import * as fs from 'node:fs';
import type { RepoSnapshot } from '../core/index.ts';
import { ScanError } from '../core/index.ts';
import { openFolder } from './folder.ts';
import { looksLikeGitUrl } from './git-url.ts';

export type SourceKind = RepoSnapshot['source'];

export interface SourceOptions {
  /** Commit, tag or branch; the files as they are (folder), HEAD (git) when absent. */
  readonly commit?: string;
  /** Overrules the choice by form. */
  readonly source?: SourceKind;
  /** Transports for git addresses beyond https and ssh. */
  readonly protocols?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Opens a folder, a git repository (a folder with `commit`, a bare repository, an address) or an archive (`-`, or a file
 * named `.tar`, `.tar.gz`, `.tgz`, `.tar.zst`, `.zip`, or any other regular file).
 * @throws ScanError usage when the options do not fit the target, target-not-found, target-unreadable, target-empty.
 */
export async function openSource(target: string, options: SourceOptions = {}): Promise<RepoSnapshot> {
  const kind = options.source ?? sourceOf(target, options.commit);
  if (kind !== 'git' && options.commit !== undefined)
    throw new ScanError(
      'usage',
      `the commit of ${kind === 'folder' ? 'a folder' : 'an archive'} cannot be chosen`,
    );
  if (kind === 'folder') return openFolder(target);
  if (kind === 'archive')
    return (await import('./archive.ts')).openArchive(target, { signal: options.signal });
  const { openGit } = await import('./git.ts');
  return openGit(target, options);
}

/** What a target is, by its form. */
export function sourceOf(target: string, commit?: string): SourceKind {
  if (target === '-') return 'archive';
  let stat: fs.Stats | undefined;
  try {
    stat = fs.statSync(target);
  } catch {
    if (looksLikeGitUrl(target)) return 'git';
  }
  if (stat !== undefined && !stat.isDirectory()) return 'archive';
  if (stat === undefined) return /\.(?:tar|tgz|zip|tar\.\w+)$/i.test(target) ? 'archive' : 'folder';
  return commit !== undefined || isBare(target) ? 'git' : 'folder';
}

/** A folder that holds a repository and no work tree. */
function isBare(folder: string): boolean {
  const has = (name: string) => fs.existsSync(`${folder}/${name}`);
  return (
    !has('.git') && has('HEAD') && has('objects') && (has('refs') || has('packed-refs')) && has('config')
  );
}
