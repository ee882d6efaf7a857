/**
 * Path globs out of configuration that the scanned repository brings along: matched by hand, in time proportional to
 * pattern × path, because a pattern may be hostile. `*` and `?` stay inside one path element, `**` crosses them,
 * `[a-z]` and `[!a-z]` are classes, a backslash takes the next character as it is. A pattern without a slash is
 * compared with the base name as well, as in `.gitignore`.
 */

const MAX_PATTERN = 1000;
/** What remembering one answer costs, in steps: bounds the memory as well. */
const LEAST_COST = 50;

/** True when the whole path matches. Patterns over 1,000 characters match nothing. */
export function matchesGlob(pattern: string, path: string): boolean {
  return compileGlob(pattern).matches(path);
}

/** A pattern that is compared with several paths. */
export interface Glob {
  /** Steps that one comparison with this path may take; 0 when its first letters already differ. */
  cost(path: string): number;
  matches(path: string): boolean;
}

/** Takes a pattern apart once. Patterns over 1,000 characters match nothing. */
export function compileGlob(pattern: string): Glob {
  if (pattern.length > MAX_PATTERN) return { cost: () => 0, matches: () => false };
  const tokens = tokensOf(pattern.replace(/^\.?\//, ''));
  const wild = tokens.findIndex(({ kind }) => kind !== 'text');
  const start = tokens
    .slice(0, wild < 0 ? tokens.length : wild)
    .map((token) => (token.kind === 'text' ? token.text : ''))
    .join('');
  const anyFolder = !pattern.includes('/');
  const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const can = (path: string) => (wild < 0 ? path === start : path.startsWith(start));
  return {
    cost: (path) => (can(path) || (anyFolder && can(base(path))) ? tokens.length * path.length : 0),
    matches: (path) =>
      (can(path) && matches(tokens, path)) || (anyFolder && can(base(path)) && matches(tokens, base(path))),
  };
}

/**
 * Compares patterns of a repository's configuration with many paths, each pair once, and no longer than `most` steps in
 * all: what is left then matches nothing, which `spent` tells.
 */
export function globMatcher(most: number) {
  const known = new Map<string, { readonly glob: Glob; readonly answers: Map<string, boolean> }>();
  let left = most;
  return {
    spent: () => left < 0,
    matches(pattern: string, path: string): boolean {
      let one = known.get(pattern);
      if (one === undefined) {
        one = { glob: compileGlob(pattern), answers: new Map() };
        known.set(pattern, one);
      }
      let answer = one.answers.get(path);
      if (answer !== undefined) return answer;
      left -= Math.max(one.glob.cost(path), LEAST_COST);
      answer = left >= 0 && one.glob.matches(path);
      one.answers.set(path, answer);
      return answer;
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
