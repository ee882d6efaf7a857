/**
 * `.gitignore` as osv-scanner applies it when it looks for lock files: each file on its own, without the index, so that
 * a lock file that is committed and ignored is not read (file-checks 13.1).
 */
import { type GlobMatcher, globMatcher } from './glob.ts';

interface Pattern {
  readonly include: boolean;
  /** A path matches when one of these does. */
  readonly globs: readonly string[];
}

const MAX_PATTERNS = 1000;
/** Steps that all comparisons of one scan may take, a second or two; usual repositories need a hundredth. */
const MOST_STEPS = 50_000_000;

/** For the files of one scan, which share the time there is. */
export const gitignoreTime = (): GlobMatcher => globMatcher(MOST_STEPS);

/**
 * Tells whether a file, relative to the folder of the `.gitignore`, is ignored by its lines: the last that fits decides.
 * Comparisons beyond what `time` has left fit nothing.
 */
export function gitignoreMatcher(lines: readonly string[]): (path: string, time?: GlobMatcher) => boolean {
  const patterns = lines.slice(0, MAX_PATTERNS).flatMap(patternOf).reverse();
  return (path, time = gitignoreTime()) => {
    const decisive = patterns.find(({ globs }) => globs.some((glob) => time.matches(glob, path)));
    return decisive !== undefined && !decisive.include;
  };
}

/** Lines that say something, as they are kept. */
export function gitignoreLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line.trim() !== '' && !line.startsWith('#') && line.length <= 900);
}

/** What a pattern names counts at any depth unless it has a slash, and covers all that lies below. */
function patternOf(line: string): Pattern[] {
  const include = line.startsWith('!');
  let glob = (include ? line.slice(1) : line).replace(/(?<!\\)\s+$/, '');
  const foldersOnly = glob.endsWith('/');
  if (foldersOnly) glob = glob.slice(0, -1);
  const anchored = glob.includes('/');
  if (glob.startsWith('/')) glob = glob.slice(1);
  if (glob === '') return [];
  const whole = anchored ? `/${glob}` : `**/${glob}`;
  return [{ include, globs: foldersOnly ? [`${whole}/**`] : [whole, `${whole}/**`] }];
}
