/**
 * `.gitignore` as osv-scanner applies it when it looks for lock files: each file on its own, without the index, so that
 * a lock file that is committed and ignored is not read (file-checks 13.1).
 */
import { matchesGlob } from '../glob.ts';

interface Pattern {
  readonly include: boolean;
  readonly foldersOnly: boolean;
  /** Compared with each path element when it has no slash. */
  readonly glob: string;
  readonly anchored: boolean;
}

const MAX_PATTERNS = 2000;

/** Tells whether a path, relative to the folder of the `.gitignore`, is ignored by its lines. */
export function gitignoreMatcher(lines: readonly string[]): (path: string, isFolder: boolean) => boolean {
  const patterns = lines.slice(0, MAX_PATTERNS).flatMap(patternOf).reverse();
  return (path, isFolder) => {
    const decisive = patterns.find((pattern) => applies(pattern, path, isFolder));
    return decisive !== undefined && !decisive.include;
  };
}

/** Lines that say something, as they are kept. */
export function gitignoreLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '' && !line.startsWith('#') && line.length <= 1000);
}

function patternOf(line: string): Pattern[] {
  const include = line.startsWith('!');
  let glob = (include ? line.slice(1) : line).replace(/(?<!\\)\s+$/, '');
  const foldersOnly = glob.endsWith('/');
  if (foldersOnly) glob = glob.slice(0, -1);
  const anchored = glob.includes('/');
  if (glob.startsWith('/')) glob = glob.slice(1);
  return glob === '' ? [] : [{ include, foldersOnly, glob, anchored }];
}

/** A pattern also covers all that lies below what it names. */
function applies({ glob, anchored, foldersOnly }: Pattern, path: string, isFolder: boolean): boolean {
  const parts = path.split('/');
  for (let end = 1; end <= parts.length; end++) {
    const isLast = end === parts.length;
    if (foldersOnly && isLast && !isFolder) return false;
    const subject = anchored ? parts.slice(0, end).join('/') : parts[end - 1]!;
    if (anchored ? matchesGlob(`/${glob}`, subject) : matchesGlob(glob, subject)) return true;
  }
  return false;
}
