/**
 * Refusals of the reference's shell parser that ours does not share, so that the same scripts count as
 * unreadable. Each function returns the reason or undefined. Reference: file-checks 8.8.
 */
import type { ArithmeticFor, Command, HereDoc, ParameterExpansionPart, Pipeline } from 'unbash';
import { isArithmetic } from './arithmetic.ts';
import { skipQuoted } from './scan.ts';

/** `a=(1) cmd`, `a[1]=2 cmd` and `name[x] ...` as a command, and `name (` that defines no function. */
export function commandFault(node: Command, script: string): string | undefined {
  const name = node.name;
  if (name === undefined) return undefined;
  if (opensParenthesis(script, name.end)) return 'a function has () behind its name';
  for (const item of node.prefix) {
    if (item.type !== 'Assignment') continue;
    const text = item.text;
    if (text.charCodeAt(text.length - 1) !== 41 && !text.includes('[')) continue;
    if (item.value.type === 'ArrayValue' || item.index !== undefined) {
      return 'variables set for one command cannot be arrays';
    }
  }
  if (name.text.includes('[') && /^[A-Za-z_][A-Za-z0-9_]*\[/.test(name.text)) {
    return 'an array element must be followed by =';
  }
  if (name.text === 'let' && node.prefix.length === 0 && node.suffix.length === 0) {
    return 'let needs an expression';
  }
  return undefined;
}

/** A parenthesis behind blanks and joined lines. */
function opensParenthesis(script: string, from: number): boolean {
  for (let at = from; ; at++) {
    const code = script.charCodeAt(at);
    if (code === 92 && script.charCodeAt(at + 1) === 10) at++;
    else if (code !== 32 && code !== 9) return code === 40;
  }
}

/** `!` without a command. */
export function pipelineFault(node: Pipeline): string | undefined {
  const isBare = node.commands.length === 0 && node.prefixes.some((prefix) => prefix.type === 'Negation');
  return isBare ? '! must stand before a command' : undefined;
}

/** `((` opens arithmetic only, never a group inside a group; so does `$((`. */
export function doubleParenFault(text: string, pos: number): string | undefined {
  const open = text.charCodeAt(pos) === 36 ? pos + 1 : pos;
  const isDouble = text.charCodeAt(open) === 40 && text.charCodeAt(open + 1) === 40;
  return isDouble ? 'not an arithmetic expression' : undefined;
}

/** `for (;;)` with single parentheses. */
export function loopFault(node: ArithmeticFor, text: string): string | undefined {
  return /^for[ \t]*\(\(/.test(text.slice(node.pos, node.pos + 20)) ? undefined : 'for needs a name';
}

/** A here-document that runs to the end of the script. */
export function hereDocumentFault(node: HereDoc): string | undefined {
  return node.closing === undefined ? 'a here-document is not closed' : undefined;
}

/** The text of an arithmetic expansion or command, `$((` and `))` included. */
export function arithmeticFault(text: string): string | undefined {
  const open = text.indexOf('(') + 2;
  const inner = text.startsWith('$[') ? text.slice(2, -1) : text.slice(open, -2);
  return isArithmetic(inner) ? undefined : 'not an arithmetic expression';
}

/** `[` inside an array value must open an index that is followed by `=`. */
export function arrayElementFault(text: string): string | undefined {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91) {
      const close = closingBracket(text, at);
      if (close < 0 || text.charCodeAt(close + 1) !== 61) return 'an index in an array must be followed by =';
      const fault = indexFault(text.slice(at + 1, close));
      if (fault !== undefined) return fault;
      at = close + 1;
    } else at = skipQuoted(text, at);
  }
  return undefined;
}

/** The text between brackets must be an arithmetic expression, `*` or `@`. */
export function indexFault(text: string): string | undefined {
  if (text === '*' || text === '@') return undefined;
  return isArithmetic(text) ? undefined : 'not a valid index';
}

/** `${(%)x}`, `${a b}` and other expansions outside the grammar. */
export function expansionFault(part: ParameterExpansionPart): string | undefined {
  if (part.parameter === '') return 'a parameter expansion needs a name';
  if (part.operation?.type === 'Unknown') return 'not a valid operator of a parameter expansion';
  if (part.index !== undefined) return indexFault(part.index.text);
  return undefined;
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91) depth++;
    else if (code === 93) {
      depth--;
      if (depth === 0) return at;
    } else at = skipQuoted(text, at);
  }
  return -1;
}
