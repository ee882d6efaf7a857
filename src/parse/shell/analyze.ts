import { type ReadScript, readScript } from './read.ts';
import {
  applyReferenceRules,
  type ReferenceHit,
  type ReferenceSink,
  type TaintedFiles,
} from './reference-rules.ts';
import type { ScriptSource } from './source.ts';
import { judgeScript, mayInstall } from './truth/judge.ts';
import { newTruthMemory, type TruthHit, type TruthMemory } from './truth/memory.ts';
import type { InstallRecord, ShellAnalysis, ShellParseError, Truth } from './types.ts';

/** Quoted scripts inside scripts are read this deep. */
const MAX_NESTED = 16;
/** Longer values of variables are not kept. */
const MAX_VALUE = 2000;

/** What scripts of one Dockerfile or job know of each other: downloaded files, variables. */
export interface ShellMemory {
  readonly tainted: TaintedFiles;
  readonly truth: TruthMemory;
}

/** A memory for the scripts of one Dockerfile or job; `variables`: those set outside the scripts. */
export function newShellMemory(variables?: Iterable<readonly [string, string]>): ShellMemory {
  const memory = { tainted: { names: new Set<string>(), paths: new Map() }, truth: newTruthMemory() };
  setVariables(memory, variables ?? []);
  return memory;
}

/** Sets variables from outside the scripts; one whose text is made of others is not known any more. */
export function setVariables(memory: ShellMemory, variables: Iterable<readonly [string, string]>): void {
  for (const [name, value] of variables) {
    if (value.length < MAX_VALUE && !/[$`]/.test(value)) memory.truth.variables.set(name, value);
    else memory.truth.variables.delete(name);
  }
}

/** Notes in which folder the next script begins to work; undefined for the workspace itself. */
export function setFolder(memory: ShellMemory, folder: string | undefined): void {
  if (folder === undefined) delete memory.truth.folder;
  else memory.truth.folder = folder;
}

/** Where a script stands, and what it shares with its neighbours. */
export interface ShellOptions {
  /** The reference's base lines, added to the line within the script; 0 for a whole file. */
  readonly startLine?: number;
  readonly endLine?: number;
  /** Default: one of its own. */
  readonly memory?: ShellMemory;
  /** True line in the file of a position in the script. Default: the line within the script. */
  readonly fileLine?: (pos: number) => number;
  /** `truth`: the reference does not look at this script, no record carries its view. Default: both. */
  readonly views?: 'both' | 'reference' | 'truth';
}

/**
 * Finds what a shell script installs, or downloads and runs.
 * In: the script's text. Out: first the records the reference reports, in its order, then those only the
 * Assay view knows; and the scripts that cannot be read (the whole one, then without records, or a quoted one
 * inside). Never throws. Reference: file-checks 8.6, 8.7, 8.8.
 */
export function analyzeShell(script: string, options: ShellOptions = {}): ShellAnalysis {
  const memory = options.memory ?? newShellMemory();
  const views = options.views ?? 'both';
  const read = readScript(script, options.fileLine);
  const state: ReferenceState = { hits: [], errors: [], tainted: memory.tainted, abort: undefined };
  const base = { start: options.startLine ?? 0, end: options.endLine ?? 0 };
  if (views !== 'truth') readReference(script, read, base, 0, state);
  const truths: TruthHit[] = [];
  if (views !== 'reference' && read.error === undefined && mayInstall(read.source.text, memory.truth)) {
    judgeScript(read, memory.truth, truths);
  }
  const records = merge(state.hits, truths, views, read.source.fileLine(0));
  const { errors, abort } = state;
  return abort === undefined ? { records, errors } : { records, errors, abort };
}

interface BaseLines {
  readonly start: number;
  readonly end: number;
}

interface PlacedHit extends ReferenceHit {
  readonly source: ScriptSource;
  readonly lines: BaseLines;
}

interface ReferenceState {
  readonly hits: PlacedHit[];
  readonly errors: ShellParseError[];
  readonly tainted: TaintedFiles;
  abort: string | undefined;
}

function readReference(
  script: string,
  read: ReadScript,
  base: BaseLines,
  depth: number,
  state: ReferenceState,
): void {
  if (read.error !== undefined) {
    state.errors.push({ message: read.error, startLine: base.start, endLine: base.end, script });
    return;
  }
  const sink: ReferenceSink = {
    tainted: state.tainted,
    hit: (hit, source) => state.hits.push({ ...hit, source, lines: shift(base, source.line(hit.pos)) }),
    nested: (content, contentPos, pos, source) => {
      if (depth >= MAX_NESTED) return;
      const inner = readScript(
        content,
        (at) => source.fileLine(contentPos + at),
        (at) => source.outerPos(contentPos + at),
      );
      readReference(content, inner, shift(base, source.line(pos)), depth + 1, state);
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

/** Verdict of a place that only the reference takes for an install. */
function noInstall(type: InstallRecord['type']): Truth {
  const why = type === 'downloadThenRun' ? 'not-executed' : 'not-an-install';
  return { verdict: 'not-a-download', why, pinKind: 'none' };
}

function merge(
  hits: readonly PlacedHit[],
  truths: readonly TruthHit[],
  views: 'both' | 'reference' | 'truth',
  firstLine: number,
): InstallRecord[] {
  const byPlace = new Map<string, TruthHit>();
  for (const truth of truths) {
    const place = placeOf(truth);
    if (!byPlace.has(place)) byPlace.set(place, truth);
  }
  const seen = new Set<string>();
  const records = hits.map((hit): InstallRecord => {
    const place = placeOf(hit);
    seen.add(place);
    const truth = byPlace.get(place);
    const { start, end } = hit.lines;
    return {
      type: hit.type,
      text: hit.text,
      reference: { startLine: start, endLine: end, pinned: hit.pinned },
      ...(views === 'reference' ? {} : { truth: truth?.truth ?? noInstall(hit.type) }),
      ...placeLines(hit, truth?.downloadLine, firstLine),
      ...(truth?.downloadLine === undefined ? {} : { downloadLine: truth.downloadLine }),
    };
  });
  for (const truth of truths) {
    const place = placeOf(truth);
    if (truth.isRepeat || seen.has(place)) continue;
    seen.add(place);
    const { type, downloadLine } = truth;
    const line = downloadLine === undefined ? {} : { downloadLine };
    records.push({
      type,
      text: truth.text(),
      truth: truth.truth,
      ...placeLines(truth, downloadLine, firstLine),
      ...line,
    });
  }
  return records;
}

interface Placed {
  readonly type: string;
  readonly source: ScriptSource;
  readonly pos: number;
  readonly end: number;
}

function placeOf({ type, source, pos }: Placed): string {
  return `${type} ${source.outerPos(pos)}`;
}

/** What an earlier script fetched is to be mended there. */
function placeLines(
  place: Placed,
  downloadLine: number | undefined,
  firstLine: number,
): { startLine: number; endLine: number } {
  if (downloadLine !== undefined && downloadLine < firstLine)
    return { startLine: downloadLine, endLine: downloadLine };
  return fileLines(place);
}

function fileLines({ source, pos, end }: Placed): { startLine: number; endLine: number } {
  return { startLine: source.fileLine(pos), endLine: source.fileLine(Math.max(pos, end - 1)) };
}
