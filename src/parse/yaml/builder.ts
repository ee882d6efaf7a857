import { TOO_DEEP, TOO_MANY, type YamlEntry, YamlFailure, type YamlNode, type YamlScalar } from './node.ts';
import { type ScanState, TOKEN } from './scan-state.ts';
import { countTokens, LOOKAHEAD } from './scanner.ts';

// Tokens -> nodes, by the productions of libyaml.

interface BuildState {
  readonly scan: ScanState;
  readonly maxNodes: number;
  readonly anchors: Map<string, YamlNode>;
  readonly handles: Map<string, string>;
  index: number;
  nodes: number;
  depth: number;
}

interface Properties {
  anchor: string | undefined;
  tag: string | undefined;
}

const LONG_PREFIX = 'tag:yaml.org,2002:';

/** Builds the tree of the first document; undefined for a text without one. Throws `YamlFailure`. */
export function build(scan: ScanState, maxNodes: number): YamlNode | undefined {
  const handles = new Map<string, string>();
  const state: BuildState = { scan, maxNodes, anchors: new Map(), handles, index: 0, nodes: 0, depth: 0 };
  const first = peek(state);
  if (first === TOKEN.streamEnd) return undefined;
  let root: YamlNode;
  if (first === TOKEN.versionDirective || first === TOKEN.tagDirective || first === TOKEN.documentStart) {
    readDirectives(state);
    state.index++;
    root = endsDocument(peek(state)) ? emptyScalar(state) : readNode(state, true, false);
  } else root = readNode(state, true, false);
  checkAhead(state);
  return root;
}

/**
 * The reference's reader has looked a few tokens past the end of the document, or to the end of the line if
 * what follows could be a key: a scan error there is still met.
 */
function checkAhead(state: BuildState): void {
  const { types, lines } = state.scan;
  const failure = types.indexOf(TOKEN.failure, state.index);
  if (failure < 0) return;
  const mayBeKey = types[state.index] === TOKEN.none;
  peek(state);
  const near = countTokens(state.scan, state.index) <= LOOKAHEAD;
  if (near || (mayBeKey && lines[failure] === lines[state.index])) {
    failAt(state, failure, failureText(state, failure));
  }
}

function endsDocument(type: number): boolean {
  return type >= TOKEN.streamEnd && type <= TOKEN.documentEnd;
}

function failureText(state: BuildState, index: number): string {
  const data = state.scan.data[index];
  return typeof data === 'string' ? data : 'not YAML';
}

function failAt(state: BuildState, index: number, message: string): never {
  throw new YamlFailure(message, state.scan.lines[index] ?? 1);
}

/** Type of the next token, past free slots. A scan error is raised when it is reached. */
function peek(state: BuildState): number {
  const { types } = state.scan;
  while (types[state.index] === TOKEN.none) state.index++;
  const type = types[state.index] ?? TOKEN.streamEnd;
  if (type === TOKEN.failure) failAt(state, state.index, failureText(state, state.index));
  return type;
}

function readDirectives(state: BuildState): void {
  let versionSeen = false;
  for (let type = peek(state); type !== TOKEN.documentStart; type = peek(state)) {
    const data = state.scan.data[state.index];
    if (type === TOKEN.versionDirective) {
      if (versionSeen) failAt(state, state.index, 'two version directives');
      if (data !== '1.1') failAt(state, state.index, 'a version of YAML that is not read');
      versionSeen = true;
    } else if (type === TOKEN.tagDirective && Array.isArray(data)) {
      if (state.handles.has(data[0])) failAt(state, state.index, 'two tag directives for one handle');
      state.handles.set(data[0], data[1]);
    } else failAt(state, state.index, 'no document follows the directives');
    state.index++;
  }
}

function countNode(state: BuildState): void {
  if (++state.nodes > state.maxNodes) failAt(state, state.index, TOO_MANY);
}

/** Stands for nothing, at a token or (width 1) behind an indicator. */
function emptyScalar(state: BuildState, at = state.index, width = 0): YamlScalar {
  countNode(state);
  const { scan } = state;
  const line = scan.lines[at] ?? scan.line;
  const offset = (scan.offsets[at] ?? scan.text.length) + width;
  return { kind: 'scalar', value: '', style: 'plain', line, offset, end: offset, textLine: line };
}

function readTag(state: BuildState): string {
  const data = state.scan.data[state.index];
  if (!Array.isArray(data)) failAt(state, state.index, 'not a tag');
  const [handle, suffix] = data as readonly [string, string];
  let tag = suffix;
  if (handle !== '') {
    const prefix =
      state.handles.get(handle) ?? (handle === '!' ? '!' : handle === '!!' ? LONG_PREFIX : undefined);
    if (prefix === undefined) failAt(state, state.index, 'a tag handle is not declared');
    tag = prefix + suffix;
  }
  return tag.startsWith(LONG_PREFIX) ? `!!${tag.slice(LONG_PREFIX.length)}` : tag;
}

