// The language between `${{` and `}}`: tokens, a tree, and where its text comes from.

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'property'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
  | { readonly kind: 'every'; readonly object: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

/** One `${{ }}` of a text. */
export interface Placeholder {
  /** Offset of the dollar sign. */
  readonly start: number;
  /** Offset behind the closing braces. */
  readonly end: number;
  /** What stands between the braces. */
  readonly inner: string;
  /** Undefined when it is not an expression, or too deep. */
  readonly expression: Expression | undefined;
}

const MAX_DEPTH = 60;
const MAX_LENGTH = 21_000;
const TOKEN =
  /[ \t\r\n]+|(?<string>'(?:[^']|'')*')|(?<number>[-+]?(?:0x[\da-fA-F]+|0o[0-7]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+))|(?<name>[A-Za-z_][\w-]*)|(?<operator>&&|\|\||[=!<>]=|[()[\].,<>!*])/y;

interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'operator';
  readonly text: string;
}

interface Reading {
  readonly tokens: readonly Token[];
  index: number;
  depth: number;
}

class NotAnExpression extends Error {}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) throw new NotAnExpression();
    for (const kind of ['string', 'number', 'name', 'operator'] as const) {
      const found = match.groups?.[kind];
      if (found !== undefined) tokens.push({ kind, text: found });
    }
  }
  return tokens;
}

/** Reads an expression (without the braces); undefined if it is none, too long or too deep. */
export function parseExpression(text: string): Expression | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  try {
    const reading: Reading = { tokens: tokenize(text), index: 0, depth: 0 };
    const expression = readBinary(reading, 0);
    return reading.index === reading.tokens.length ? expression : undefined;
  } catch (error) {
    if (error instanceof NotAnExpression) return undefined;
    throw error;
  }
}

const LEVELS: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>=']];

function readBinary(reading: Reading, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return readUnary(reading);
  let left = readBinary(reading, level + 1);
  for (let count = 0; ; count++) {
    const token = reading.tokens[reading.index];
    if (token?.kind !== 'operator' || !operators.includes(token.text)) return left;
    if (count > 200) throw new NotAnExpression();
    reading.index++;
    left = { kind: 'binary', operator: token.text, left, right: readBinary(reading, level + 1) };
  }
}

function readUnary(reading: Reading): Expression {
  if (++reading.depth > MAX_DEPTH) throw new NotAnExpression();
  let result: Expression;
  if (takeOperator(reading, '!')) result = { kind: 'not', operand: readUnary(reading) };
  else result = readPostfix(reading, readPrimary(reading));
  reading.depth--;
  return result;
}

function takeOperator(reading: Reading, text: string): boolean {
  const token = reading.tokens[reading.index];
  if (token?.kind !== 'operator' || token.text !== text) return false;
  reading.index++;
  return true;
}

const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
]);

function readPrimary(reading: Reading): Expression {
  const token = reading.tokens[reading.index++];
  if (token === undefined) throw new NotAnExpression();
  if (token.kind === 'string')
    return { kind: 'literal', value: token.text.slice(1, -1).replaceAll("''", "'") };
  if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
  if (token.kind === 'name') {
    if (takeOperator(reading, '('))
      return { kind: 'call', name: token.text.toLowerCase(), args: readArguments(reading) };
    const word = WORDS.get(token.text);
    return word === undefined
      ? { kind: 'name', name: token.text.toLowerCase() }
      : { kind: 'literal', value: word };
  }
  if (token.text !== '(') throw new NotAnExpression();
  const inner = readBinary(reading, 0);
  if (!takeOperator(reading, ')')) throw new NotAnExpression();
  return inner;
}

function readArguments(reading: Reading): readonly Expression[] {
  const args: Expression[] = [];
  if (takeOperator(reading, ')')) return args;
  do args.push(readBinary(reading, 0));
  while (takeOperator(reading, ','));
  if (!takeOperator(reading, ')')) throw new NotAnExpression();
  return args;
}

