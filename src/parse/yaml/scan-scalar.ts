import {
  hexValue,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  isDigit,
  isFlowIndicator,
  narrow,
} from './chars.ts';
import type { ScalarStyle, YamlScalar } from './node.ts';
import { atDocumentMark, fail, lineEnd, pushAt, type ScanState, TOKEN, takeBreak } from './scan-state.ts';

/** Lines of one scalar, blank ones behind it included. */
const MAX_LINES = 50_000;

interface Start {
  readonly offset: number;
  readonly line: number;
}

function startOf(state: ScanState): Start {
  state.lastLine = state.line + MAX_LINES;
  return { offset: state.position, line: state.line };
}

function pushScalar(
  state: ScanState,
  at: Start,
  text: string,
  style: ScalarStyle,
  end: number,
  breaks: number[] | undefined,
): void {
  const { line, offset } = at;
  state.lastLine = Number.POSITIVE_INFINITY;
  const value = state.isWide ? narrow(text) : text;
  const textLine = style === 'literal' || style === 'folded' ? line + 1 : line;
  const scalar: YamlScalar =
    breaks === undefined
      ? { kind: 'scalar', value, style, line, offset, end, textLine }
      : { kind: 'scalar', value, style, line, offset, end, textLine, breaks };
  pushAt(state, TOKEN.scalar, offset, line, scalar);
}

/** Text that stands for the breaks between two lines of a folded or flow scalar. */
function fold(leading: string, trailing: string): string {
  if (!leading.startsWith('\n')) return leading + trailing;
  return trailing === '' ? ' ' : trailing;
}

/** Position behind the run of characters that belong to a plain scalar. */
function plainRunEnd(state: ScanState): number {
  const { text } = state;
  const inFlow = state.flowLevel > 0;
  let position = state.position;
  for (; ; position++) {
    const code = text.charCodeAt(position);
    if (isBlankOrEnd(code)) return position;
    if (code === 58 && isBlankOrEnd(text.charCodeAt(position + 1))) return position;
    if (inFlow && (isFlowIndicator(code) || (code === 63 && isBlankOrEnd(text.charCodeAt(position + 1))))) {
      return position;
    }
  }
}

/** Scans a scalar without quotes, over as many lines as the indentation allows. */
export function scanPlain(state: ScanState): void {
  const { text } = state;
  const start = startOf(state);
  const indent = state.indent + 1;
  let value = '';
  let partStart = state.position;
  let end = state.position;
  let leading = '';
  let trailing = '';
  let sawBreak = false;
  let breaks: number[] | undefined;
  while (!atDocumentMark(state) && text.charCodeAt(state.position) !== 35) {
    const runEnd = plainRunEnd(state);
    if (runEnd > state.position) {
      if (sawBreak) {
        value += text.slice(partStart, end) + fold(leading, trailing);
        partStart = state.position;
        breaks ??= [];
        breaks.push(value.length, state.line);
        leading = trailing = '';
        sawBreak = false;
      }
      state.position = end = runEnd;
    }
    let code = text.charCodeAt(state.position);
    if (!isBlank(code) && !isBreak(code)) break;
    for (; ; code = text.charCodeAt(state.position)) {
      if (isBlank(code)) {
        if (sawBreak && code === 9 && state.position - state.lineStart < indent) {
          fail(state, 'a tab is used as indentation inside a plain scalar');
        }
        state.position++;
      } else if (isBreak(code)) {
        if (sawBreak) trailing += takeBreak(state);
        else leading = takeBreak(state);
        sawBreak = true;
      } else break;
    }
    if (state.flowLevel === 0 && state.position - state.lineStart < indent) break;
  }
  pushScalar(state, start, value + text.slice(partStart, end), 'plain', end, breaks);
  if (sawBreak) state.keyAllowed = true;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

/** Reads the escape at the current backslash and steps over it. */
function takeEscape(state: ScanState): string {
  const letter = state.text.charAt(state.position + 1);
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) {
    state.position += 2;
    return simple;
  }
  const length = letter === 'x' ? 2 : letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  if (length === 0) fail(state, 'unknown escape in a quoted scalar');
  state.position += 2;
  let point = 0;
  for (let index = 0; index < length; index++) {
    const digit = hexValue(state.text.charCodeAt(state.position + index));
    if (digit < 0) fail(state, 'an escape in a quoted scalar lacks a hexadecimal digit');
    point = point * 16 + digit;
  }
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) fail(state, 'an escape names no character');
  state.position += length;
  return String.fromCodePoint(point);
}

