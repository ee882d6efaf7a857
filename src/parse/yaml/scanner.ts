import { isBlank, isBlankOrEnd, isBreak, isWide } from './chars.ts';
import { TOO_DEEP, TOO_MANY, YamlFailure } from './node.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-property.ts';
import { scanBlock, scanPlain, scanQuoted } from './scan-scalar.ts';
import {
  advanceTo,
  atDocumentMark,
  fail,
  lineEnd,
  push,
  pushAt,
  type ScanState,
  type SimpleKey,
  TOKEN,
  takeBreak,
} from './scan-state.ts';

// How YAML is cut into tokens. The rules are those of libyaml and the Go package made from it, since the
// reference reads workflows with that package: what it refuses must be refused, and nothing more.
// A key without `?` is only known as a key when its colon comes; two slots are kept free in front of every
// possible key, so that the mapping start and the key can be written there later.

const MAX_KEY_LENGTH = 1024;
/** The reference's reader looks this many tokens ahead of the one it works on. */
export const LOOKAHEAD = 3;
/** How far that reader looks for a further comment line. */
const COMMENT_WINDOW = 512;

/** Cuts the first document of a text into tokens. A scan error becomes a last token of type `failure`. */
export function scan(text: string, maxDepth: number, maxTokens: number): ScanState {
  const state: ScanState = {
    text,
    plainBreaks: !/[\r\u0085\u2028\u2029]/.test(text),
    isWide: isWide(text),
    maxDepth,
    position: 0,
    line: 1,
    lineStart: 0,
    lastLine: Number.POSITIVE_INFINITY,
    flowLevel: 0,
    indent: -1,
    indents: [],
    keyAllowed: true,
    keys: [newKey()],
    types: [],
    offsets: [],
    lines: [],
    endOffset: 0,
    endLine: 1,
    data: [],
  };
  try {
    scanDocument(state, maxTokens);
  } catch (error) {
    if (!(error instanceof YamlFailure)) throw error;
    push(state, TOKEN.failure, error.message);
  }
  return state;
}

function newKey(): SimpleKey {
  return { possible: false, required: false, slot: 0, offset: 0, line: 0, column: 0 };
}

function isDirective(type: number | undefined): boolean {
  return type === TOKEN.versionDirective || type === TOKEN.tagDirective;
}

/** Scans up to the end of the text, or as far into the second document as the reference's reader looks. */
function scanDocument(state: ScanState, maxTokens: number): void {
  const { types } = state;
  let begun = false;
  let endAt = -1;
  for (;;) {
    fetchToken(state);
    if (types.length > maxTokens) fail(state, TOO_MANY);
    const last = types.at(-1);
    if (last === TOKEN.streamEnd) return;
    if (endAt < 0) {
      const directive = isDirective(last);
      const isMark = directive || last === TOKEN.documentStart || last === TOKEN.documentEnd;
      if (begun && isMark) endAt = types.length - 1;
      else if (!directive) begun = true;
    } else if (countTokens(state, endAt) >= LOOKAHEAD) {
      push(state, TOKEN.streamEnd);
      return;
    }
  }
}

/** Number of tokens from a slot on; free slots do not count. */
export function countTokens(state: ScanState, from: number): number {
  let count = 0;
  for (let index = from; index < state.types.length; index++) {
    if (state.types[index] !== TOKEN.none) count++;
  }
  return count;
}

function fetchToken(state: ScanState): void {
  state.endOffset = state.position;
  state.endLine = state.line;
  skipToToken(state);
  const { text, position } = state;
  const column = position - state.lineStart;
  unrollIndent(state, column);
  const code = text.charCodeAt(position);
  if (position >= text.length) endStream(state);
  else if (column === 0 && code === 37) {
    resetForMark(state);
    scanDirective(state);
  } else if (column === 0 && atDocumentMark(state)) {
    resetForMark(state);
    push(state, code === 45 ? TOKEN.documentStart : TOKEN.documentEnd);
    state.position += 3;
  } else {
    fetchContent(state, code);
    skipLineComment(state);
  }
}

