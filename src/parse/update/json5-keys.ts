/** The top level of JSON, JSON with comments, or JSON5, read by one scan: enough to see switches. */

/** Keys of the outermost object with their values when these are simple words, else `{`, `[` or the string's content. */
export function topLevelKeys(text: string): ReadonlyMap<string, string> | undefined {
  const keys = new Map<string, string>();
  const scanner = { text: text.replace(/^\ufeff/, ''), at: 0 };
  if (nextToken(scanner) !== '{') return undefined;
  let depth = 1;
  let key: string | undefined;
  for (let token = nextToken(scanner); token !== ''; token = nextToken(scanner)) {
    if (depth === 1 && token !== ',' && token !== ':' && token !== '}') {
      if (key === undefined) key = unquoted(token);
      else {
        keys.set(key, unquoted(token));
        key = undefined;
      }
    }
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') {
      depth--;
      if (depth === 0) return keys;
    }
  }
  return undefined;
}

const unquoted = (token: string): string => (/^["']/.test(token) ? token.slice(1, -1) : token);

interface Scanner {
  readonly text: string;
  at: number;
}

const BLANK = /[\s\ufeff]*/y;
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^'\\]*(?:\\[\s\S][^'\\]*)*'/y;
const WORD = /[^\s,:{}[\]"'/]+/y;

/** A bracket, comma, colon, string or word; empty at the end or at an open string or comment. */
function nextToken(scanner: Scanner): string {
  for (;;) {
    take(BLANK, scanner);
    if (scanner.text.startsWith('//', scanner.at)) {
      const end = scanner.text.indexOf('\n', scanner.at);
      scanner.at = end < 0 ? scanner.text.length : end;
    } else if (scanner.text.startsWith('/*', scanner.at)) {
      const end = scanner.text.indexOf('*/', scanner.at + 2);
      scanner.at = end < 0 ? scanner.text.length : end + 2;
    } else break;
  }
  const character = scanner.text[scanner.at] ?? '';
  if (character === '"' || character === "'") return take(STRING, scanner);
  if ('{}[],:/'.includes(character)) {
    scanner.at++;
    return character;
  }
  return take(WORD, scanner);
}

function take(pattern: RegExp, scanner: Scanner): string {
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text)?.[0] ?? '';
  scanner.at += found.length;
  return found;
}
