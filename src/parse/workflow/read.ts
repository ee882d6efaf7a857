import { isNull, scalarTag, type YamlNode, type YamlScalar } from '../yaml/index.ts';
import type { Env, NamedText, Problem, Text } from './model.ts';

// Reading primitives. They take what the reference's workflow parser takes and note a problem where it does,
// since one of its rules asks for files without problems (file-checks 2.3).

export const NONE: readonly never[] = Object.freeze([]);
export const NO_ENV: Env = Object.freeze({ variables: NONE });

const MAX_PROBLEMS = 20;
/** Values that are read where aliases are followed. */
const MAX_EXPANDED = 300_000;

/** State of one reading. */
export interface Reader {
  /** The text of the file, without byte order mark. */
  readonly text: string;
  /** Aliases are followed, instead of skipped with a problem. */
  readonly follow: boolean;
  sawAlias: boolean;
  /** Values that may still be read before aliases are followed no more. */
  budget: number;
  readonly problems: Problem[];
  problemCount: number;
}

export interface KeyValue {
  /** The key, in lower case where case does not count. */
  readonly id: string;
  readonly key: Text;
  readonly value: YamlNode;
}

export function newReader(text: string, follow: boolean): Reader {
  return { text, follow, sawAlias: false, budget: MAX_EXPANDED, problems: [], problemCount: 0 };
}

export function note(reader: Reader, line: number, message: string): void {
  reader.problemCount++;
  if (reader.problems.length < MAX_PROBLEMS) reader.problems.push({ line, message });
}

/** The node itself, or what its alias stands for when aliases are followed. */
export function see(reader: Reader, node: YamlNode): YamlNode {
  if (node.kind !== 'alias') return node;
  reader.sawAlias = true;
  if (!reader.follow) return node;
  let target: YamlNode = node;
  for (let step = 0; step < 10 && target.kind === 'alias'; step++) target = target.target;
  return reader.budget > 0 ? target : node;
}

export function toText(scalar: YamlScalar): Text {
  const { value, line, style, breaks } = scalar;
  if (style === 'literal') return { value, line, style };
  if (style === 'folded') return { value, line, style, breaks };
  return breaks === undefined ? { value, line } : { value, line, breaks };
}

/** A scalar's text; an empty one, with a problem, for anything else. */
export function readText(reader: Reader, source: YamlNode, allowEmpty: boolean): Text {
  const node = see(reader, source);
  if (node.kind !== 'scalar') {
    note(reader, node.line, `text expected, ${node.kind} found`);
    return { value: '', line: node.line };
  }
  reader.budget -= node.value.length >> 4;
  if (!allowEmpty && node.value === '') note(reader, node.line, 'text may not be empty');
  return toText(node);
}

const MAX_COMMENT = 100;

/** Reads `uses`, with the comment behind it. */
export function readUses(reader: Reader, source: YamlNode): Text {
  const text = readText(reader, source, false);
  const node = see(reader, source);
  if (node.kind !== 'scalar') return text;
  const rest = reader.text.slice(node.end, node.end + MAX_COMMENT);
  const comment = /^[ \t]+#[ \t]*([^\r\n]*)/.exec(rest)?.[1]?.trim();
  return comment ? { ...text, comment } : text;
}

export function readNamed(reader: Reader, { id, value }: KeyValue, allowEmpty: boolean): NamedText {
  return { name: id, ...readText(reader, value, allowEmpty) };
}

/** Keys and values of a map; the second of equal keys is left out with a problem (file-checks 1.6). */
export function readMap(
  reader: Reader,
  source: YamlNode,
  what: string,
  allowEmpty: boolean,
  caseSensitive: boolean,
): readonly KeyValue[] {
  const node = see(reader, source);
  if (node.kind !== 'map') {
    if (!isNull(node)) note(reader, node.line, `${what}: map expected, ${node.kind} found`);
    else if (!allowEmpty) note(reader, node.line, `${what} may not be empty`);
    return NONE;
  }
  const { entries } = node;
  reader.budget -= entries.length + 1;
  const result: KeyValue[] = [];
  const seen = entries.length > 8 ? new Set<string>() : undefined;
  for (const entry of entries) {
    const key = readText(reader, entry.key, false);
    const id = caseSensitive ? key.value : key.value.toLowerCase();
    if (seen === undefined ? result.some((other) => other.id === id) : seen.has(id)) {
      note(reader, key.line, `${what}: key ${id} stands twice`);
      continue;
    }
    seen?.add(id);
    result.push({ id, key, value: entry.value });
  }
  if (!allowEmpty && result.length === 0) note(reader, node.line, `${what} may not be empty`);
  return result;
}

