/** Search in bytes without decoding them: most files do not hold what is looked for. */

/** A literal to look for, or the end of one that begins with a rare character, encoded once. */
export type Needle = Uint8Array;

/** Characters of source code, the most common first; those not named are rarer than these. */
const COMMON = ' teaisnrolcdupmgfhb.(,)yv_=w";/k0x1*-j';
/** The rarest of all. */
const RARE = 'qzQXZ';
const SHORTEST = 3;

/**
 * A search jumps from one occurrence of the first character to the next, so it is faster for a rare one: of
 * `quickcheck` all is looked for, of `import atheris` only `heris`. Where a needle is found its literal need not be.
 */
export function needle(literal: string): Needle {
  const rarity = (index: number) => {
    const character = literal[index]!;
    if (RARE.includes(character)) return COMMON.length + 1;
    const rank = COMMON.indexOf(character);
    return rank < 0 ? COMMON.length : rank;
  };
  let best = 0;
  for (let index = 1; index <= literal.length - SHORTEST; index++)
    if (rarity(index) > rarity(best)) best = index;
  return Buffer.from(literal.slice(best), 'latin1');
}

/** Index of the first occurrence at or after `from`, -1 when there is none. */
export function findBytes(bytes: Uint8Array, what: Needle, from = 0): number {
  return asBuffer(bytes).indexOf(what, from);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A line that holds a literal. */
export interface FoundLine {
  /** From 1. */
  readonly number: number;
  /** Without the line feed, decoded as UTF-8. */
  readonly text: string;
}

/** Longest line that is decoded; of longer ones the part around the hit. */
const MAX_LINE = 4096;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Every line that holds the needle, in order, each once. */
export function* linesWith(bytes: Uint8Array, what: Needle): Generator<FoundLine> {
  const buffer = asBuffer(bytes);
  let number = 1;
  let counted = 0; // bytes whose line feeds are in `number`
  let from = 0;
  for (;;) {
    const hit = buffer.indexOf(what, from);
    if (hit < 0) return;
    const start = buffer.lastIndexOf(0x0a, hit) + 1;
    for (
      let feed = buffer.indexOf(0x0a, counted);
      feed >= 0 && feed < start;
      feed = buffer.indexOf(0x0a, feed + 1)
    )
      number++;
    counted = start;
    const feed = buffer.indexOf(0x0a, hit);
    const end = feed < 0 ? buffer.length : feed;
    const shownFrom = Math.max(start, hit - MAX_LINE);
    const shownTo = Math.min(end, hit + MAX_LINE);
    yield { number, text: decoder.decode(buffer.subarray(shownFrom, shownTo)) };
    from = end;
  }
}
