/**
 * Patterns of branch rulesets, as the reference reads them (api-checks 6.3). Matching walks a set of positions through
 * the tokens, so it takes at most pattern length times text length steps whatever the pattern says.
 */

type Token =
  | { readonly kind: 'character'; readonly is: (character: string) => boolean }
  /** `*`: any run without a slash. */
  | { readonly kind: 'run' }
  /** A doubled star before a slash: whole folders, at least one character, no empty folder. */
  | { readonly kind: 'folders' };

const notSlash = (character: string): boolean => character !== '/';
const MAX_PATTERN = 1024;

/**
 * Does `pattern` match the whole of `text`? `undefined` when the pattern is broken: a bracket without an end, a range
 * that runs backwards, or more than 1024 characters.
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
    if (notSlash(character)) next.add(index * 4);
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

function tokenize(pattern: string): readonly Token[] | undefined {
  if (pattern.length > MAX_PATTERN) return undefined;
  const tokens: Token[] = [];
  const literal = (wanted: string) => tokens.push({ kind: 'character', is: (one) => one === wanted });
  for (let index = 0; index < pattern.length; ) {
    const character = pattern[index]!;
    if (pattern.startsWith('**/', index)) {
      tokens.push({ kind: 'folders' });
      index += 3;
    } else if (pattern.startsWith('**', index)) {
      tokens.push({ kind: 'character', is: notSlash }, { kind: 'run' });
      index += 2;
    } else if (character === '\\' && index + 1 < pattern.length) {
      literal(pattern[index + 1]!);
      index += 2;
    } else if (character === '[') {
      const end = pattern.indexOf(']', index + 2);
      const is = end < 0 ? undefined : oneOf(pattern.slice(index + 1, end));
      if (is === undefined) return undefined;
      tokens.push({ kind: 'character', is });
      index = end + 1;
    } else {
      if (character === '*') tokens.push({ kind: 'run' });
      else if (character === '?') tokens.push({ kind: 'character', is: notSlash });
      else literal(character);
      index += 1;
    }
  }
  return tokens;
}

/** A bracket's content: single characters and ranges. A leading `!` or `^` is a character like any other. */
function oneOf(content: string): ((character: string) => boolean) | undefined {
  const singles = new Set<string>();
  const ranges: (readonly [string, string])[] = [];
  for (let index = 0; index < content.length; index++) {
    const from = content[index]!;
    const to = content[index + 2];
    if (content[index + 1] === '-' && to !== undefined) {
      if (to < from) return undefined;
      ranges.push([from, to]);
      index += 2;
    } else {
      singles.add(from);
    }
  }
  return (character) =>
    singles.has(character) || ranges.some(([from, to]) => from <= character && character <= to);
}
