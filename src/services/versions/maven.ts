/** Maven versions, by the rules of its POM reference ("Version Order Specification"). */
import { compareDigits, compareText, isDigits } from './digits.ts';

interface Token {
  /** `.` or `-`; empty for the first. */
  readonly before: string;
  readonly value: string;
  /** Filled in for a version that has ended. */
  readonly isPadding?: true;
}

/** Before all others, in this order; the empty one is the release. */
const KNOWN = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const SHORT: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' };
const SAME: Readonly<Record<string, string>> = { cr: 'rc', ga: '', final: '', release: '' };

function tokensOf(version: string): Token[] {
  const tokens: Token[] = [];
  let before = '';
  for (const raw of version.toLowerCase().split(/([-.])/)) {
    if (raw === '-' || raw === '.') {
      before = raw;
      continue;
    }
    // Digits and letters side by side are divided as by a hyphen.
    const parts = raw.match(/\d+|\D+/g) ?? ['0'];
    parts.forEach((part, index) => {
      const isFollowed = index < parts.length - 1;
      const value = isDigits(part)
        ? part.replace(/^0+(?=\d)/, '')
        : (SAME[part] ?? (isFollowed ? (SHORT[part] ?? part) : part));
      tokens.push({ before: index === 0 ? before : '-', value });
    });
  }
  return trimmed(tokens);
}

/** Zeros and empty qualifiers say nothing at the end, nor before a hyphen. */
function trimmed(tokens: Token[]): Token[] {
  for (let at = tokens.length - 1; at > 0; ) {
    if (tokens[at]!.value === '0' || tokens[at]!.value === '') {
      tokens.splice(at, 1);
      at--;
      continue;
    }
    while (at >= 0 && tokens[at]!.before !== '-') at--;
    at--;
  }
  return tokens;
}

export function compareMaven(a: string, b: string): number {
  const [left, right] = [tokensOf(a.slice(0, 500)), tokensOf(b.slice(0, 500))];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const x = left[at] ?? padding(right[at]!);
    const y = right[at] ?? padding(left[at]!);
    if (x.before !== y.before || x.value !== y.value) return compareTokens(x, y);
  }
  return 0;
}

function padding({ before, value }: Token): Token {
  return { before, value: before === '-' || value === 'sp' ? '' : '0', isPadding: true };
}

function compareTokens(x: Token, y: Token): number {
  if (x.before !== y.before) return Math.sign(rank(x) - rank(y)) || 1;
  const numbers = [isDigits(x.value), isDigits(y.value)];
  if (numbers[0] && numbers[1]) return compareDigits(x.value, y.value);
  if (numbers[0] && !x.isPadding) return 1;
  if (numbers[1] && !y.isPadding) return -1;
  const [p, q] = [place(x.value), place(y.value)];
  return p === KNOWN.length && q === p ? compareText(x.value, y.value) : Math.sign(p - q) || 1;
}

/** `.qualifier` before `-qualifier` before `-number` before `.number` */
function rank({ before, value }: Token): number {
  if (isDigits(value)) return before === '-' ? 2 : 3;
  return before === '-' ? 1 : 0;
}

function place(value: string): number {
  const at = KNOWN.indexOf(value);
  return at < 0 ? KNOWN.length : at;
}
