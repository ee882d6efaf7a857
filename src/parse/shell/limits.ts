/** How much of one file is kept: hostile ones may not fill the memory, usual ones stay far below. */
import type { InstallRecord } from './types.ts';

/** Installs of one file that are kept. */
export const MAX_INSTALLS = 10_000;

/** Scripts shorter than this are never too much. */
const SHORT = 200_000;
/** Ends of commands, and beginnings of commands in commands, of a script that is read. */
const MAX_COMMANDS = 40_000;

/** Words of a script that is read. */
const MAX_WORDS = 400_000;

/** A script of so many commands or words that its syntax tree would fill the memory. */
export function isTooLarge(text: string): boolean {
  if (text.length < SHORT) return false;
  let count = 0;
  let words = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 10: // line feed
      case 38: // &
      case 40: // (
      case 59: // ;
      case 96: // `
      case 124: // |
        if (++count > MAX_COMMANDS) return true;
        break;
      case 32: // blank in front of a word
        if (text.charCodeAt(at + 1) !== 32 && ++words > MAX_WORDS) return true;
    }
  }
  return false;
}

/** The installs that are kept, and where those that are not begin. */
export function limitInstalls(records: readonly InstallRecord[]): {
  readonly installs: readonly InstallRecord[];
  readonly cut?: { readonly message: string; readonly line: number };
} {
  const first = records[MAX_INSTALLS];
  if (first === undefined) return { installs: records };
  const cut = { message: `more than ${MAX_INSTALLS} downloads`, line: first.startLine };
  return { installs: records.slice(0, MAX_INSTALLS), cut };
}
