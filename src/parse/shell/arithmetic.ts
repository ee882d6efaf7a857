/**
 * Whether a text is an arithmetic expression of the shell, by the grammar of the reference's parser: words
 * (literals, quotes, expansions), unary and binary operators, groups and `? :`.
 */
import { skipQuoted } from './scan.ts';

const MAX_DEPTH = 200;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Longest first. */
const OPERATORS: readonly string[] = [
  '<<=',
  '>>=',
  '**',
  '++',
  '--',
  '<<',
  '>>',
  '<=',
  '>=',
  '==',
  '!=',
  '&&',
  '||',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
];
const SINGLE = '+-!~*/%()^<>:=,?|&[]';
const UNARY = new Set(['!', '~', '+', '-']);
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=']);
const BINARY = new Set('+ - * / % ** << >> < > <= >= == != & ^ | && || ,'.split(' '));

/** One token: an operator, a word (`w`) or a word that is a plain name (`n`). */
type Token = string;

/** True when the whole text is one expression. Deep nesting counts as not one. */
export function isArithmetic(text: string): boolean {
  const tokens = tokenize(text);
  if (tokens === undefined) return false;
  const end = expression(tokens, 0, 0);
  return end === tokens.length && tokens.length > 0;
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === ' ' || char === '\t' || char === '\n' || char === '\r') {
      at++;
      continue;
    }
    if (SINGLE.includes(char)) {
      const operator = OPERATORS.find((candidate) => text.startsWith(candidate, at)) ?? char;
      tokens.push(operator);
      at += operator.length;
      continue;
    }
    if (char === ';') return undefined;
    const start = at;
    while (at < text.length && !SINGLE.includes(text[at] ?? '') && !' \t\n\r;'.includes(text[at] ?? '')) {
      at = skipQuoted(text, at) + 1;
    }
    tokens.push(NAME.test(text.slice(start, at)) ? 'n' : 'w');
  }
  return tokens;
}

/** Position behind the expression that begins at `from`, or -1. */
function expression(tokens: readonly Token[], from: number, depth: number): number {
  if (depth > MAX_DEPTH) return -1;
  let at = operand(tokens, from, depth);
  while (at >= 0) {
    const token = tokens[at];
    if (token === undefined) return at;
    if (token === '?') {
      const colon = expression(tokens, at + 1, depth + 1);
      if (colon < 0 || tokens[colon] !== ':') return -1;
      at = operand(tokens, colon + 1, depth);
    } else if (ASSIGN.has(token)) {
      if (!endsInName(tokens, at)) return -1;
      at = operand(tokens, at + 1, depth);
    } else if (BINARY.has(token)) at = operand(tokens, at + 1, depth);
    else return at;
  }
  return at;
}

function endsInName(tokens: readonly Token[], at: number): boolean {
  return tokens[at - 1] === 'n' || tokens[at - 1] === ']';
}

function operand(tokens: readonly Token[], from: number, depth: number): number {
  let at = from;
  while (UNARY.has(tokens[at] ?? '')) at++;
  const token = tokens[at];
  if (token === '++' || token === '--') {
    const next = tokens[at + 1];
    if (next !== 'n' && next !== 'w') return -1;
    at++;
  }
  if (tokens[at] === '(') {
    const close = expression(tokens, at + 1, depth + 1);
    if (close < 0 || tokens[close] !== ')') return -1;
    return postfix(tokens, close + 1);
  }
  if (tokens[at] !== 'n' && tokens[at] !== 'w') return -1;
  if (tokens[at + 1] === '[') {
    const star = tokens[at + 2];
    const close = star === '*' && tokens[at + 3] === ']' ? at + 3 : expression(tokens, at + 2, depth + 1);
    if (close < 0 || tokens[close] !== ']') return -1;
    return postfix(tokens, close + 1);
  }
  return postfix(tokens, at + 1);
}

function postfix(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (token !== '++' && token !== '--') return at;
  return endsInName(tokens, at) ? at + 1 : -1;
}
