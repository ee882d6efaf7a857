import type { ScriptCommand, ScriptWord } from './script.ts';
import type { Frame } from './taint.ts';
import type { Taint } from './untrusted.ts';

/** A place where a variable is parsed again or written raw. */
export interface ScriptSink {
  readonly offset: number;
  readonly kind: 'eval' | 'environment-file';
  readonly variable: string;
  readonly taints: readonly Taint[];
}

/** A command that brings in the tree of a pull request or a fork. */
export interface ScriptCheckout {
  readonly offset: number;
  readonly snippet: string;
  readonly taints: readonly Taint[];
}

export interface ScriptFacts {
  readonly checkouts: readonly ScriptCheckout[];
  readonly outputs: ReadonlyMap<string, readonly Taint[]>;
  /** Variables written to the environment file. */
  readonly variables: ReadonlyMap<string, readonly Taint[]>;
  readonly sinks: readonly ScriptSink[];
}

/** State of reading one script. */
export interface ScriptState {
  readonly frame: Frame;
  readonly step: number;
  readonly script: string;
  readonly local: Map<string, readonly Taint[]>;
  readonly outputs: Map<string, readonly Taint[]>;
  readonly variables: Map<string, readonly Taint[]>;
  readonly sinks: ScriptSink[];
  readonly checkouts: ScriptCheckout[];
  /** Files of the script that hold text of outsiders. */
  readonly files: Map<string, readonly Taint[]>;
  /** Variables that a strict pattern was demanded of. */
  readonly checked: ReadonlySet<string>;
  /** Events by which files of an outsider lie in the workspace. */
  readonly foreignFiles: ReadonlySet<string>;
  /** Name of the multi-line value being written. */
  open: { readonly name: string; readonly file: string; readonly random: boolean } | undefined;
}

/** Most places told of one script. */
export const MAX_PLACES = 60;

export function uniqueTaints(lists: readonly (readonly Taint[])[]): readonly Taint[] {
  const result: Taint[] = [];
  for (const taint of lists.flat())
    if (!result.some(({ source }) => source === taint.source)) result.push(taint);
  return result;
}

/** Earlier stages of the same pipeline. */
export function pipedInto(
  command: ScriptCommand,
  commands: readonly ScriptCommand[],
  index: number,
): readonly ScriptCommand[] {
  if (command.stage === 0) return [];
  return commands
    .slice(0, index)
    .filter(({ pipeline, stage }) => pipeline === command.pipeline && stage < command.stage);
}

/** The values of words, joined by blanks. */
export function joined(words: readonly ScriptWord[]): string {
  return words.map(({ value }) => value).join(' ');
}
