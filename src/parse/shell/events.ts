/** What a script comes to when it is taken apart: its simple commands and pipelines, each with its place. */
import type { Command, Pipeline } from 'unbash';
import type { ScriptSource } from './source.ts';

/** A command's place in a pipeline; commands inside a group share the group's stage. */
export interface Stage {
  readonly pipeline: Pipeline;
  readonly index: number;
  readonly outer: Stage | undefined;
}

/** The substitution a command stands in. */
export interface Enclosing {
  /** Command whose word or redirection holds the substitution; absent for loop lists, tests and the like. */
  readonly event: CommandEvent | undefined;
  readonly operator: '$(' | '<(' | '>(';
  readonly part: { readonly pos: number; readonly end: number };
  /** Its output is an operand of `[[ ]]`. */
  readonly inTest: boolean;
}

/** One simple command, in the order in which the reference walks them. */
export interface CommandEvent {
  readonly kind: 'command';
  readonly node: Command;
  readonly source: ScriptSource;
  readonly stage: Stage | undefined;
  readonly enclosing: Enclosing | undefined;
  /** Command list (script, loop body ...) the command belongs to: equal numbers run in one process, in order. */
  readonly scope: number;
  /** Its failure is passed over: `cmd || true`. */
  readonly isFailureIgnored: boolean;
}

/** A pipeline, told before its commands. */
export interface PipelineEvent {
  readonly kind: 'pipeline';
  readonly node: Pipeline;
  readonly source: ScriptSource;
}

export type ShellEvent = CommandEvent | PipelineEvent;
