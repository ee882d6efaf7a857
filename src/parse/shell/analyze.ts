import { type ParsedScript, parse } from 'unbash';
import { flatten, type ShellEvent } from './flatten.ts';
import { applyReferenceRules, type ReferenceHit, type ReferenceSink } from './reference-rules.ts';
import { makeSource, type ScriptSource } from './source.ts';
import type { InstallRecord, ShellAnalysis, ShellParseError } from './types.ts';

/** Quoted scripts inside scripts are read this deep. */
const MAX_NESTED = 16;
/** Longer scripts count as unreadable, so that time stays bounded. */
const MAX_LENGTH = 8 * 1024 * 1024;

/** Where a script stands, and what it shares with its neighbours. */
export interface ShellOptions {
  /** The reference's base lines, added to the line within the script; 0 for a whole file. */
  readonly startLine?: number;
  readonly endLine?: number;
  /** Names of downloaded files; share one set among all scripts of a Dockerfile or job. */
  readonly tainted?: Set<string>;
  /** True line in the file of a position in the script. Default: the line within the script. */
  readonly fileLine?: (pos: number) => number;
}

/** A script taken apart, or the reason why it cannot be. */
export interface ReadScript {
  readonly events: readonly ShellEvent[];
  readonly source: ScriptSource;
  readonly error: string | undefined;
}

/** Parses a script. Line ends and NUL bytes are treated as the reference's parser does. */
export function readScript(script: string, fileLine?: (pos: number) => number): ReadScript {
  const text = normalize(script);
  const source = makeSource(text, fileLine);
  if (text.includes('\uFFFD')) return { events: [], source, error: 'invalid UTF-8 encoding' };
  if (text.length > MAX_LENGTH) return { events: [], source, error: 'script too long' };
  let parsed: ParsedScript;
  try {
    parsed = parse(text);
    return { ...flatten(parsed, source), source };
  } catch (cause) {
    return { events: [], source, error: cause instanceof Error ? cause.message : 'unreadable' };
  }
}

function normalize(script: string): string {
  let text = script;
  if (text.includes('\0')) text = text.replaceAll('\0', '');
  if (text.includes('\r')) text = text.replaceAll('\r\n', '\n').replaceAll('\r', ' ');
  return text;
}

/**
 * Finds what a shell script installs, or downloads and runs.
 * In: the script's text. Out: records of both views in the reference's order, and the scripts that cannot be
 * read (the whole one, then without records, or a quoted one inside). Never throws.
 * Reference: file-checks 8.6, 8.7, 8.8.
 */
export function analyzeShell(script: string, options: ShellOptions = {}): ShellAnalysis {
  const records: InstallRecord[] = [];
  const errors: ShellParseError[] = [];
  const state = { records, errors, tainted: options.tainted ?? new Set<string>(), abort: undefined };
  const lines = { start: options.startLine ?? 0, end: options.endLine ?? 0 };
  analyzeOne(script, lines, options.fileLine, 0, state);
  const { abort } = state;
  return abort === undefined ? { records, errors } : { records, errors, abort };
}

interface BaseLines {
  readonly start: number;
  readonly end: number;
}

interface AnalysisState {
  readonly records: InstallRecord[];
  readonly errors: ShellParseError[];
  readonly tainted: Set<string>;
  abort: string | undefined;
}

function analyzeOne(
  script: string,
  base: BaseLines,
  fileLine: ((pos: number) => number) | undefined,
  depth: number,
  state: AnalysisState,
): void {
  const read = readScript(script, fileLine);
  if (read.error !== undefined) {
    state.errors.push({ message: read.error, startLine: base.start, endLine: base.end, script });
    return;
  }
  const sink: ReferenceSink = {
    tainted: state.tainted,
    hit: (hit, source) => state.records.push(toRecord(hit, source, base)),
    nested: (content, contentPos, pos, source) => {
      if (depth >= MAX_NESTED) return;
      const lineOf = (at: number): number => source.fileLine(contentPos + at);
      analyzeOne(content, shift(base, source.line(pos)), lineOf, depth + 1, state);
    },
    abort: (reason) => {
      state.abort = reason;
    },
  };
  for (const event of read.events) applyReferenceRules(event, sink);
}

/** Lines of a command as the reference counts them: base line plus line within the script. */
function shift(base: BaseLines, line: number): BaseLines {
  const start = base.start + line;
  return { start, end: base.end >= base.start ? base.end + line : start };
}

function toRecord(hit: ReferenceHit, source: ScriptSource, base: BaseLines): InstallRecord {
  const lines = shift(base, source.line(hit.pos));
  return {
    type: hit.type,
    text: hit.text,
    reference: { startLine: lines.start, endLine: lines.end, pinned: hit.pinned },
    startLine: source.fileLine(hit.pos),
    endLine: source.fileLine(Math.max(hit.pos, hit.end - 1)),
  };
}
