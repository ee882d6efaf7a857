import { analyzeShell, type ShellMemory, type ShellOptions } from './analyze.ts';
import { lineCounter } from './source.ts';
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
  const swallowed: { readonly pos: number; readonly lines: number }[] = [];
  if (script.includes('{{')) {
    for (const match of script.matchAll(EXPRESSION)) {
      text += script.slice(from, match.index) + PLACEHOLDER;
      from = match.index + match[0].length;
      const lines = countLines(match[0]);
      if (lines > 0) swallowed.push({ pos: text.length, lines });
    }
  }
  text += script.slice(from);
  const line = lineCounter(text);
  const lineOf = (pos: number): number => {
    let lines = line(pos) - 1;
    for (const gap of swallowed) {
      if (gap.pos > pos) break;
      lines += gap.lines;
    }
    return lines;
  };
  return { text, lineOf };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
