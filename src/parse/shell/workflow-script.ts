import { lineCounter } from '../lines.ts';
import { analyzeShell, type ShellMemory, type ShellOptions } from './analyze.ts';
import type { ShellAnalysis } from './types.ts';

/** The word the reference puts in place of an expression; it shows in its snippets. */
const PLACEHOLDER = 'GITHUB_REDACTED_VAR';
const EXPRESSION = /\{\{[^{}]*\}\}/g;

/** Where the script of a step stands. */
export interface StepScript {
  /** Line of the `run` scalar: of the bar sign for a block, of the text else. */
  readonly line: number;
  /** Line of the script's first line in the file; default: `line`. A block scalar begins one line lower. */
  readonly textLine?: number;
  /** Share one among the steps of a job. */
  readonly memory?: ShellMemory;
  /** Default: both. */
  readonly views?: ShellOptions['views'];
}

/**
 * Finds what the script of a workflow step installs, or downloads and runs.
 * Expressions are replaced by a fixed word before parsing. Reference: file-checks 8.5.
 */
export function analyzeWorkflowScript(script: string, place: StepScript): ShellAnalysis {
  const { text, lineOf } = redactExpressions(script);
  const textLine = place.textLine ?? place.line;
  const options: ShellOptions = {
    startLine: place.line,
    endLine: place.line,
    fileLine: (pos) => textLine + lineOf(pos),
    memory: place.memory,
    views: place.views,
  };
  return analyzeShell(text, options);
}

/** The script without expressions, and the 0-based line in the script as written of a position in it. */
function redactExpressions(script: string): { text: string; lineOf: (pos: number) => number } {
  let text = '';
  let from = 0;
  /** Where breaks were swallowed, and how many up to there. */
  const swallowed: number[] = [];
  const before: number[] = [];
  let gone = 0;
  if (script.includes('{{')) {
    for (const match of script.matchAll(EXPRESSION)) {
      text += script.slice(from, match.index) + PLACEHOLDER;
      from = match.index + match[0].length;
      const lines = countLines(match[0]);
      if (lines === 0) continue;
      gone += lines;
      swallowed.push(text.length);
      before.push(gone);
    }
  }
  text += script.slice(from);
  const line = lineCounter(text);
  const lineOf = (pos: number): number => {
    let low = 0;
    let high = swallowed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (swallowed[middle]! <= pos) low = middle + 1;
      else high = middle;
    }
    return line(pos) - 1 + (before[low - 1] ?? 0);
  };
  return { text, lineOf };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
