import type { YamlNode, YamlScalar } from './node.ts';

const WORDS: ReadonlyMap<string, string> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, '!!null'] as const),
  ...['true', 'True', 'TRUE', 'false', 'False', 'FALSE'].map((word) => [word, '!!bool'] as const),
  ...['.nan', '.NaN', '.NAN', '.inf', '.Inf', '.INF'].map((word) => [word, '!!float'] as const),
  ...['+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF'].map((word) => [word, '!!float'] as const),
  ...['-0', '-0.0'].map((word) => [word, '!!float'] as const),
  ['<<', '!!merge'] as const,
]);

const INTEGER = /^[-+]?(?:0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const TIMESTAMP =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;
const MAX_NUMBER = 400;

/**
 * The tag of a scalar: the one written, else `!!str` for quoted and block scalars, else the type that the
 * reference's YAML reader sees in the text (`!!null`, `!!bool`, `!!int`, `!!float`, `!!timestamp`, `!!merge`, `!!str`).
 */
export function scalarTag(scalar: YamlScalar): string {
  if (scalar.tag !== undefined) return scalar.tag;
  return scalar.style === 'plain' ? plainTag(scalar.value) : '!!str';
}

function plainTag(value: string): string {
  const code = value.charCodeAt(0);
  const numeric = code === 43 || code === 45 || code === 46 || (code >= 48 && code <= 57);
  if (!numeric) return value.length > 5 ? '!!str' : (WORDS.get(value) ?? '!!str');
  const word = WORDS.get(value);
  if (word !== undefined) return word;
  if (value.length > MAX_NUMBER) return '!!str';
  if (code === 46) return FLOAT.test(value) ? '!!float' : '!!str';
  if (TIMESTAMP.test(value)) return '!!timestamp';
  const digits = value.includes('_') ? value.replaceAll('_', '') : value;
  if (INTEGER.test(digits)) return '!!int';
  return FLOAT.test(digits) ? '!!float' : '!!str';
}

/** True for a scalar that stands for nothing (`key:`, `~`, `null`). */
export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && scalarTag(node) === '!!null';
}

/** The node an alias stands for (itself for any other node); undefined when aliases only lead to one another. */
export function resolveAlias(node: YamlNode): Exclude<YamlNode, { kind: 'alias' }> | undefined {
  let current = node;
  for (let step = 0; step < 100; step++) {
    if (current.kind !== 'alias') return current;
    current = current.target;
  }
  return undefined;
}

/** Value of a map's first entry with this key, aliases followed; undefined if there is none or no map. */
export function getValue(node: YamlNode | undefined, key: string): YamlNode | undefined {
  const map = node === undefined ? undefined : resolveAlias(node);
  if (map?.kind !== 'map') return undefined;
  for (const entry of map.entries) {
    if (entry.key.kind === 'scalar' && entry.key.value === key) return resolveAlias(entry.value);
  }
  return undefined;
}

/** Text of a scalar, aliases followed; undefined for anything else. */
export function getText(node: YamlNode | undefined): string | undefined {
  const scalar = node === undefined ? undefined : resolveAlias(node);
  return scalar?.kind === 'scalar' ? scalar.value : undefined;
}

export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

interface Budget {
  nodes: number;
  readonly open: Set<YamlNode>;
}

/**
 * A tree as plain values: maps as objects without prototype (the first of equal keys counts, `<<` is a key
 * like any other), lists, text, numbers, booleans and null. Aliases are expanded as long as the whole stays
 * below `maxNodes` values; undefined when it does not, or when an alias lies inside its own target.
 */
export function toPlain(node: YamlNode, maxNodes = 100_000): PlainValue | undefined {
  return convert(node, { nodes: maxNodes, open: new Set() });
}

function convert(node: YamlNode, budget: Budget): PlainValue | undefined {
  if (--budget.nodes < 0) return undefined;
  if (node.kind === 'scalar') return scalarValue(node);
  if (budget.open.has(node)) return undefined;
  budget.open.add(node);
  const value =
    node.kind === 'alias'
      ? convert(node.target, budget)
      : node.kind === 'seq'
        ? convertItems(node.items, budget)
        : convertEntries(node, budget);
  budget.open.delete(node);
  return value;
}

function convertItems(items: readonly YamlNode[], budget: Budget): PlainValue | undefined {
  const result: PlainValue[] = [];
  for (const item of items) {
    const value = convert(item, budget);
    if (value === undefined) return undefined;
    result.push(value);
  }
  return result;
}

function convertEntries(node: Extract<YamlNode, { kind: 'map' }>, budget: Budget): PlainValue | undefined {
  const result: Record<string, PlainValue> = Object.create(null);
  for (const entry of node.entries) {
    const value = convert(entry.value, budget);
    if (value === undefined) return undefined;
    const key = getText(entry.key);
    if (key !== undefined && !(key in result)) result[key] = value;
  }
  return result;
}

function scalarValue(scalar: YamlScalar): PlainValue {
  const { value } = scalar;
  switch (scalarTag(scalar)) {
    case '!!null':
      return null;
    case '!!bool':
      return value.charCodeAt(0) === 116 || value.charCodeAt(0) === 84;
    case '!!int':
    case '!!float':
      return numberValue(value.replaceAll('_', ''));
    default:
      return value;
  }
}

function numberValue(text: string): number {
  const negative = text.startsWith('-');
  const body = text.replace(/^[-+]/, '').toLowerCase();
  if (body.endsWith('inf')) return negative ? -Infinity : Infinity;
  if (body.endsWith('nan')) return Number.NaN;
  const octal = /^0[0-7]+$/.test(body) ? `0o${body.slice(1)}` : body;
  const value = Number(octal);
  return negative ? -value : value;
}