/** Reads an anchor and a tag, in either order. */
function readProperties(state: BuildState, type: number): Properties {
  const properties: Properties = { anchor: undefined, tag: undefined };
  for (let next = type, round = 0; round < 2; round++, next = peek(state)) {
    if (next === TOKEN.anchor && properties.anchor === undefined) {
      properties.anchor = state.scan.data[state.index] as string;
    } else if (next === TOKEN.tag && properties.tag === undefined) properties.tag = readTag(state);
    else break;
    state.index++;
  }
  return properties;
}

function readNode(state: BuildState, block: boolean, indentless: boolean): YamlNode {
  const type = peek(state);
  const start = state.index;
  if (type === TOKEN.alias) return readAlias(state);
  if (type === TOKEN.scalar) {
    countNode(state);
    state.index++;
    return state.scan.data[start] as YamlScalar;
  }
  const hasProperties = type === TOKEN.anchor || type === TOKEN.tag;
  const properties = hasProperties ? readProperties(state, type) : undefined;
  const next = hasProperties ? peek(state) : type;
  if (next === TOKEN.scalar && properties !== undefined) return readScalar(state, start, properties);
  if (++state.depth > state.scan.maxDepth) failAt(state, state.index, TOO_DEEP);
  const node = readCollection(state, next, block, indentless, start, properties);
  state.depth--;
  if (node !== undefined) return node;
  if (properties === undefined) failAt(state, state.index, 'a value is missing');
  return withProperties(state, emptyScalar(state, start), start, properties);
}

function readCollection(
  state: BuildState,
  type: number,
  block: boolean,
  indentless: boolean,
  start: number,
  properties: Properties | undefined,
): YamlNode | undefined {
  if (type === TOKEN.flowSequence) return readSequence(state, start, properties, readFlowItems);
  if (type === TOKEN.flowMapping) return readMap(state, start, properties, readFlowEntries);
  if (!block) return undefined;
  if (type === TOKEN.entry && indentless) return readSequence(state, start, properties, readIndentlessItems);
  if (type === TOKEN.blockSequence) return readSequence(state, start, properties, readBlockItems);
  if (type === TOKEN.blockMapping) return readMap(state, start, properties, readBlockEntries);
  return undefined;
}

function readAlias(state: BuildState): YamlNode {
  countNode(state);
  const at = state.index;
  const { offsets, lines, data } = state.scan;
  const name = data[at] as string;
  const target = state.anchors.get(name);
  if (target === undefined) failAt(state, at, 'an alias has no anchor');
  state.index++;
  return { kind: 'alias', name, target, line: lines[at]!, offset: offsets[at]! };
}

function readScalar(state: BuildState, start: number, properties: Properties): YamlNode {
  countNode(state);
  const scalar = state.scan.data[state.index] as YamlScalar;
  state.index++;
  return withProperties(state, scalar, start, properties);
}

/** Adds anchor and tag to a scalar, which then begins where they do. */
function withProperties(
  state: BuildState,
  scalar: YamlScalar,
  start: number,
  properties: Properties,
): YamlNode {
  const node = { ...scalar, ...place(state, start), ...present(properties) };
  if (properties.anchor !== undefined) state.anchors.set(properties.anchor, node);
  return node;
}

function place({ scan }: BuildState, at: number): { line: number; offset: number } {
  return { line: scan.lines[at]!, offset: scan.offsets[at]! };
}

function present(properties: Properties): { anchor?: string; tag?: string } {
  const result: { anchor?: string; tag?: string } = {};
  if (properties.anchor !== undefined) result.anchor = properties.anchor;
  if (properties.tag !== undefined && properties.tag !== '!') result.tag = properties.tag;
  return result;
}

function readSequence(
  state: BuildState,
  start: number,
  properties: Properties | undefined,
  readItems: (state: BuildState, items: YamlNode[]) => void,
): YamlNode {
  countNode(state);
  const items: YamlNode[] = [];
  const base = { kind: 'seq' as const, items, ...place(state, start) };
  const node: YamlNode = properties === undefined ? base : { ...base, ...present(properties) };
  if (properties?.anchor !== undefined) state.anchors.set(properties.anchor, node);
  readItems(state, items);
  return node;
}

function readMap(
  state: BuildState,
  start: number,
  properties: Properties | undefined,
  readEntries: (state: BuildState, entries: YamlEntry[]) => void,
): YamlNode {
  countNode(state);
  const entries: YamlEntry[] = [];
  const base = { kind: 'map' as const, entries, ...place(state, start) };
  const node: YamlNode = properties === undefined ? base : { ...base, ...present(properties) };
  if (properties?.anchor !== undefined) state.anchors.set(properties.anchor, node);
  readEntries(state, entries);
  return node;
}

