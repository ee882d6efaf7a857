/** pip's requirements files: what is pinned or bounded from below, and which other files they include. */
import { linesOf } from './lines.ts';
import { type LockedPackage, pypiName } from './types.ts';

export interface Requirements {
  readonly packages: readonly LockedPackage[];
  /** Paths behind `-r`, as written. */
  readonly includes: readonly string[];
}

const MAX_LINE = 4000;
const OPTIONS = ['--hash', '--global-option', '--config-settings', '-C'];
/** In the order they are looked for. */
const COMPARATORS = ['===', '==', '>=', '<=', '~='];

const NAME = /^\w[\w.-]*$/;
/** Reference: names of one letter, and with a dot (`ruamel.yaml`), are not seen. */
const SEEN = /^\w[\w-]+$/;

/** Reads the text of a requirements file; lines with environment variables or several bounds give nothing. */
export function readRequirements(text: string): Requirements {
  const packages: LockedPackage[] = [];
  const includes: string[] = [];
  for (const [joined, line] of joinedLines(text)) {
    const plain = withoutOptions(joined)
      .replace(/[ \t\r]/g, '')
      .split(';', 1)[0]!;
    const word = withoutExtras(plain);
    if (word.startsWith('-r')) includes.push(word.slice(2));
    if (word === '' || word.startsWith('-')) continue;
    const found = boundOf(word);
    if (found === undefined || !NAME.test(found.name)) continue;
    const one: LockedPackage = {
      ecosystem: 'PyPI',
      name: pypiName(found.name),
      version: found.version,
      line,
    };
    packages.push(SEEN.test(found.name) ? one : { ...one, beyond: true });
  }
  return { packages, includes };
}

/**
 * Comments gone, backslash at the end joins lines, a `${VARIABLE}` empties the line. Of a very long line only the
 * beginning is kept: check sums stand behind the version.
 */
function* joinedLines(text: string): Generator<readonly [string, number]> {
  let open = '';
  let start = 0;
  let isOpen = false;
  for (const [raw, number] of linesOf(text)) {
    if (!isOpen) [open, start] = ['', number];
    const line = withoutComment(raw.slice(0, MAX_LINE));
    isOpen = line.endsWith('\\');
    if (/\$\{[A-Z0-9_]+\}/.test(line)) [open, isOpen] = ['', false];
    else if (open.length < MAX_LINE) open += isOpen ? line.slice(0, -1) : line;
    if (!isOpen) yield [open, start];
  }
  if (isOpen) yield [open, start];
}

/** A `#` at the start or behind a blank begins a comment. */
function withoutComment(line: string): string {
  for (let at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
    if (at === 0 || line[at - 1] === ' ' || line[at - 1] === '\t') return line.slice(0, at).trimEnd();
  }
  return line;
}

function withoutOptions(line: string): string {
  const starts = OPTIONS.map((option) => line.indexOf(option)).filter((at) => at >= 0);
  return starts.length === 0 ? line : line.slice(0, Math.min(...starts));
}

function withoutExtras(word: string): string {
  return word.includes('[') ? word.replace(/\[[^[\]]{0,1000}\]/g, '') : word;
}

/** Name and lowest version; undefined when there is no single lower bound. */
function boundOf(word: string): { name: string; version: string } | undefined {
  if (/\*|<[^=]|,|!=/.test(word)) return undefined;
  const comparator = COMPARATORS.find((one) => word.includes(one));
  if (comparator === undefined) return undefined;
  const at = word.indexOf(comparator);
  const version = word.slice(at + comparator.length);
  return version === '' ? undefined : { name: word.slice(0, at), version };
}
