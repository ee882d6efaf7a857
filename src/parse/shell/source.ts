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

/** Position-to-line table, built on the first question. */
export function lineCounter(text: string): (pos: number) => number {
  let starts: number[] | undefined;
  return (pos) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= pos) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
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
