/**
 * Files of a checkout that git ignores: build results, installed packages. The reference scans them with the rest; they
 * are no part of the repository. A tracked file is never ignored, whatever `.gitignore` says.
 */
import * as fs from 'node:fs';
import { gitignoreLines, gitignoreMatcher, gitignoreTime } from '../core/gitignore.ts';
import type { GlobMatcher } from '../core/glob.ts';
import type { Tracked } from './git-index.ts';

type Matcher = ReturnType<typeof gitignoreMatcher>;

/** The rules of one checkout share the time there is for comparing them. */
const times = new WeakMap<Tracked, GlobMatcher>();

function timeOf(tracked: Tracked): GlobMatcher {
  const time = times.get(tracked) ?? gitignoreTime();
  times.set(tracked, time);
  return time;
}

const MAX_BYTES = 1024 * 1024;

/** Rules that hold in one folder and below. */
export interface IgnoreRules {
  /** Folder of the `.gitignore`, with a closing slash; empty for the root. */
  readonly prefix: string;
  readonly matches: Matcher;
  readonly outer: IgnoreRules | undefined;
}

/**
 * Reads the rules of one folder, if it has any. `outer` are those around it; `keep` is given what was read, so that
 * nobody need open the file again.
 */
export function rulesOf(
  file: string,
  prefix: string,
  outer: IgnoreRules | undefined,
  keep?: (bytes: Buffer) => void,
): IgnoreRules | undefined {
  try {
    const stat = fs.lstatSync(file);
    if (!stat.isFile() || stat.size > MAX_BYTES) return outer;
    const bytes = fs.readFileSync(file);
    keep?.(bytes);
    const lines = gitignoreLines(bytes.toString('utf8'));
    return lines.length === 0 ? outer : { prefix, matches: gitignoreMatcher(lines), outer };
  } catch {
    return outer;
  }
}

/** True when the rules ignore an untracked path; a folder is asked with a closing slash. */
export function isIgnored(path: string, tracked: Tracked, rules: IgnoreRules | undefined): boolean {
  const folder = path.endsWith('/');
  if (folder ? tracked.folders.has(path.slice(0, -1)) : tracked.files.has(path)) return false;
  for (let at = rules; at !== undefined; at = at.outer) {
    if (!path.startsWith(at.prefix)) continue;
    // "name/" covers what lies below, so a folder is asked by something inside it.
    if (at.matches(path.slice(at.prefix.length) + (folder ? 'x' : ''), timeOf(tracked))) return true;
  }
  return false;
}
