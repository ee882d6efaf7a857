/** Versions of RubyGems (as `Gem::Version` orders them) and of Composer packages (as PHP's `version_compare` does). */
import { compareDigits, compareText, isDigits } from './digits.ts';

export function compareGems(a: string, b: string): number {
  const [left, right] = [segmentsOf(a), segmentsOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x, y] = [left[at] ?? '0', right[at] ?? '0'];
    if (isDigits(x) && isDigits(y)) {
      const order = compareDigits(x, y);
      if (order !== 0) return order;
    } else if (isDigits(x) !== isDigits(y)) return isDigits(x) ? 1 : -1;
    else if (x !== y) return compareText(x, y);
  }
  return 0;
}

/** Zeros at the end of the numbers, and at the end of all, say nothing. */
function segmentsOf(version: string): string[] {
  const parts = version
    .slice(0, 500)
    .split('.')
    .flatMap((part) => part.match(/\d+|\D+/g) ?? ['']);
  const word = parts.findIndex((part) => !isDigits(part));
  const numbers = word < 0 ? parts : parts.slice(0, word);
  return [...withoutZeros(numbers), ...withoutZeros(word < 0 ? [] : parts.slice(word))];
}

function withoutZeros(parts: readonly string[]): readonly string[] {
  let end = parts.length;
  while (end > 0 && /^0+$/.test(parts[end - 1]!)) end--;
  return parts.slice(0, end);
}

/** What PHP makes of words, lowest first; `#` stands for a number. */
const WORDS = ['dev', 'a', 'b', 'rc', '#', 'p'];

export function comparePackagist(a: string, b: string): number {
  return compareParts(partsOf(a), partsOf(b));
}

function partsOf(version: string): string[] {
  const text = version.slice(0, 500).replace(/^v/i, '').replace(/[-_+]/g, '.');
  return text.split('.').flatMap((part) => part.match(/\d+|\D+/g) ?? ['']);
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const [x, y] = [a[at]!, b[at]!];
    const order = isDigits(x) && isDigits(y) ? compareDigits(x, y) : Math.sign(weight(x) - weight(y));
    if (order !== 0) return order;
  }
  const more = (a.length > b.length ? a : b).slice(shared);
  const order = orderOfRest(more);
  return order === 0 ? 0 : a.length > b.length ? order : -order;
}

/** How a version that goes on stands to one that has ended. */
function orderOfRest(parts: readonly string[]): number {
  for (const part of parts) {
    if (isDigits(part)) return 1;
    const order = Math.sign(weight(part) - weight('#'));
    if (order !== 0) return order;
  }
  return 0;
}

function weight(part: string): number {
  if (isDigits(part)) return WORDS.indexOf('#');
  if (part.startsWith('RC')) return WORDS.indexOf('rc');
  return Math.max(
    0,
    WORDS.findIndex((word) => part.startsWith(word)),
  );
}
