/**
 * Links, mail addresses and telling words in a security policy, as the reference counts them (file-checks 11.2).
 * Scanners by hand where a pattern could take quadratic time.
 */

export interface PolicyHit {
  readonly type: 'link' | 'email' | 'text';
  readonly match: string;
  /** From 1. */
  readonly line: number;
  /** Byte offset in the line, from 0. */
  readonly offset: number;
}

const LINK = /https?:\/\/[a-zA-Z0-9./?=_%:-]*/g;
const TEXT = /[0-9]{1,4}\b|disclos|vuln/gi;

// One character per byte, so that offsets are those of bytes and no letter beyond ASCII is a word character.
const decoder = new TextDecoder('latin1');

/** Every hit, line by line: links, then addresses, then words. */
export function policyHits(bytes: Uint8Array): PolicyHit[] {
  const hits: PolicyHit[] = [];
  let number = 0;
  for (const line of decoder.decode(bytes).split('\n')) {
    number++;
    for (const found of line.matchAll(LINK))
      hits.push({ type: 'link', match: found[0], line: number, offset: found.index });
    for (const { match, offset } of emails(line)) hits.push({ type: 'email', match, line: number, offset });
    for (const found of line.matchAll(TEXT))
      hits.push({ type: 'text', match: found[0], line: number, offset: found.index });
  }
  return hits;
}

/** `@` or `[at]`, each bracket perhaps escaped. */
const AT = /@|\\?\[at\\?\]/g;
const WORD = /\w/;
const LOCAL = /[A-Za-z0-9._%+-]/;

function emails(line: string): { match: string; offset: number }[] {
  const found: { match: string; offset: number }[] = [];
  let from = 0;
  for (const at of line.matchAll(AT)) {
    const start = localStart(line, from, at.index);
    if (start === undefined) continue;
    const end = domainEnd(line, at.index + at[0].length);
    if (end === undefined) continue;
    found.push({ match: line.slice(start, end), offset: start });
    from = end;
  }
  return found;
}

/** The leftmost word boundary in the run of address characters that ends before `end`. */
function localStart(line: string, from: number, end: number): number | undefined {
  let start = end;
  while (start > from && LOCAL.test(line[start - 1]!)) start--;
  const isWord = (index: number) => index >= 0 && WORD.test(line[index]!);
  while (start < end && isWord(start - 1) === isWord(start)) start++;
  return start < end ? start : undefined;
}

const DOMAIN = /[A-Za-z0-9.-]*/y;

/** The end of the longest domain that ends in a dot and 2 to 6 letters at a word boundary. */
function domainEnd(line: string, from: number): number | undefined {
  DOMAIN.lastIndex = from;
  const domain = DOMAIN.exec(line)![0];
  for (let dot = domain.lastIndexOf('.'); dot > 0; dot = domain.lastIndexOf('.', dot - 1)) {
    const after = from + dot + 1;
    const letters = /^[A-Za-z]{2,6}(?!\w)/.exec(line.slice(after, after + 8));
    if (letters !== null) return after + letters[0].length;
  }
  return undefined;
}
