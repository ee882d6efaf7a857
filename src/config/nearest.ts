/** Finds what a mistyped name was meant to be. */

/**
 * The candidate nearest to `text`, ignoring letter case and dashes, or undefined when none is near: at most one
 * change per three letters. Long texts are no names and give undefined.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(text);
  if (wanted.length === 0 || wanted.length > 64) return undefined;
  let best: string | undefined;
  let least = Math.ceil(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const have = plain(candidate);
    const distance = have.startsWith(wanted) && wanted.length >= 4 ? 1 : changes(wanted, have, least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** ` (did you mean X?)`, or nothing. */
export function hint(text: string, candidates: Iterable<string>, prefix = ''): string {
  const match = nearest(text, candidates);
  return match === undefined ? '' : ` (did you mean ${prefix}${match}?)`;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[-_ ]/g, '');

/** Insertions, deletions, replacements and swaps of neighbours from `a` to `b`; `limit` when there are more. */
function changes(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    [before, previous] = [previous, row];
  }
  return previous[b.length]!;
}
