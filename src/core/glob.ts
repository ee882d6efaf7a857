/**
 * Path globs out of configuration that the scanned repository brings along: matched by hand, in time proportional to
 * pattern × path, because a pattern may be hostile. `*` and `?` stay inside one path element, `**` crosses them,
 * `[a-z]` and `[!a-z]` are classes, a backslash takes the next character as it is. A pattern without a slash is
 * compared with the base name as well, as in `.gitignore`.
 */

const MAX_PATTERN = 1000;
/** Steps of the cheap test, beside one for each literal part. */
const CHEAP = 5;

/** True when the whole path matches. Patterns over 1,000 characters match nothing. */
export function matchesGlob(pattern: string, path: string): boolean {
  const glob = compileGlob(pattern);
  return glob.can(path) && glob.matches(path);
}

/** A pattern that is compared with several paths. */
export interface Glob {
  /** False when a literal part of the pattern is missing in the path: a cheap test, which most paths fail. */
  can(path: string): boolean;
  /** Steps that the cheap test and a full comparison with a path of this length may take. */
  readonly cheap: number;
  full(length: number): number;
  matches(path: string): boolean;
}

/** Takes a pattern apart once. Patterns over 1,000 characters match nothing. */
export function compileGlob(pattern: string): Glob {
  if (pattern.length > MAX_PATTERN)
    return { can: () => false, cheap: 1, full: () => 0, matches: () => false };
  const tokens = tokensOf(pattern.replace(/^\.?\//, ''));
  const texts = literals(tokens);
  const start = tokens[0]?.kind === 'text' ? texts[0]! : '';
  const anyFolder = !pattern.includes('/');
  const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const fits = (path: string) => path.startsWith(start) && holdsInOrder(path, texts);
  return {
    // A base name holds what the path holds, but need not begin like it.
    can: (path) => fits(path) || (anyFolder && fits(base(path))),
    cheap: CHEAP + texts.length,
    full: (length) => tokens.length * length,
    matches: (path) => matches(tokens, path) || (anyFolder && matches(tokens, base(path))),
  };
}

/** Runs of literal characters, in order. */
function literals(tokens: readonly Token[]): string[] {
  const texts: string[] = [];
  let last: Token | undefined;
  for (const token of tokens) {
    if (token.kind === 'text') {
      if (last?.kind === 'text') texts[texts.length - 1] += token.text;
      else texts.push(token.text);
    }
    last = token;
  }
  return texts;
}

function holdsInOrder(path: string, texts: readonly string[]): boolean {
  let at = 0;
  for (const text of texts) {
    const found = path.indexOf(text, at);
    if (found < 0) return false;
    at = found + text.length;
  }
  return true;
}

/** Compares patterns with paths. */
export interface GlobMatcher {
  matches(pattern: string, path: string): boolean;
  /** True when the steps were used up: later comparisons were not made and match nothing. */
  spent(): boolean;
}

/** Compares patterns of a repository's configuration with many paths, no longer than `most` steps in all. */
export function globMatcher(most: number): GlobMatcher {
  const known = new Map<string, Glob>();
  let left = most;
  return {
    spent: () => left < 0,
    matches(pattern, path) {
      if (left < 0) return false;
      let glob = known.get(pattern);
      if (glob === undefined) {
        glob = compileGlob(pattern);
        known.set(pattern, glob);
      }
      left -= glob.cheap;
      if (!glob.can(path)) return false;
      left -= glob.full(path.length);
      return left >= 0 && glob.matches(path);
    },
  };
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one' }
  /** Any characters of one element. */
  | { readonly kind: 'star' }
  /** Any characters at all. */
  | { readonly kind: 'deep' }
  /** A double star with its slash: no or more whole folders. */
  | { readonly kind: 'folders' }
  | {
      readonly kind: 'class';
      readonly not: boolean;
      readonly ranges: readonly (readonly [string, string])[];
    };

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; ) {
    const character = pattern[at]!;
    if (character === '*') {
      let end = at;
      while (pattern[end] === '*') end++;
      const deep = end - at > 1;
      const slash = deep && pattern[end] === '/' && (at === 0 || pattern[at - 1] === '/');
      tokens.push({ kind: slash ? 'folders' : deep ? 'deep' : 'star' });
      at = slash ? end + 1 : end;
    } else if (character === '?') {
      tokens.push({ kind: 'one' });
      at++;
    } else {
      const set = character === '[' ? classAt(pattern, at) : undefined;
      if (set !== undefined) tokens.push(set.token);
      else tokens.push({ kind: 'text', text: character === '\\' ? (pattern[at + 1] ?? '\\') : character });
      at = set?.end ?? (character === '\\' ? at + 2 : at + 1);
    }
  }
  return tokens;
}

function classAt(pattern: string, start: number): { token: Token; end: number } | undefined {
  const end = pattern.indexOf(']', start + 2);
  if (end < 0) return undefined;
  let body = pattern.slice(start + 1, end);
  const not = body[0] === '!' || body[0] === '^';
  if (not) body = body.slice(1);
  const ranges: [string, string][] = [];
  for (let at = 0; at < body.length; at++) {
    if (body[at + 1] === '-' && body[at + 2] !== undefined) {
      ranges.push([body[at]!, body[at + 2]!]);
      at += 2;
    } else ranges.push([body[at]!, body[at]!]);
  }
  return { token: { kind: 'class', not, ranges }, end: end + 1 };
}

/** A state: the first i tokens can match what was read so far; INSIDE means in the middle of a folder's name. */
const FRESH = 1;
const INSIDE = 2;

function matches(tokens: readonly Token[], path: string): boolean {
  let here = new Uint8Array(tokens.length + 1);
  here[0] = FRESH;
  skipEmpty(tokens, here);
  for (let at = 0; at < path.length; at++) {
    const character = path[at]!;
    const next = new Uint8Array(tokens.length + 1);
    tokens.forEach((token, index) => {
      if (here[index] !== 0) step(token, index, character, next);
    });
    skipEmpty(tokens, next);
    here = next;
  }
  return here[tokens.length] !== 0;
}

function step(token: Token, index: number, character: string, next: Uint8Array): void {
  if (token.kind === 'deep') next[index] = FRESH;
  else if (token.kind === 'star') next[index] = character === '/' ? next[index]! : FRESH;
  else if (token.kind === 'folders') next[index] = next[index]! | (character === '/' ? FRESH : INSIDE);
  else if (consumes(token, character)) next[index + 1] = FRESH;
}

/** Stars and folders may match nothing. */
function skipEmpty(tokens: readonly Token[], states: Uint8Array): void {
  tokens.forEach((token, index) => {
    const empty = token.kind === 'star' || token.kind === 'deep' || token.kind === 'folders';
    if (empty && (states[index]! & FRESH) !== 0) states[index + 1] = states[index + 1]! | FRESH;
  });
}

function consumes(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'text':
      return token.text === character;
    case 'one':
      return character !== '/';
    case 'class':
      return (
        character !== '/' && token.ranges.some(([a, b]) => a <= character && character <= b) !== token.not
      );
    default:
      return false;
  }
}
