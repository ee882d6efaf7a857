import { parse } from 'unbash';
import type { ShellEvent } from './events.ts';
import { flatten } from './flatten.ts';
import { isTooLarge } from './limits.ts';
import { makeSource, type ScriptSource } from './source.ts';

/** Longer scripts count as unreadable, so that time stays bounded. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** More `<<` on one line count as unreadable: the parser looks at all that are open for each. */
const MAX_HERE_DOCUMENTS = 2000;

/** A script taken apart, or the reason why it cannot be. */
export interface ReadScript {
  readonly events: readonly ShellEvent[];
  readonly source: ScriptSource;
  readonly error: string | undefined;
}

/** Parses a script. Line ends and NUL bytes are treated as the reference's parser does. Never throws. */
export function readScript(
  script: string,
  fileLine?: (pos: number) => number,
  outerPos?: (pos: number) => number,
): ReadScript {
  const text = normalize(script);
  const source = makeSource(text, fileLine, outerPos);
  if (text.includes('\uFFFD')) return { events: [], source, error: 'invalid UTF-8 encoding' };
  if (text.length > MAX_LENGTH) return { events: [], source, error: 'script too long' };
  if (isTooLarge(text)) return { events: [], source, error: 'script too long' };
  if (hasCrowdedLine(text)) return { events: [], source, error: 'too many here-documents on a line' };
  try {
    return { ...flatten(parse(text), source), source };
  } catch (cause) {
    return { events: [], source, error: cause instanceof Error ? cause.message : 'unreadable' };
  }
}

function hasCrowdedLine(text: string): boolean {
  let count = 0;
  let lineEnd = -1;
  for (let at = text.indexOf('<<'); at >= 0; at = text.indexOf('<<', at + 2)) {
    if (at > lineEnd) {
      count = 0;
      const found = text.indexOf('\n', at);
      lineEnd = found < 0 ? text.length : found;
    }
    if (++count > MAX_HERE_DOCUMENTS) return true;
  }
  return false;
}

function normalize(script: string): string {
  let text = script;
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  if (text.includes('\r')) text = text.replaceAll('\r\n', '\n').replaceAll('\r', ' ');
  return text;
}