/** A token that needs no indentation test before it; which one is told by its first characters. */
function fetchContent(state: ScanState, code: number): void {
  switch (code) {
    case 91:
      startFlow(state, TOKEN.flowSequence);
      break;
    case 123:
      startFlow(state, TOKEN.flowMapping);
      break;
    case 93:
      endFlow(state, TOKEN.flowSequenceEnd);
      break;
    case 125:
      endFlow(state, TOKEN.flowMappingEnd);
      break;
    case 44:
      dropKey(state);
      state.keyAllowed = true;
      indicator(state, TOKEN.flowEntry);
      break;
    case 42:
    case 38:
      beginKey(state);
      scanAnchor(state, code === 42 ? TOKEN.alias : TOKEN.anchor);
      break;
    case 33:
      beginKey(state);
      scanTag(state);
      break;
    case 39:
    case 34:
      beginKey(state);
      scanQuoted(state, code);
      break;
    case 124:
    case 62:
      fetchBlock(state, code === 124);
      break;
    default:
      fetchPlainOrMark(state, code);
  }
}

function fetchBlock(state: ScanState, literal: boolean): void {
  if (state.flowLevel > 0) fail(state, 'a block scalar is not allowed inside brackets');
  dropKey(state);
  state.keyAllowed = true;
  scanBlock(state, literal);
}

/** `-`, `?` and `:` are marks in front of a blank and begin a plain scalar otherwise. */
function fetchPlainOrMark(state: ScanState, code: number): void {
  const beforeBlank = isBlankOrEnd(state.text.charCodeAt(state.position + 1));
  if (code === 45 && beforeBlank) fetchEntry(state);
  else if (code === 63 && beforeBlank) fetchKey(state);
  else if (code === 58 && (beforeBlank || state.flowLevel > 0)) fetchValue(state);
  else if (code === 9 || code === 35 || code === 37 || code === 64 || code === 96) {
    fail(state, 'a character stands where no value can begin');
  } else {
    beginKey(state);
    scanPlain(state);
  }
}

/** The token at the current position may be a key; none may follow it directly. */
function beginKey(state: ScanState): void {
  saveKey(state);
  state.keyAllowed = false;
}

function indicator(state: ScanState, type: number): void {
  push(state, type);
  state.position++;
}

/** Steps over blanks, breaks and comments. Tabs may not indent where a key could begin. */
function skipToToken(state: ScanState): void {
  const { text } = state;
  for (;;) {
    let code = text.charCodeAt(state.position);
    const tabs = state.flowLevel > 0 || !state.keyAllowed;
    while (code === 32 || (tabs && code === 9)) code = text.charCodeAt(++state.position);
    if (code === 35) {
      skipComments(state);
      code = text.charCodeAt(state.position);
    }
    if (!isBreak(code)) return;
    takeBreak(state);
    if (state.flowLevel === 0) state.keyAllowed = true;
  }
}

/** Steps over a comment and those that follow it closely; blank lines between may then hold tabs. */
function skipComments(state: ScanState): void {
  const { text } = state;
  for (;;) {
    state.position = lineEnd(state, state.position);
    let ahead = state.position + 1;
    const limit = state.position + COMMENT_WINDOW;
    while (ahead < limit && isBlankOrEnd(text.charCodeAt(ahead)) && ahead < text.length) ahead++;
    if (ahead >= limit || text.charCodeAt(ahead) !== 35) return;
    advanceTo(state, ahead);
  }
}

function endStream(state: ScanState): void {
  unrollIndent(state, -1);
  dropKey(state);
  state.keyAllowed = false;
  push(state, TOKEN.streamEnd);
}

function resetForMark(state: ScanState): void {
  unrollIndent(state, -1);
  dropKey(state);
  state.keyAllowed = false;
}

/** Opens a block collection if the column is deeper than the current one. */
function rollIndent(state: ScanState, column: number, type: number): boolean {
  if (state.flowLevel > 0 || state.indent >= column) return false;
  state.indents.push(state.indent);
  state.indent = column;
  if (state.indents.length > state.maxDepth) fail(state, TOO_DEEP);
  if (type !== TOKEN.none) push(state, type);
  return true;
}

