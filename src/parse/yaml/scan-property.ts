import {
  hexValue,
  isBlank,
  isBlankOrEnd,
  isBreakOrEnd,
  isDigit,
  isFlowIndicator,
  isWordChar,
} from './chars.ts';
import { fail, push, type ScanState, TOKEN, takeBreak } from './scan-state.ts';

const URI_CHARS = ";/?:@&=+$,.!~*'()[]";
const MAX_URI = 4096;

/** Scans `&name` or `*name`. */
export function scanAnchor(state: ScanState, type: number): void {
  const { text } = state;
  let end = state.position + 1;
  for (let code = text.charCodeAt(end); code > 32 && code < 127; code = text.charCodeAt(++end)) {
    if (code === 58 || isFlowIndicator(code)) break;
  }
  const code = text.charCodeAt(end);
  if (end === state.position + 1 || !(isBlankOrEnd(code) || '?:,]}%@`'.includes(text.charAt(end)))) {
    fail(state, 'an anchor or alias has no valid name');
  }
  push(state, type, text.slice(state.position + 1, end));
  state.position = end;
}

/** Reads `!`, `!!` or `!name!` (or `!name`, which is then no handle). */
function takeHandle(state: ScanState, directive: boolean): string {
  const { text } = state;
  const start = state.position;
  if (text.charCodeAt(start) !== 33) fail(state, 'a tag does not begin with an exclamation mark');
  state.position++;
  while (isWordChar(text.charCodeAt(state.position))) state.position++;
  if (text.charCodeAt(state.position) === 33) state.position++;
  else if (directive && state.position !== start + 1) fail(state, 'a tag handle does not end');
  return text.slice(start, state.position);
}

/** Reads the address part of a tag; `head` is what was already read of it. */
function takeUri(state: ScanState, head: string): string {
  const { text } = state;
  const start = state.position;
  for (;;) {
    const code = text.charCodeAt(state.position);
    if (code === 37) {
      if (
        hexValue(text.charCodeAt(state.position + 1)) < 0 ||
        hexValue(text.charCodeAt(state.position + 2)) < 0
      ) {
        fail(state, 'a tag has an incomplete escape');
      }
      state.position += 3;
    } else if (isWordChar(code) || (!Number.isNaN(code) && URI_CHARS.includes(text.charAt(state.position))))
      state.position++;
    else break;
    if (state.position - start > MAX_URI) fail(state, 'a tag is too long');
  }
  if (head === '' && state.position === start) fail(state, 'a tag is empty');
  return head.slice(1) + text.slice(start, state.position);
}

/** Scans `!suffix`, `!!suffix`, `!handle!suffix` or `!<address>`. */
export function scanTag(state: ScanState): void {
  const { text } = state;
  const start = state.position;
  let handle = '';
  let suffix: string;
  if (text.charCodeAt(start + 1) === 60) {
    state.position += 2;
    suffix = takeUri(state, '');
    if (text.charCodeAt(state.position) !== 62) fail(state, 'a tag address does not end');
    state.position++;
  } else {
    handle = takeHandle(state, false);
    if (handle.length > 1 && handle.endsWith('!')) suffix = takeUri(state, '');
    else {
      suffix = takeUri(state, handle);
      [handle, suffix] = suffix === '' ? ['', '!'] : ['!', suffix];
    }
  }
  if (!isBlankOrEnd(text.charCodeAt(state.position))) fail(state, 'text follows a tag');
  const end = state.position;
  state.position = start;
  push(state, TOKEN.tag, [handle, suffix]);
  state.position = end;
}

function skipBlanks(state: ScanState): void {
  while (isBlank(state.text.charCodeAt(state.position))) state.position++;
}

function takeVersionNumber(state: ScanState): number {
  const start = state.position;
  while (isDigit(state.text.charCodeAt(state.position))) state.position++;
  const length = state.position - start;
  if (length === 0 || length > 2) fail(state, 'the version directive has no valid number');
  return Number(state.text.slice(start, state.position));
}

function scanVersion(state: ScanState): void {
  skipBlanks(state);
  const major = takeVersionNumber(state);
  if (state.text.charCodeAt(state.position) !== 46) fail(state, 'the version directive has no dot');
  state.position++;
  const minor = takeVersionNumber(state);
  push(state, TOKEN.versionDirective, `${major}.${minor}`);
}

function scanTagDirective(state: ScanState): void {
  skipBlanks(state);
  const handle = takeHandle(state, true);
  if (!isBlank(state.text.charCodeAt(state.position))) fail(state, 'the tag directive has no prefix');
  skipBlanks(state);
  const prefix = takeUri(state, '');
  if (!isBlankOrEnd(state.text.charCodeAt(state.position))) fail(state, 'text follows the tag directive');
  push(state, TOKEN.tagDirective, [handle, prefix]);
}

/** Scans a `%YAML` or `%TAG` line. */
export function scanDirective(state: ScanState): void {
  const { text } = state;
  const nameStart = ++state.position;
  while (isWordChar(text.charCodeAt(state.position))) state.position++;
  const name = text.slice(nameStart, state.position);
  if (!isBlankOrEnd(text.charCodeAt(state.position))) fail(state, 'a directive has no valid name');
  if (name === 'YAML') scanVersion(state);
  else if (name === 'TAG') scanTagDirective(state);
  else fail(state, 'unknown directive');
  skipBlanks(state);
  if (text.charCodeAt(state.position) === 35) {
    while (!isBreakOrEnd(text.charCodeAt(state.position))) state.position++;
  }
  const code = text.charCodeAt(state.position);
  if (!isBreakOrEnd(code)) fail(state, 'text follows a directive');
  if (!Number.isNaN(code)) takeBreak(state);
}
