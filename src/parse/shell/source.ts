import { lineCounter } from '../lines.ts';

/** A script text with lines counted from 1; positions of syntax nodes index `text`. */
export interface ScriptSource {
  readonly text: string;
  /** Line within this script. */
  line(pos: number): number;
  /** Line in the file the script stands in. */
  fileLine(pos: number): number;
  /** Position within the outermost script; tells the same place in two readings of it. */
  outerPos(pos: number): number;
}

/** A source whose true lines are told by `fileLine` (default: the same as the lines of the script). */
export function makeSource(
  text: string,
  fileLine?: (pos: number) => number,
  outerPos: (pos: number) => number = (pos) => pos,
): ScriptSource {
  const line = lineCounter(text);
  return { text, line, fileLine: fileLine ?? line, outerPos };
}