/** Items of a list; undefined, with a problem, for anything else. */
export function readList(
  reader: Reader,
  source: YamlNode,
  what: string,
  allowEmpty: boolean,
): readonly YamlNode[] | undefined {
  const node = see(reader, source);
  if (node.kind !== 'seq') {
    note(reader, node.line, `${what}: list expected, ${node.kind} found`);
    return undefined;
  }
  if (node.items.length === 0 && !allowEmpty) {
    note(reader, node.line, `${what} may not be empty`);
    return undefined;
  }
  reader.budget -= node.items.length;
  return node.items;
}

/** A text or a list of texts. */
export function readTexts(reader: Reader, source: YamlNode, what: string): readonly Text[] {
  const node = see(reader, source);
  if (node.kind === 'scalar') return [readText(reader, node, false)];
  return readTextList(reader, node, what, false);
}

export function readTextList(
  reader: Reader,
  source: YamlNode,
  what: string,
  allowEmpty: boolean,
): readonly Text[] {
  return readList(reader, source, what, allowEmpty)?.map((item) => readText(reader, item, false)) ?? NONE;
}

export function unknownKey(reader: Reader, { key }: KeyValue, what: string): void {
  note(reader, key.line, `${what}: unknown key ${key.value}`);
}

/** True when the whole value is one `${{ }}`. */
export function isExpression(value: string): boolean {
  const text = value.trim();
  return text.startsWith('${{') && text.endsWith('}}') && text.indexOf('${{', 3) < 0;
}

/** The expression that stands for a whole section, if it is one. */
export function readExpression(node: YamlNode): Text | undefined {
  if (node.kind !== 'scalar' || !isExpression(node.value) || scalarTag(node) !== '!!str') return undefined;
  return toText(node);
}

/** A scalar that must be an expression. */
export function requireExpression(reader: Reader, node: YamlScalar, what: string): Text | undefined {
  if (isExpression(node.value)) return toText(node);
  note(reader, node.line, `${what}: expression expected`);
  return undefined;
}

type Primitive = 'bool' | 'int' | 'float';

const ACCEPTED: Readonly<Record<Primitive, readonly string[]>> = {
  bool: ['!!bool'],
  int: ['!!int'],
  float: ['!!float', '!!int'],
};

/** Notes a problem unless the value has this type or is an expression. Gives the text of a literal. */
export function checkPrimitive(reader: Reader, source: YamlNode, type: Primitive): string | undefined {
  const node = see(reader, source);
  if (node.kind === 'scalar') {
    const tag = scalarTag(node);
    if (ACCEPTED[type].includes(tag)) return node.value;
    if (tag === '!!str' && isExpression(node.value)) return undefined;
  }
  note(reader, node.line, `${type} expected`);
  return undefined;
}

/** Like `checkPrimitive`, for numbers that must be above zero. */
export function checkPositive(reader: Reader, source: YamlNode, type: 'int' | 'float'): void {
  const literal = checkPrimitive(reader, source, type);
  if (literal === undefined) return;
  const plain = type === 'int' ? /^[-+]?\d+$/.test(literal) : !/^[-+]?0[xXoObB]|nan$/i.test(literal);
  if (!plain) note(reader, source.line, 'not a number');
  else if (Number(literal) <= 0) note(reader, source.line, 'must be above zero');
}

export function readEnv(reader: Reader, source: YamlNode): Env {
  const node = see(reader, source);
  if (node.kind === 'scalar') {
    return { variables: NONE, expression: requireExpression(reader, node, 'env') };
  }
  const variables = readMap(reader, node, 'env', false, false).map((pair) => readNamed(reader, pair, true));
  return { variables };
}
