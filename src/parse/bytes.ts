/** Search in bytes without decoding them: most files do not hold what is looked for. */

/** A literal to look for, encoded once. */
export type Needle = Uint8Array;

export const needle = (text: string): Needle => Buffer.from(text, 'latin1');

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

/** Every line that holds at least one of the literals, in order, each once. */
export function* linesWith(bytes: Uint8Array, needles: readonly Needle[]): Generator<FoundLine> {
  const buffer = asBuffer(bytes);
  let number = 1;
  let counted = 0; // bytes whose line feeds are in `number`
  let from = 0;
  for (;;) {
    const hit = earliest(buffer, needles, from);
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

function earliest(buffer: Buffer, needles: readonly Needle[], from: number): number {
  let first = -1;
  for (const one of needles) {
    const at = buffer.indexOf(one, from);
    if (at >= 0 && (first < 0 || at < first)) first = at;
  }
  return first;
}