/** Closes the block collections that are deeper than the column; they end where the last token did. */
function unrollIndent(state: ScanState, column: number): void {
  if (state.flowLevel > 0) return;
  while (state.indent > column) {
    pushAt(state, TOKEN.blockEnd, state.endOffset, state.endLine);
    state.indent = state.indents.pop() ?? -1;
  }
}

/** Remembers the current position as a possible key, with two free slots in front of it. */
function saveKey(state: ScanState): void {
  if (!state.keyAllowed) return;
  dropKey(state);
  const key = state.keys[state.keys.length - 1]!;
  const column = state.position - state.lineStart;
  key.possible = true;
  key.required = state.flowLevel === 0 && state.indent === column;
  key.slot = state.types.length;
  key.offset = state.position;
  key.line = state.line;
  key.column = column;
  push(state, TOKEN.none);
  push(state, TOKEN.none);
}

function dropKey(state: ScanState): void {
  const key = state.keys[state.keys.length - 1]!;
  if (key.possible && key.required) fail(state, 'a key has no colon');
  key.possible = false;
}

function startFlow(state: ScanState, type: number): void {
  saveKey(state);
  state.keys.push(newKey());
  state.flowLevel++;
  if (state.flowLevel > state.maxDepth) fail(state, TOO_DEEP);
  state.keyAllowed = true;
  indicator(state, type);
}

function endFlow(state: ScanState, type: number): void {
  dropKey(state);
  if (state.flowLevel > 0) {
    state.flowLevel--;
    state.keys.pop();
  }
  state.keyAllowed = false;
  indicator(state, type);
}

function fetchEntry(state: ScanState): void {
  if (state.flowLevel === 0) {
    if (!state.keyAllowed) fail(state, 'a list entry is not allowed here');
    rollIndent(state, state.position - state.lineStart, TOKEN.blockSequence);
  }
  dropKey(state);
  state.keyAllowed = true;
  indicator(state, TOKEN.entry);
}

function fetchKey(state: ScanState): void {
  if (state.flowLevel === 0) {
    if (!state.keyAllowed) fail(state, 'a key is not allowed here');
    rollIndent(state, state.position - state.lineStart, TOKEN.blockMapping);
  }
  dropKey(state);
  state.keyAllowed = state.flowLevel === 0;
  indicator(state, TOKEN.key);
}

function fetchValue(state: ScanState): void {
  const key = state.keys[state.keys.length - 1]!;
  if (keyIsValid(state, key)) {
    const opens = rollIndent(state, key.column, TOKEN.none);
    if (opens) state.types[key.slot] = TOKEN.blockMapping;
    state.types[key.slot + 1] = TOKEN.key;
    key.possible = false;
    state.keyAllowed = false;
  } else {
    if (state.flowLevel === 0) {
      if (!state.keyAllowed) fail(state, 'a mapping value is not allowed here');
      rollIndent(state, state.position - state.lineStart, TOKEN.blockMapping);
    }
    state.keyAllowed = state.flowLevel === 0;
  }
  indicator(state, TOKEN.value);
}

/** A key must stand on one line and may not be long. */
function keyIsValid(state: ScanState, key: SimpleKey): boolean {
  if (!key.possible) return false;
  if (key.line === state.line && state.position - key.offset <= MAX_KEY_LENGTH) return true;
  if (key.required) fail(state, 'a key has no colon on its line');
  key.possible = false;
  return false;
}

/** Steps over a comment on the line of the token just read; what follows a block scalar is on another line. */
function skipLineComment(state: ScanState): void {
  const { text } = state;
  let ahead = state.position;
  while (isBlank(text.charCodeAt(ahead)) && ahead - state.position < COMMENT_WINDOW) ahead++;
  if (text.charCodeAt(ahead) !== 35 || state.types[state.types.length - 1] === TOKEN.entry) return;
  let before = state.position;
  while (before > state.lineStart && isBlank(text.charCodeAt(before - 1))) before--;
  if (before > state.lineStart) state.position = lineEnd(state, ahead);
}
