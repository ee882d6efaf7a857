/** Semantic versions (semver.org 2.0.0, rule 11), read leniently: any number of leading parts, a `v` before them. */
import { compareDigits, compareNumbers, compareText, isDigits } from './digits.ts';

interface Semantic {
  readonly numbers: readonly string[];
  /** Behind the numbers, `-` and `+` included. */
  readonly rest: string;
}

/** Numbers beyond `most` belong to the rest. */
function readSemantic(version: string, most: number): Semantic {
  const text = version.startsWith('v') ? version.slice(1) : version;
  const head = /^[\d.]*/.exec(text)![0];
  const numbers = head.split('.').filter((part) => part !== '');
  const extra = numbers.splice(most).map((part) => `.${part}`);
  return { numbers, rest: text.slice(head.length) + extra.join('') };
}

/** A pre-release stands before its release, and identifiers compare one by one. */
function comparePreReleases(a: string, b: string): number {
  const [x, y] = [preRelease(a), preRelease(b)];
  if (x === '' || y === '') return x === y ? 0 : x === '' ? 1 : -1;
  const [left, right] = [x.split('.'), y.split('.')];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [p, q] = [left[at]!, right[at]!];
    const order =
      isDigits(p) && isDigits(q)
        ? compareDigits(p, q)
        : isDigits(p) !== isDigits(q)
          ? isDigits(p)
            ? -1
            : 1
          : compareText(p, q);
    if (order !== 0) return order;
  }
  return Math.sign(left.length - right.length);
}

function preRelease(rest: string): string {
  return rest.split('+', 1)[0]!.replace(/^-/, '');
}

export function compareSemver(a: string, b: string): number {
  const [x, y] = [readSemantic(a, 3), readSemantic(b, 3)];
  return compareNumbers(x.numbers, y.numbers) || comparePreReleases(x.rest, y.rest);
}

/** NuGet: four numbers, letter case does not count. */
export function compareNuget(a: string, b: string): number {
  const [x, y] = [readSemantic(a, 4), readSemantic(b, 4)];
  return (
    compareNumbers(x.numbers, y.numbers) || comparePreReleases(x.rest.toLowerCase(), y.rest.toLowerCase())
  );
}

/** Dart's pub: build metadata counts as well. */
export function comparePub(a: string, b: string): number {
  const build = (version: string) => version.slice(version.indexOf('+') + 1 || version.length);
  return compareSemver(a, b) || compareText(build(a), build(b));
}

/** CRAN, Hackage: numbers only, `-` as good as `.`; the longer of two equal beginnings is the newer. */
export function compareDotted(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split(/[.-]/).filter(isDigits)) as [string[], string[]];
  return compareNumbers(x, y) || Math.sign(x.length - y.length);
}
