/**
 * Texts as sets of hashed word pairs. Two texts that say the same share nearly all pairs, whatever their line breaks,
 * punctuation and comment marks.
 */

/** Words beyond this are not looked at. */
const MAX_WORDS = 60_000;

/** Pairs of long texts are thinned out to one in eight. */
export const THINNING = 8;

/** Texts with more pairs are thinned out. */
export const THIN_ABOVE = 400;

/**
 * Every pair as a 32-bit hash with its place (the number of its second word). Words are runs of ASCII letters and
 * digits, lower-cased.
 */
export function wordPairs(text: string): Map<number, number> {
  const pairs = new Map<number, number>();
  let words = 0;
  let before = 0;
  let hash = 0;
  for (let at = 0; at <= text.length && words < MAX_WORDS; at++) {
    const code = letterOrDigit(at < text.length ? text.charCodeAt(at) : 0);
    if (code !== 0) {
      hash = Math.imul(hash ^ code, 0x01000193);
      continue;
    }
    if (hash === 0) continue;
    if (words > 0) {
      const pair = mix(before, hash);
      if (!pairs.has(pair)) pairs.set(pair, words);
    }
    words++;
    before = hash;
    hash = 0;
  }
  return pairs;
}

function letterOrDigit(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return code;
  if (code >= 0x41 && code <= 0x5a) return code | 0x20;
  return code >= 0x30 && code <= 0x39 ? code : 0;
}

/** Both words in one well-spread number. */
function mix(first: number, second: number): number {
  let hash = Math.imul(first, 0x85ebca6b) ^ second;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** What an index keeps of a text: 24-bit hashes, thinned out when there are many. */
export interface Sketch {
  readonly thin: boolean;
  readonly hashes: readonly number[];
}

export const isKept = (pair: number): boolean => pair % THINNING === 0;
export const shorten = (pair: number): number => pair >>> 8;

/** The sketch of a text. */
export function sketchOf(text: string): Sketch {
  const pairs = [...wordPairs(text).keys()];
  const thin = pairs.length > THIN_ABOVE;
  const hashes = new Set((thin ? pairs.filter(isKept) : pairs).map(shorten));
  return { thin, hashes: [...hashes].sort((a, b) => a - b) };
}
