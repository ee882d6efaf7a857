/** Which licences a text holds. The measure is how much of a licence is found in the text, not the other way round. */
import { isKept, shorten, wordPairs } from './pairs.ts';

/** A licence as the index holds it. */
export interface IndexedLicense {
  readonly id: string;
  readonly thin: boolean;
  /** Unpacked when first asked for. */
  readonly hashes: Uint32Array;
}

/** A text taken apart for matching; plain data, so that it can wait for a larger index. */
export interface TextPairs {
  /** 24-bit hashes of the pairs with their places; all of them, and only those a thin index keeps. */
  readonly all: ReadonlyMap<number, number>;
  readonly kept: ReadonlyMap<number, number>;
}

export function textPairs(text: string): TextPairs {
  const all = new Map<number, number>();
  const kept = new Map<number, number>();
  for (const [pair, place] of wordPairs(text)) {
    const hash = shorten(pair);
    if (!all.has(hash)) all.set(hash, place);
    if (isKept(pair) && !kept.has(hash)) kept.set(hash, place);
  }
  return { all, kept };
}

/** Rows `id|thin|base64 of 3 bytes per hash`. */
export function readIndex(rows: string): IndexedLicense[] {
  return rows
    .trim()
    .split('\n')
    .map((row) => {
      const [id, thin, packed] = row.split('|') as [string, string, string];
      let hashes: Uint32Array | undefined;
      return {
        id,
        thin: thin === '1',
        get hashes() {
          hashes ??= unpack(packed);
          return hashes;
        },
      };
    });
}

function unpack(packed: string): Uint32Array {
  const bytes = Buffer.from(packed, 'base64');
  const hashes = new Uint32Array(bytes.length / 3);
  for (let index = 0, at = 0; index < hashes.length; index++, at += 3)
    hashes[index] = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
  return hashes;
}

/** The opposite of `readIndex`, one row. */
export function writeRow(id: string, thin: boolean, hashes: readonly number[]): string {
  const bytes = Buffer.alloc(hashes.length * 3);
  hashes.forEach((hash, index) => void bytes.writeUIntLE(hash, index * 3, 3));
  return `${id}|${thin ? 1 : 0}|${bytes.toString('base64')}`;
}

/** Share of a licence that must be found for it to be there. */
const PRESENT = 0.85;
/** Share of a further licence that must not be part of one found before. */
const OWN = 0.35;

interface Candidate {
  readonly license: IndexedLicense;
  readonly hits: readonly number[];
  /** Found pairs less twice the missing ones: prefers the longer of two licences that fit, and the better fit. */
  readonly score: number;
}

/** A licence found in a text. */
export interface FoundLicense {
  readonly id: string;
  /** Share of the licence's pairs that were found. */
  readonly share: number;
  /** Middle of its places in the text, in words. */
  readonly place: number;
}

/** Licences found in a text, in the order of the text; each accounts for words of its own. */
export function matchLicenses(text: TextPairs, index: readonly IndexedLicense[]): FoundLicense[] {
  const candidates: Candidate[] = [];
  for (const license of index) {
    const pairs = license.thin ? text.kept : text.all;
    const needed = Math.ceil(license.hashes.length * PRESENT);
    if (pairs.size < needed) continue;
    const hits: number[] = [];
    for (const hash of license.hashes) if (pairs.has(hash)) hits.push(hash);
    if (hits.length < needed) continue;
    const missing = license.hashes.length - hits.length;
    candidates.push({ license, hits, score: (hits.length - 2 * missing) * (license.thin ? 8 : 1) });
  }
  candidates.sort((a, b) => b.score - a.score);
  const taken = new Set<number>();
  const found: FoundLicense[] = [];
  for (const { license, hits } of candidates) {
    const own = hits.filter((hash) => !taken.has(hash));
    for (const hash of hits) taken.add(hash);
    if (own.length < license.hashes.length * OWN) continue;
    const places = own.map((hash) => text.all.get(hash)!).sort((a, b) => a - b);
    found.push({
      id: license.id,
      share: hits.length / license.hashes.length,
      place: places[places.length >> 1]!,
    });
  }
  return found.sort((a, b) => a.place - b.place);
}