function readPostfix(reading: Reading, start: Expression): Expression {
  let object = start;
  for (let count = 0; count < 100; count++) {
    if (takeOperator(reading, '.')) {
      if (takeOperator(reading, '*')) object = { kind: 'every', object };
      else {
        const token = reading.tokens[reading.index++];
        if (token?.kind !== 'name') throw new NotAnExpression();
        object = { kind: 'property', object, name: token.text.toLowerCase() };
      }
    } else if (takeOperator(reading, '[')) {
      if (takeOperator(reading, '*')) object = { kind: 'every', object };
      else object = { kind: 'index', object, index: readBinary(reading, 0) };
      if (!takeOperator(reading, ']')) throw new NotAnExpression();
    } else return object;
  }
  throw new NotAnExpression();
}

/** Offset of the `}}` that ends an expression begun before `from`; braces inside quotes do not count. */
function findEnd(text: string, from: number): number {
  let quoted = false;
  for (let index = from; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 39) quoted = !quoted;
    else if (code === 125 && !quoted && text.charCodeAt(index + 1) === 125) return index;
  }
  return text.indexOf('}}', from);
}

/** All `${{ }}` of a text, in order. An opening without an end is left out. */
export function findPlaceholders(text: string): readonly Placeholder[] {
  const found: Placeholder[] = [];
  for (let start = text.indexOf('${{'); start >= 0; ) {
    const close = findEnd(text, start + 3);
    if (close < 0) break;
    const inner = text.slice(start + 3, close);
    found.push({ start, end: close + 2, inner, expression: parseExpression(inner) });
    start = text.indexOf('${{', close + 2);
  }
  return found;
}

/** The condition of an `if`, with or without braces; undefined when it mixes text and expressions or is none. */
export function parseCondition(text: string): Expression | undefined {
  const trimmed = text.trim();
  if (!trimmed.includes('${{')) return parseExpression(trimmed);
  const placeholders = findPlaceholders(trimmed);
  const [only] = placeholders;
  if (placeholders.length === 1 && only!.start === 0 && only!.end === trimmed.length) return only!.expression;
  // Text around an expression makes the whole a text that is never empty, so always true; but
  // `${{ a }} && b` is what people write when they mean the plain expression.
  return parseExpression(trimmed.replaceAll('${{', '(').replaceAll('}}', ')'));
}

/**
 * The path of a context value, in lower case: `github.event['issue'].title` gives `github`, `event`, `issue`,
 * `title`. A number, `*` or a computed index gives `*`. Undefined for anything but a path.
 */
export function contextPath(expression: Expression): readonly string[] | undefined {
  const path: string[] = [];
  let node = expression;
  for (;;) {
    if (node.kind === 'name') return [node.name, ...path.reverse()];
    if (node.kind === 'property') path.push(node.name);
    else if (node.kind === 'every') path.push('*');
    else if (node.kind === 'index') {
      const { index } = node;
      const isName = index.kind === 'literal' && typeof index.value === 'string';
      path.push(isName ? String((index as { value: string }).value).toLowerCase() : '*');
    } else return undefined;
    node = node.object;
  }
}

/** A context value whose text can come out of an expression. */
export interface Flow {
  readonly path: readonly string[];
  /** The whole value is written as JSON. */
  readonly json: boolean;
}

/** Functions that give a boolean, a digest, or nothing of their arguments. */
const OPAQUE = new Set([
  'contains',
  'startswith',
  'endswith',
  'hashfiles',
  'success',
  'failure',
  'always',
  'cancelled',
]);

/** The context values whose text an expression may give; comparisons and boolean functions give none. */
export function textFlows(expression: Expression, json = false): readonly Flow[] {
  switch (expression.kind) {
    case 'literal':
    case 'not':
      return [];
    case 'binary':
      if (expression.operator === '||')
        return [...textFlows(expression.left, json), ...textFlows(expression.right, json)];
      // The left side of `&&` only comes out when it is empty or false.
      return expression.operator === '&&' ? textFlows(expression.right, json) : [];
    case 'call':
      if (OPAQUE.has(expression.name)) return [];
      return expression.args.flatMap((arg) => textFlows(arg, expression.name === 'tojson' || json));
    default: {
      const path = contextPath(expression);
      if (path !== undefined) return [{ path, json }];
      return expression.kind === 'name' ? [] : textFlows(rootOf(expression), json);
    }
  }
}

function rootOf(expression: Expression): Expression {
  let node = expression;
  while (node.kind === 'property' || node.kind === 'index' || node.kind === 'every') node = node.object;
  return node;
}
