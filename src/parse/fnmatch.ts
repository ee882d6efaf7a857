/**
 * Patterns of branch rulesets, as the reference reads them (api-checks 6.3). Matching walks a set of positions through
 * the tokens, so it takes at most pattern length times text length steps whatever the pattern says.
 */

type Token =
  | { readonly kind: 'character'; readonly is: (character: string) => boolean }
  /** Any number of them. */
  | { readonly kind: 'run'; readonly is: (character: string) => boolean }
  /** A doubled star before a slash: whole folders, at least one character, no empty folder. */
  | { readonly kind: 'folders' };

const notSlash = (character: string): boolean => character !== '/';
const MAX_PATTERN = 1024;

/**
 * Does `pattern` match the whole of `text`? `undefined` when the pattern is broken: a bracket without an end or with an
 * unknown name, a range that runs backwards, or more than 1024 characters.
 */
export function fnmatch(pattern: string, text: string): boolean | undefined {
  const tokens = tokenize(pattern);
  if (tokens === undefined) return undefined;
  let places = reach(new Set([0]), tokens);
  for (const character of text) {
    const next = new Set<number>();
    for (const place of places) step(place, tokens, character, next);
    if (next.size === 0) return false;
    places = reach(next, tokens);
  }
  return places.has(tokens.length * 4);
}

/** Places are four times the token's number plus a state: 0 before it, 1 inside folders after a name character, 2 after a slash. */
function step(place: number, tokens: readonly Token[], character: string, next: Set<number>): void {
  const index = place >> 2;
  const state = place & 3;
  const token = tokens[index];
  if (token === undefined) return;
  if (token.kind === 'character') {
    if (token.is(character)) next.add((index + 1) * 4);
  } else if (token.kind === 'run') {
    if (token.is(character)) next.add(index * 4);
  } else if (notSlash(character)) {
    next.add(index * 4 + 1);
  } else if (state === 1) {
    next.add(index * 4 + 2);
  }
}

/** Adds the places that are reached without reading: past a run, past folders that have begun. */
function reach(places: Set<number>, tokens: readonly Token[]): Set<number> {
  for (const place of places) {
    const token = tokens[place >> 2];
    const mayEnd = token?.kind === 'run' || (token?.kind === 'folders' && (place & 3) > 0);
    if (mayEnd) places.add(((place >> 2) + 1) * 4);
  }
  return places;
}

/** What a doubled star before a slash stands for in the reference's expression. */
const FOLDERS = '(?:[^/]+/?)+';

/**
 * The reference turns the pattern into a regular expression character by character, even inside brackets, and Go's
 * rules of expressions then decide; so both steps are done here as well.
 */
function expressionOf(pattern: string): string {
  let expression = '';
  for (let index = 0; index < pattern.length; ) {
    const character = pattern[index]!;
    if (pattern.startsWith('**/', index)) {
      expression += FOLDERS;
      index += 3;
    } else if (pattern.startsWith('**', index)) {
      expression += '[^/]+';
      index += 2;
    } else if (character === '\\' && index + 1 < pattern.length) {
      expression += quoted(pattern[index + 1]!);
      index += 2;
    } else {
      if (character === '*') expression += '[^/]*';
      else if (character === '?') expression += '[^/]';
      else expression += '[]'.includes(character) ? character : quoted(character);
      index += 1;
    }
  }
  return expression;
}

const quoted = (character: string): string =>
  '.+*?^$()[]{}|\\'.includes(character) ? `\\${character}` : character;

function tokenize(pattern: string): readonly Token[] | undefined {
  if (pattern.length > MAX_PATTERN) return undefined;
  const text = expressionOf(pattern);
  const tokens: Token[] = [];
  for (let index = 0; index < text.length; ) {
    if (text.startsWith(FOLDERS, index)) {
      tokens.push({ kind: 'folders' });
      index += FOLDERS.length;
      continue;
    }
    let is: (character: string) => boolean;
    if (text[index] === '[') {
      const set = readSet(text, index + 1);
      if (set === undefined) return undefined;
      is = set.is;
      index = set.end;
    } else {
      // a parenthesis that no bracket swallowed whole
      if (text[index] === ')') return undefined;
      if (text[index] === '\\') index++;
      const wanted = String.fromCodePoint(text.codePointAt(index)!);
      is = (one) => one === wanted;
      index += wanted.length;
    }
    const sign = text[index];
    if (sign === '+' || sign === '*') index++;
    if (sign !== '*') tokens.push({ kind: 'character', is });
    if (sign === '+' || sign === '*') tokens.push({ kind: 'run', is });
  }
  return tokens;
}

/** Named sets of a bracket, as far as a pattern can name them. */
const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  ascii: /[\0-\x7f]/,
  blank: /[\t ]/,
  cntrl: /[\0-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t\n\v\f\r ]/,
  upper: /[A-Z]/,
  word: /[0-9A-Za-z_]/,
  xdigit: /[0-9A-Fa-f]/,
};

interface CharacterSet {
  readonly is: (character: string) => boolean;
  /** Behind its closing bracket. */
  readonly end: number;
}

/** A bracket expression by Go's rules, from behind the opening bracket; undefined when it is broken. */
function readSet(text: string, from: number): CharacterSet | undefined {
  const tests: ((character: string) => boolean)[] = [];
  const negated = text[from] === '^';
  const first = negated ? from + 1 : from;
  let at = first;
  const character = (): number | undefined => {
    if (text[at] === '\\') at++;
    const point = text.codePointAt(at);
    at += point !== undefined && point > 0xffff ? 2 : 1;
    return point;
  };
  while (text[at] !== ']' || at === first) {
    const nameEnd = text.startsWith('[:', at) ? text.indexOf(':]', at + 2) : -1;
    if (nameEnd >= 0) {
      const named = NAMED[text.slice(at + 2, nameEnd)];
      if (named === undefined) return undefined;
      tests.push((one) => named.test(one));
      at = nameEnd + 2;
      continue;
    }
    const low = character();
    let high = low;
    if (text[at] === '-' && at + 1 < text.length && text[at + 1] !== ']') {
      at++;
      high = character();
    }
    if (low === undefined || high === undefined || high < low) return undefined;
    tests.push((one) => low <= one.codePointAt(0)! && one.codePointAt(0)! <= high);
  }
  return { is: (one) => tests.some((test) => test(one)) !== negated, end: at + 1 };
}