/** Scans a scalar in single or double quotes. */
export function scanQuoted(state: ScanState, quote: number): void {
  const { text } = state;
  const single = quote === 39;
  const start = startOf(state);
  let value = '';
  let breaks: number[] | undefined;
  state.position++;
  for (;;) {
    if (atDocumentMark(state)) fail(state, 'a document mark stands inside a quoted scalar');
    if (state.position >= text.length) fail(state, 'a quoted scalar does not end');
    let sawBreak = false;
    let partStart = state.position;
    let code = text.charCodeAt(state.position);
    for (; !isBlankOrEnd(code); code = text.charCodeAt(state.position)) {
      if (code === quote) {
        if (!single || text.charCodeAt(state.position + 1) !== 39) break;
        value += text.slice(partStart, state.position + 1);
        state.position += 2;
        partStart = state.position;
      } else if (code === 92 && !single) {
        value += text.slice(partStart, state.position);
        if (isBreak(text.charCodeAt(state.position + 1))) {
          state.position++;
          takeBreak(state);
          sawBreak = true;
          partStart = state.position;
          break;
        }
        value += takeEscape(state);
        partStart = state.position;
      } else state.position++;
    }
    value += text.slice(partStart, state.position);
    if (text.charCodeAt(state.position) === quote) break;
    const gap = takeGap(state, sawBreak);
    value += gap;
    if (state.line > start.line) {
      breaks ??= [];
      if (breaks.at(-1) !== state.line) breaks.push(value.length, state.line);
    }
  }
  state.position++;
  pushScalar(state, start, value, single ? 'single' : 'double', state.position, breaks);
}

/** Steps over blanks and breaks between two runs of a quoted scalar; gives the text they stand for. */
function takeGap(state: ScanState, afterEscapedBreak: boolean): string {
  const { text } = state;
  const start = state.position;
  let sawBreak = afterEscapedBreak;
  let leading = '';
  let trailing = '';
  for (let code = text.charCodeAt(start); ; code = text.charCodeAt(state.position)) {
    if (isBlank(code)) state.position++;
    else if (isBreak(code)) {
      if (sawBreak) trailing += takeBreak(state);
      else leading = takeBreak(state);
      sawBreak = true;
    } else break;
  }
  return sawBreak ? fold(leading, trailing) : text.slice(start, state.position);
}

interface BlockHeader {
  readonly chomping: number;
  readonly increment: number;
}

/** Reads the marks behind `|` or `>`, a comment, and the line break. */
function takeBlockHeader(state: ScanState): BlockHeader {
  const { text } = state;
  let chomping = 0;
  let increment = 0;
  state.position++;
  for (let round = 0; round < 2; round++) {
    const code = text.charCodeAt(state.position);
    if (chomping === 0 && (code === 43 || code === 45)) chomping = code === 43 ? 1 : -1;
    else if (increment === 0 && isDigit(code)) {
      if (code === 48) fail(state, 'the indentation of a block scalar cannot be 0');
      increment = code - 48;
    } else break;
    state.position++;
  }
  while (isBlank(text.charCodeAt(state.position))) state.position++;
  if (text.charCodeAt(state.position) === 35) {
    while (!isBreakOrEnd(text.charCodeAt(state.position))) state.position++;
  }
  const code = text.charCodeAt(state.position);
  if (!isBreakOrEnd(code)) fail(state, 'text follows the mark of a block scalar');
  if (!Number.isNaN(code)) takeBreak(state);
  return { chomping, increment };
}

interface BlockScan {
  indent: number;
  /** Breaks met before the next line of text. */
  pending: string;
}

/** Steps over empty lines and indentation; finds the indentation of the block if it is not known yet. */
function takeBlockGap(state: ScanState, block: BlockScan): void {
  const { text } = state;
  let widest = 0;
  block.pending = '';
  for (;;) {
    let code = text.charCodeAt(state.position);
    while (code === 32 && (block.indent === 0 || state.position - state.lineStart < block.indent)) {
      code = text.charCodeAt(++state.position);
    }
    const column = state.position - state.lineStart;
    if (column > widest) widest = column;
    if (code === 9 && (block.indent === 0 || column < block.indent)) {
      fail(state, 'a tab is used as indentation of a block scalar');
    }
    if (!isBreak(code)) break;
    block.pending += takeBreak(state);
  }
  if (block.indent === 0) block.indent = Math.max(widest, state.indent + 1, 1);
}

/** Scans a block scalar (`|` or `>`). */
export function scanBlock(state: ScanState, literal: boolean): void {
  const { text } = state;
  const start = startOf(state);
  const { chomping, increment } = takeBlockHeader(state);
  const indent = increment === 0 ? 0 : Math.max(state.indent, 0) + increment;
  const block: BlockScan = { indent, pending: '' };
  takeBlockGap(state, block);
  let value = '';
  let leading = '';
  let leadingBlank = false;
  let end = state.position;
  const breaks: number[] | undefined = literal ? undefined : [];
  while (state.position - state.lineStart === block.indent && state.position < text.length) {
    const blank = isBlank(text.charCodeAt(state.position));
    if (!literal && !leadingBlank && !blank && leading.startsWith('\n')) {
      if (block.pending === '') value += ' ';
    } else value += leading;
    value += block.pending;
    breaks?.push(value.length, state.line);
    leadingBlank = blank;
    end = lineEnd(state, state.position);
    value += text.slice(state.position, end);
    state.position = end;
    leading = end < text.length ? takeBreak(state) : '';
    takeBlockGap(state, block);
  }
  if (chomping !== -1) value += leading;
  if (chomping === 1) value += block.pending;
  pushScalar(state, start, value, literal ? 'literal' : 'folded', end, breaks);
}
