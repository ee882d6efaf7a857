// The model of a workflow: plain data, kept as evidence. What was absent is undefined or an empty list.
// Texts keep enough of their place in the file to tell the line of every character (`lineInText`).

import { lineCounter } from '../lines.ts';

/** A scalar of the file. `style` is set for block scalars, `breaks` for other texts over several lines. */
export interface Text {
  readonly value: string;
  /** Line of the scalar; for block scalars the line of the `|` or `>`. */
  readonly line: number;
  readonly style?: 'literal' | 'folded';
  /** Pairs: offset in `value`, source line. */
  readonly breaks?: readonly number[];
  /** Comment on the same line; kept for `uses` only, where it often tells the version. */
  readonly comment?: string;
}

/** A value with its key, in lower case. `line` is that of the value. */
export interface NamedText extends Text {
  readonly name: string;
}

export interface Problem {
  readonly line: number;
  readonly message: string;
  /** The file holds more than is read; it may well be in order. */
  readonly isLimit?: true;
}

export interface TriggerInput {
  readonly name: string;
  readonly line: number;
  readonly type?: string;
  readonly required?: boolean;
  readonly default?: Text;
}

/** One event of `on`. */
export interface Trigger {
  readonly name: string;
  readonly line: number;
  readonly types: readonly string[];
  readonly branches: readonly string[];
  readonly branchesIgnore: readonly string[];
  readonly tags: readonly string[];
  readonly paths: readonly string[];
  readonly workflows: readonly string[];
  /** Inputs of `workflow_dispatch` and `workflow_call`. */
  readonly inputs: readonly TriggerInput[];
  /** Outputs of `workflow_call`. */
  readonly outputs: readonly NamedText[];
}

/** `permissions`: one text for all (empty text: none at all), or scopes. */
export interface Permissions {
  /** Line of the key. */
  readonly line: number;
  readonly all?: Text;
  readonly scopes: readonly NamedText[];
}

export interface Env {
  readonly variables: readonly NamedText[];
  readonly expression?: Text;
}

export interface RunDefaults {
  readonly shell?: Text;
  readonly workingDirectory?: Text;
}

export interface RunsOn {
  readonly labels: readonly Text[];
  readonly group?: Text;
}

export interface Container {
  /** Key of a service; `container` for the job's own. */
  readonly name: string;
  readonly line: number;
  readonly image?: Text;
  readonly env: Env;
  readonly options?: Text;
  readonly credentials: boolean;
}

export type MatrixValue = string | readonly MatrixValue[] | { readonly [name: string]: MatrixValue };

export interface MatrixRow {
  readonly name: string;
  readonly values: readonly MatrixValue[];
  readonly expression?: Text;
}

export interface MatrixAssignment {
  readonly name: string;
  readonly value: MatrixValue;
}

export interface Matrix {
  readonly expression?: Text;
  readonly rows: readonly MatrixRow[];
  /** The assignments of every element of `include`. */
  readonly include: readonly (readonly MatrixAssignment[])[];
  readonly includeExpression?: Text;
}

/** A step runs an action, or a script, or (broken) nothing. */
export interface Step {
  /** Line of the first key: the one with the dash. */
  readonly line: number;
  readonly id?: Text;
  readonly name?: Text;
  readonly condition?: Text;
  readonly uses?: Text;
  /** `with` of an action. */
  readonly inputs: readonly NamedText[];
  readonly run?: Text;
  readonly shell?: Text;
  readonly workingDirectory?: Text;
  readonly env: Env;
}

/** A job that calls a reusable workflow. */
export interface Call {
  readonly uses: Text;
  readonly inputs: readonly NamedText[];
  readonly secrets: readonly NamedText[];
  /** Line of `secrets: inherit`. */
  readonly inheritsSecrets?: number;
}

export interface Job {
  readonly id: string;
  readonly line: number;
  readonly name?: Text;
  readonly condition?: Text;
  readonly needs: readonly string[];
  readonly runsOn?: RunsOn;
  readonly permissions?: Permissions;
  readonly environment?: Text;
  readonly container?: Container;
  readonly services: readonly Container[];
  readonly env: Env;
  readonly defaults?: RunDefaults;
  readonly outputs: readonly NamedText[];
  readonly matrix?: Matrix;
  readonly steps: readonly Step[];
  readonly call?: Call;
}

export interface Workflow {
  readonly path: string;
  /** Not YAML: everything else is empty then. */
  readonly error?: Problem;
  /** Some line is neither blank nor a comment (file-checks 1.5). */
  readonly hasCommands: boolean;
  readonly name?: Text;
  readonly triggers: readonly Trigger[];
  readonly permissions?: Permissions;
  readonly env: Env;
  readonly defaults?: RunDefaults;
  /** In the order of the file. */
  readonly jobs: readonly Job[];
  /** What the reference's parser finds wrong: the first few, and how many in all. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /**
   * The same workflow with aliases followed, as GitHub reads it. Only present when there are aliases; the
   * reference skips them (file-checks 1.6).
   */
  readonly expanded?: Workflow;
}

export interface ActionInput {
  readonly name: string;
  readonly line: number;
  readonly required?: boolean;
  readonly default?: Text;
}

/** An `action.yml`. */
export interface Action {
  readonly path: string;
  readonly error?: Problem;
  readonly name?: Text;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly NamedText[];
  /** `composite`, `docker`, `node24`, ... as written. */
  readonly using?: Text;
  /** Image of a Docker action. */
  readonly image?: Text;
  readonly steps: readonly Step[];
}

/** Scripts longer than this keep the starts of their lines once asked for one. */
const LONG = 20_000;
const lineStarts = new WeakMap<Text, (offset: number) => number>();

/** Line of the file that holds the character at an offset of a text's value. */
export function lineInText(text: Text, offset: number): number {
  const { breaks, line, style, value } = text;
  if (breaks !== undefined) {
    let found = line;
    for (let index = 0; index + 1 < breaks.length && breaks[index]! <= offset; index += 2) {
      found = breaks[index + 1]!;
    }
    return found;
  }
  if (style !== 'literal') return line;
  if (value.length > LONG) {
    let counter = lineStarts.get(text);
    if (counter === undefined) lineStarts.set(text, (counter = lineCounter(value)));
    return line + counter(offset);
  }
  let result = line + 1;
  for (let at = value.indexOf('\n'); at >= 0 && at < offset; at = value.indexOf('\n', at + 1)) result++;
  return result;
}

/** First line of the characters of a text. */
export function firstLine(text: Text): number {
  return lineInText(text, 0);
}
