/** Finds the lines of things that a parser without positions has read, in the order of the file. */

/** Searches that find nothing cost the rest of the file each; after so many it is given up. */
const MAX_MISSES = 50;

export class LineFinder {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #misses = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Line of the next occurrence behind the last one found; undefined when there is none. */
  find(needle: string): number | undefined {
    if (this.#misses >= MAX_MISSES) return undefined;
    const found = this.#text.indexOf(needle, this.#at);
    if (found < 0) {
      this.#misses++;
      return undefined;
    }
    return this.at(found, needle.length);
  }

  /** Line of an offset at or behind the last one asked for. */
  at(offset: number, length = 0): number {
    if (offset < this.#at) return this.#line;
    for (;;) {
      const end = this.#text.indexOf('\n', this.#at);
      if (end < 0 || end >= offset) break;
      this.#line++;
      this.#at = end + 1;
    }
    this.#at = Math.max(this.#at, offset + length);
    return this.#line;
  }
}

/** Each line with its number, without line ends. */
export function* linesOf(text: string): Generator<readonly [line: string, number: number]> {
  let number = 1;
  for (let at = 0; at <= text.length; number++) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    yield [text.slice(at, text[end - 1] === '\r' && end > at ? end - 1 : end), number];
    at = end + 1;
  }
}