function readBlockItems(state: BuildState, items: YamlNode[]): void {
  state.index++;
  for (let type = peek(state); type !== TOKEN.blockEnd; type = peek(state)) {
    if (type !== TOKEN.entry) failAt(state, state.index, 'a list entry is missing');
    const at = state.index++;
    const next = peek(state);
    const isEmpty = next === TOKEN.entry || next === TOKEN.blockEnd;
    items.push(isEmpty ? emptyScalar(state, at, 1) : readNode(state, true, false));
  }
  state.index++;
}

function readIndentlessItems(state: BuildState, items: YamlNode[]): void {
  while (peek(state) === TOKEN.entry) {
    const at = state.index++;
    const next = peek(state);
    const isEmpty =
      next === TOKEN.entry || next === TOKEN.key || next === TOKEN.value || next === TOKEN.blockEnd;
    items.push(isEmpty ? emptyScalar(state, at, 1) : readNode(state, true, false));
  }
}

function isEntryEnd(type: number): boolean {
  return type === TOKEN.key || type === TOKEN.value || type === TOKEN.blockEnd;
}

function readBlockEntries(state: BuildState, entries: YamlEntry[]): void {
  state.index++;
  for (let type = peek(state); type !== TOKEN.blockEnd; type = peek(state)) {
    if (type !== TOKEN.key) failAt(state, state.index, 'a key is missing');
    let at = state.index++;
    const key = isEntryEnd(peek(state)) ? emptyScalar(state, at, 1) : readNode(state, true, true);
    let value: YamlNode;
    if (peek(state) === TOKEN.value) {
      at = state.index++;
      value = isEntryEnd(peek(state)) ? emptyScalar(state, at, 1) : readNode(state, true, true);
    } else value = emptyScalar(state);
    entries.push({ key, value });
  }
  state.index++;
}

function readFlowItems(state: BuildState, items: YamlNode[]): void {
  state.index++;
  for (let first = true; ; first = false) {
    if (!takeFlowSeparator(state, first, TOKEN.flowSequenceEnd)) break;
    const type = peek(state);
    if (type === TOKEN.key) items.push(readFlowPair(state));
    else if (type === TOKEN.flowSequenceEnd) break;
    else items.push(readNode(state, false, false));
  }
  state.index++;
}

/** Steps over the comma in front of an entry; false at the end of the collection. */
function takeFlowSeparator(state: BuildState, first: boolean, end: number): boolean {
  const type = peek(state);
  if (type === end) return false;
  if (first) return true;
  if (type !== TOKEN.flowEntry) failAt(state, state.index, 'a comma or closing bracket is missing');
  state.index++;
  return true;
}

/** `a: b` inside a list in brackets is a map of one entry. */
function readFlowPair(state: BuildState): YamlNode {
  const start = state.index++;
  countNode(state);
  const type = peek(state);
  let key: YamlNode;
  if (type === TOKEN.value || type === TOKEN.flowEntry || type === TOKEN.flowSequenceEnd) {
    key = emptyScalar(state);
    state.index++;
  } else key = readNode(state, false, false);
  return { kind: 'map', entries: [{ key, value: readFlowPairValue(state) }], ...place(state, start) };
}

function readFlowPairValue(state: BuildState): YamlNode {
  if (peek(state) === TOKEN.value) {
    state.index++;
    const type = peek(state);
    if (type !== TOKEN.flowEntry && type !== TOKEN.flowSequenceEnd) return readNode(state, false, false);
  }
  return emptyScalar(state);
}

function endsFlowEntry(type: number): boolean {
  return type === TOKEN.flowEntry || type === TOKEN.flowMappingEnd;
}

function readFlowEntries(state: BuildState, entries: YamlEntry[]): void {
  state.index++;
  for (let first = true; ; first = false) {
    if (!takeFlowSeparator(state, first, TOKEN.flowMappingEnd)) break;
    const type = peek(state);
    if (type === TOKEN.flowMappingEnd) break;
    if (type !== TOKEN.key) {
      entries.push({ key: readNode(state, false, false), value: emptyScalar(state) });
      continue;
    }
    state.index++;
    const next = peek(state);
    const key =
      next === TOKEN.value || endsFlowEntry(next) ? emptyScalar(state) : readNode(state, false, false);
    entries.push({ key, value: readFlowValue(state) });
  }
  state.index++;
}

function readFlowValue(state: BuildState): YamlNode {
  if (peek(state) === TOKEN.value) {
    state.index++;
    if (!endsFlowEntry(peek(state))) return readNode(state, false, false);
  }
  return emptyScalar(state);
}
