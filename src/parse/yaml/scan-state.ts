import { isBlankOrEnd, isBreak, isBreakOrEnd } from './chars.ts';
import { TOO_LONG, YamlFailure, type YamlScalar } from './node.ts';

/** Kinds of token. `none` marks a slot reserved for a mapping start or key that did not come. */
export const TOKEN = {
  none: 0,
  streamEnd: 1,
  versionDirective: 2,
  tagDirective: 3,
  documentStart: 4,
  documentEnd: 5,
  blockSequence: 6,
  blockMapping: 7,
  blockEnd: 8,
  flowSequence: 9,
  flowSequenceEnd: 10,
  flowMapping: 11,
  flowMappingEnd: 12,
  entry: 13,
  flowEntry: 14,
  key: 15,
  value: 16,
  alias: 17,
  anchor: 18,
  tag: 19,
  scalar: 20,
  failure: 21,
} as const;

/** What a token carries: a scalar, a name, or a handle and its suffix or prefix. */
export type TokenData = YamlScalar | string | readonly [string, string] | undefined;

/** A place where a mapping key without `?` may have begun. */
export interface SimpleKey {
  possible: boolean;
  required: boolean;
  slot: number;
  offset: number;
  line: number;
  column: number;
}

/** State of the scanner and the tokens found so far, as parallel lists. */
export interface ScanState {
  readonly text: string;
  /** The text has no line break but LF. */
  readonly plainBreaks: boolean;
  /** The text has characters that one byte does not hold. */
  readonly isWide: boolean;
  readonly maxDepth: number;
  position: number;
  line: number;
  lineStart: number;
  /** Last line that the scalar being read may reach; each of its lines costs some hundred bytes. */
  lastLine: number;
  flowLevel: number;
  indent: number;
  readonly indents: number[];
  keyAllowed: boolean;
  readonly keys: SimpleKey[];
  readonly types: number[];
  readonly offsets: number[];
  readonly lines: number[];
  /** Where the last token ended, before blanks and comments: block collections end there. */
  endOffset: number;
  endLine: number;
  readonly data: TokenData[];
}

/** Ends the scan with an error at the current line. */
export function fail(state: ScanState, message: string): never {
  throw new YamlFailure(message, state.line);
}

/** Appends a token that begins at the current position. */
export function push(state: ScanState, type: number, data?: TokenData): void {
  pushAt(state, type, state.position, state.line, data);
}

/** Appends a token that begins at a given position. */
export function pushAt(state: ScanState, type: number, offset: number, line: number, data?: TokenData): void {
  state.types.push(type);
  state.offsets.push(offset);
  state.lines.push(line);
  state.data.push(data);
}

/** Steps over one line break (CR LF counts as one) and gives its value: LF, or LS or PS as they are. */
export function takeBreak(state: ScanState): string {
  const code = state.text.charCodeAt(state.position);
  state.position += code === 13 && state.text.charCodeAt(state.position + 1) === 10 ? 2 : 1;
  if (++state.line > state.lastLine) fail(state, TOO_LONG);
  state.lineStart = state.position;
  return code >= 0x2028 ? String.fromCharCode(code) : '\n';
}

/** Moves to a later position, counting the line breaks between. */
export function advanceTo(state: ScanState, position: number): void {
  while (state.position < position) {
    if (isBreak(state.text.charCodeAt(state.position))) takeBreak(state);
    else state.position++;
  }
}

/** True at a line start that holds `---` or `...` followed by a blank or the end. */
export function atDocumentMark(state: ScanState): boolean {
  const { text, position } = state;
  if (position !== state.lineStart) return false;
  const code = text.charCodeAt(position);
  if (code !== 45 && code !== 46) return false;
  if (text.charCodeAt(position + 1) !== code || text.charCodeAt(position + 2) !== code) return false;
  const next = text.charCodeAt(position + 3);
  return isBlankOrEnd(next);
}

/** Position of the next line break, or the end of the text. */
export function lineEnd(state: ScanState, from: number): number {
  const { text } = state;
  if (state.plainBreaks) {
    const end = text.indexOf('\n', from);
    return end < 0 ? text.length : end;
  }
  let end = from;
  while (!isBreakOrEnd(text.charCodeAt(end))) end++;
  return end;
}
