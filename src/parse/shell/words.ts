import type { Command, Redirection, Word } from 'unbash';

const BACKSLASH = 92;
const NEWLINE = 10;

/**
 * The text of a word as the rules of the reference see it, or undefined when they skip it.
 * Kept are words of exactly one part: a plain literal as it stands (escaped line ends taken out), a single-
 * quoted text with its quotes, a double-quoted text without expansions with its quotes.
 * Reference: file-checks 8.6, "word list".
 */
export function keptText(text: string): string | undefined {
  switch (text.charCodeAt(0)) {
    case 39:
      return singleQuoted(text, 0);
    case 34:
      return doubleQuoted(text, 0);
    case 36:
      if (text.length === 1) return text;
      if (text.charCodeAt(1) === 39) return ansiQuoted(text);
      if (text.charCodeAt(1) === 34) return doubleQuoted(text, 1);
      return undefined;
    default:
      return literal(text);
  }
}

function singleQuoted(text: string, open: number): string | undefined {
  return text.indexOf("'", open + 1) === text.length - 1 ? text.slice(open) : undefined;
}

function ansiQuoted(text: string): string | undefined {
  for (let at = 2; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === 39) return at === text.length - 1 ? text.slice(1) : undefined;
  }
  return undefined;
}

function doubleQuoted(text: string, open: number): string | undefined {
  const last = text.length - 1;
  if (last <= open + 1) return undefined;
  let from = open + 1;
  while (text.charCodeAt(from) === BACKSLASH && text.charCodeAt(from + 1) === NEWLINE) from += 2;
  let end = last;
  for (let at = from; at < last; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      // An escaped line end inside parts the literal; at the very end it leaves no trace.
      if (text.charCodeAt(at + 1) === NEWLINE) {
        end = at;
        while (text.charCodeAt(at) === BACKSLASH && text.charCodeAt(at + 1) === NEWLINE) at += 2;
        if (at !== last) return undefined;
        break;
      }
      at++;
    } else if (code === 36 || code === 96) {
      if (code === 36 && last - from === 1) break;
      return undefined;
    } else if (code === 34) return undefined;
  }
  if (text.charCodeAt(last) !== 34 || end === from) return undefined;
  return `"${text.slice(from, end)}"`;
}

function literal(text: string): string | undefined {
  let hasEscapedNewline = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case BACKSLASH:
        if (text.charCodeAt(at + 1) === NEWLINE) hasEscapedNewline = true;
        at++;
        break;
      case 34:
      case 36:
      case 39:
      case 96:
        return undefined;
      case 91:
        // A bracket behind other characters begins a new part.
        if (at > 0 && text.charCodeAt(0) !== 91) return undefined;
        break;
      case 40:
        // `<(`, `>(` and extended patterns are parts of their own.
        return undefined;
    }
  }
  return hasEscapedNewline ? dropEscapedNewlines(text) : text;
}

/** Takes out backslash-newline pairs, not those whose backslash is itself escaped. */
export function dropEscapedNewlines(text: string): string {
  if (!text.includes('\\\n')) return text;
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== BACKSLASH) continue;
    if (text.charCodeAt(at + 1) === NEWLINE) {
      out += text.slice(from, at);
      from = at + 2;
    }
    at++;
  }
  return out + text.slice(from);
}

/** Content of a quoted argument: single-quoted, or double-quoted without expansions. */
export function quotedContent(text: string): string | undefined {
  const first = text.charCodeAt(0);
  if (first !== 39 && first !== 34 && first !== 36) return undefined;
  const kept = keptText(text);
  if (kept === undefined || kept.length < 2) return undefined;
  return kept.slice(1, -1);
}

/** Words of a command in order: name, then arguments (assignments behind the name are words). */
export function commandWords(command: Command): readonly { readonly text: string; readonly pos: number }[] {
  const words: { readonly text: string; readonly pos: number }[] = [];
  if (command.name !== undefined) words.push(command.name);
  for (const item of command.suffix) {
    if (item.type === 'Word' || item.type === 'Assignment') words.push(item);
  }
  return words;
}

/** The kept words, `sudo` left out. */
export function keptWords(command: Command): string[] {
  const words: string[] = [];
  const add = (text: string): void => {
    const kept = keptText(text);
    if (kept !== undefined && !(kept.length === 4 && kept.toLowerCase() === 'sudo')) words.push(kept);
  };
  if (command.name !== undefined) add(command.name.text);
  for (const item of command.suffix) {
    if (item.type === 'Word' || item.type === 'Assignment') add(item.text);
  }
  return words;
}

/** Redirections of a command in source order. */
export function redirectionsOf(command: Command): Redirection[] {
  const found: Redirection[] = [];
  for (const item of command.prefix) if (item.type !== 'Assignment') found.push(item);
  for (const item of command.suffix) if (item.type !== 'Word' && item.type !== 'Assignment') found.push(item);
  return found;
}

const DECLARATIONS = new Set(['declare', 'local', 'export', 'readonly', 'typeset', 'nameref', 'let']);

/** True for `export a=b` and its like, which the reference does not take for commands. */
export function isDeclaration(command: Command): boolean {
  return command.prefix.length === 0 && command.name !== undefined && DECLARATIONS.has(command.name.text);
}

/** True when expansions may hide in the word. */
export function hasExpansion(word: Word): boolean {
  const text = word.text;
  return text.includes('$') || text.includes('`') || text.includes('(');
}
