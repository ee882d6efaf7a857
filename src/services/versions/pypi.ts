/** Python versions (PEP 440). What is no such version stands before all that are. */
import { compareDigits, compareNumbers, compareText, isDigits } from './digits.ts';

interface Pep440 {
  readonly epoch: string;
  readonly release: readonly string[];
  /** Letter `a`, `b` or `rc` with its number. */
  readonly pre: readonly [string, string] | undefined;
  readonly post: string | undefined;
  readonly dev: string | undefined;
  readonly local: readonly string[];
}

const MAX_LENGTH = 200;
const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?(\d+)?)?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d+)?())?(?:[-_.]?dev[-_.]?(\d+)?())?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;
const LETTERS: Readonly<Record<string, string>> = {
  alpha: 'a',
  beta: 'b',
  c: 'rc',
  pre: 'rc',
  preview: 'rc',
};

function readPep440(version: string): Pep440 | undefined {
  const text = version.trim().toLowerCase();
  const found = text.length > MAX_LENGTH ? null : VERSION.exec(text);
  if (found === null) return undefined;
  const [, epoch, release, letter, number, dash, post, hasPost, dev, hasDev, local] = found;
  return {
    epoch: epoch ?? '0',
    release: release!.split('.'),
    pre: letter === undefined ? undefined : [LETTERS[letter] ?? letter, number ?? '0'],
    post: dash ?? (hasPost === undefined ? undefined : (post ?? '0')),
    dev: hasDev === undefined ? undefined : (dev ?? '0'),
    local: local === undefined ? [] : local.split(/[-_.]/),
  };
}

export function comparePypi(a: string, b: string): number {
  const [x, y] = [readPep440(a), readPep440(b)];
  if (x === undefined || y === undefined)
    return x === y ? compareText(a.toLowerCase(), b.toLowerCase()) : x === undefined ? -1 : 1;
  return (
    compareDigits(x.epoch, y.epoch) ||
    compareNumbers(x.release, y.release) ||
    comparePre(x, y) ||
    compareOptional(x.post, y.post, -1) ||
    compareOptional(x.dev, y.dev, 1) ||
    compareLocal(x.local, y.local)
  );
}

/** A development release of the release itself stands before its pre-releases. */
function comparePre(x: Pep440, y: Pep440): number {
  const place = ({ pre, post, dev }: Pep440) =>
    pre !== undefined ? 1 : post === undefined && dev !== undefined ? 0 : 2;
  if (place(x) !== place(y)) return Math.sign(place(x) - place(y));
  if (x.pre === undefined || y.pre === undefined) return 0;
  return compareText(x.pre[0], y.pre[0]) || compareDigits(x.pre[1], y.pre[1]);
}

/** `missing`: how a version without the part stands to one with it. */
function compareOptional(a: string | undefined, b: string | undefined, missing: number): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? missing : -missing;
  return compareDigits(a, b);
}

function compareLocal(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [p, q] = [a[at]!, b[at]!];
    const order =
      isDigits(p) && isDigits(q)
        ? compareDigits(p, q)
        : isDigits(p) !== isDigits(q)
          ? isDigits(p)
            ? 1
            : -1
          : compareText(p, q);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}
