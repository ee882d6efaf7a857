import { type Expression, type Flow, findPlaceholders, textFlows } from '../expressions.ts';
import type { Action, Env, Job, MatrixValue, Step, Text, Workflow } from '../model.ts';
import { foreignFileEvents } from './artifacts.ts';
import { scriptFacts } from './script-taint.ts';
import { findLocalAction, findLocalWorkflow, type Surroundings } from './surroundings.ts';
import { contextTaint, outputTaint, type Taint, type Via } from './untrusted.ts';
import { FOREIGN_EVENTS, PASS_THROUGH_ACTIONS, READING_ACTIONS } from './untrusted-data.ts';

// Where the text of outsiders goes: through `env`, outputs, matrices, inputs of local actions and workflows.

/** A list of steps in its place: a job, or a composite action called from a step. */
export interface Frame {
  readonly path: string;
  readonly workflow: Workflow | undefined;
  readonly job: Job | undefined;
  readonly steps: readonly Step[];
  /** Text of outsiders in `inputs`. */
  readonly inputs: ReadonlyMap<string, readonly Taint[]>;
  /** The step that called a composite action. */
  readonly caller: { readonly frame: Frame; readonly step: number } | undefined;
  readonly files: Surroundings;
  readonly budget: { left: number };
  readonly depth: number;
}

export const NO_TAINTS: readonly Taint[] = Object.freeze([]);
const MAX_DEPTH = 12;
const MAX_TAINTS = 12;

export function jobFrame(workflow: Workflow, job: Job, files: Surroundings, from?: Partial<Frame>): Frame {
  return {
    path: workflow.path,
    workflow,
    job,
    steps: job.steps,
    inputs: new Map(),
    caller: undefined,
    files,
    budget: { left: 20_000 },
    depth: 0,
    ...from,
  };
}

export function through(taints: readonly Taint[], via: Via): readonly Taint[] {
  return taints.map((taint) => (taint.via.includes(via) ? taint : { ...taint, via: [...taint.via, via] }));
}

function merge(lists: readonly (readonly Taint[])[]): readonly Taint[] {
  const result: Taint[] = [];
  for (const list of lists) {
    for (const taint of list) {
      if (result.length < MAX_TAINTS && !result.some((other) => other.source === taint.source))
        result.push(taint);
    }
  }
  return result;
}

/** Text of outsiders in a text with `${{ }}`, as seen from a step. */
export function textTaints(frame: Frame, step: number, text: string): readonly Taint[] {
  if (!text.includes('${{')) return NO_TAINTS;
  const placeholders = findPlaceholders(text);
  return merge(
    placeholders.map(({ expression }) =>
      expression ? expressionTaints(frame, step, expression) : NO_TAINTS,
    ),
  );
}

export function expressionTaints(frame: Frame, step: number, expression: Expression): readonly Taint[] {
  return merge(textFlows(expression).map((flow) => flowTaints(frame, step, flow)));
}

function flowTaints(frame: Frame, step: number, flow: Flow): readonly Taint[] {
  const { path } = flow;
  if (frame.depth > MAX_DEPTH || --frame.budget.left < 0) return NO_TAINTS;
  switch (path[0]) {
    case 'github': {
      const taint = contextTaint(flow);
      return taint === undefined ? NO_TAINTS : [taint];
    }
    case 'env':
      return path[1] === undefined ? NO_TAINTS : variableTaints(frame, step, path[1]);
    case 'steps':
      return path[2] === 'outputs'
        ? through(stepOutput(frame, step, path[1]!, path[3] ?? '*'), 'output')
        : NO_TAINTS;
    case 'needs':
      return path[2] === 'outputs'
        ? through(neededOutput(frame, path[1]!, path[3] ?? '*'), 'output')
        : NO_TAINTS;
    case 'matrix':
      return through(matrixTaints(frame, path[1]), 'matrix');
    case 'inputs':
      return through(frame.inputs.get(path[1] ?? '') ?? NO_TAINTS, 'input');
    default:
      return NO_TAINTS;
  }
}

function findVariable(env: Env | undefined, name: string): Text | undefined {
  return env?.variables.find((variable) => variable.name === name);
}

/** Text of outsiders in an environment variable, as a step sees it. */
export function variableTaints(frame: Frame, step: number, variable: string): readonly Taint[] {
  const name = variable.toLowerCase();
  const own = findVariable(frame.steps[step]?.env, name);
  if (own !== undefined) return through(textTaints(deeper(frame), step, own.value), 'env');
  const written = writtenVariable(frame, step, name);
  if (written.length > 0) return written;
  const outer = findVariable(frame.job?.env, name) ?? findVariable(frame.workflow?.env, name);
  if (outer !== undefined) return through(textTaints(deeper(frame), step, outer.value), 'env');
  if (frame.caller !== undefined) return variableTaints(frame.caller.frame, frame.caller.step, name);
  if (name !== 'github_head_ref') return NO_TAINTS;
  const taint = contextTaint({ path: ['github', 'head_ref'], json: false });
  return taint === undefined ? NO_TAINTS : through([taint], 'env');
}

function deeper(frame: Frame): Frame {
  return { ...frame, depth: frame.depth + 1 };
}

/** So many steps before a variable are looked at. */
const MAX_WRITERS = 500;
const writersOf = new WeakMap<readonly Step[], readonly number[]>();

/** Indexes of the steps that write to the environment file, the last first. Asked for every variable of a job. */
function writers(steps: readonly Step[]): readonly number[] {
  let known = writersOf.get(steps);
  if (known === undefined) {
    known = steps.flatMap(({ run }, index) => (run?.value.includes('GITHUB_ENV') ? [index] : [])).reverse();
    writersOf.set(steps, known);
  }
  return known;
}

/** A variable that an earlier step wrote to the environment file. */
function writtenVariable(frame: Frame, step: number, name: string): readonly Taint[] {
  if (frame.depth > MAX_DEPTH) return NO_TAINTS;
  let left = MAX_WRITERS;
  for (const index of writers(frame.steps)) {
    if (index >= step) continue;
    if (left-- === 0) break;
    for (const [key, taints] of scriptFacts(deeper(frame), index).variables) {
      if (key.toLowerCase() === name) return through(taints, 'env');
    }
  }
  return NO_TAINTS;
}

function stepOutput(frame: Frame, before: number, id: string, output: string): readonly Taint[] {
  const index = frame.steps.findIndex((step) => step.id?.value.toLowerCase() === id);
  const step = frame.steps[index];
  if (step === undefined || (index >= before && before >= 0)) return NO_TAINTS;
  if (step.run !== undefined) {
    const { outputs } = scriptFacts(deeper(frame), index);
    return merge(
      [...outputs]
        .filter(([name]) => output === '*' || name === '*' || name.toLowerCase() === output)
        .map(([, found]) => found),
    );
  }
  return step.uses === undefined ? NO_TAINTS : actionOutput(frame, index, step, output);
}

function actionOutput(frame: Frame, index: number, step: Step, output: string): readonly Taint[] {
  const uses = step.uses!.value;
  const at = uses.indexOf('@');
  const name = (at < 0 ? uses : uses.slice(0, at)).toLowerCase();
  const known = escapesNames(step, name) ? undefined : outputTaint(name, output);
  if (known !== undefined) return [known];
  if (READING_ACTIONS.has(name)) {
    const events = foreignFileEvents(deeper(frame), index);
    const source = `${name} ${output}`;
    return events.size === 0 ? NO_TAINTS : [{ text: true, commit: true, source, events, via: ['output'] }];
  }
  if (PASS_THROUGH_ACTIONS.has(name)) {
    return merge(step.inputs.map((input) => textTaints(deeper(frame), index, input.value)));
  }
  if (name === 'actions/github-script') return scriptActionOutput(frame, index, step, output);
  const inner = calledAction(frame, index);
  const text = inner?.action.outputs.find((candidate) => candidate.name === output)?.value;
  return inner === undefined || text === undefined
    ? NO_TAINTS
    : textTaints(inner.frame, inner.frame.steps.length, text);
}

/** The filter of paths quotes the names of files for shells when it is asked to; by default it lists none. */
function escapesNames({ inputs }: Step, action: string): boolean {
  if (action !== 'dorny/paths-filter') return false;
  const list = inputs.find(({ name }) => name === 'list-files')?.value ?? 'none';
  return list === 'none' || list === 'shell' || list === 'escape';
}

const PAYLOAD_TEXT =
  /\.(?:title|body|message|head_branch|head\.ref|head\.label|display_title)\b|\bhead_ref\b/i;
const PAYLOAD_COMMIT = /\bhead\.(?:sha|ref|label|repo)|\bhead_?(?:sha|branch|ref)\b|merge_commit_sha/i;

/** What a script hands out when it reads the event or the API. */
function scriptActionOutput(frame: Frame, index: number, step: Step, output: string): readonly Taint[] {
  const script = step.inputs.find((input) => input.name === 'script')?.value ?? '';
  const isResult = output === 'result';
  const giving = script.split('\n').filter((line) => {
    if (isResult) return /\breturn\b/.test(line);
    return line.includes('setOutput') && (output === '*' || line.toLowerCase().includes(output));
  });
  const text = giving.some((line) => PAYLOAD_TEXT.test(line));
  const commit = giving.some((line) => PAYLOAD_COMMIT.test(line));
  const spliced = isResult ? textTaints(deeper(frame), index, script) : NO_TAINTS;
  if (!text && !commit) return spliced;
  const source = `steps.${step.id?.value ?? ''}.outputs.${output}`;
  return [{ text, commit, source, events: FOREIGN_EVENTS, via: ['output'] }, ...spliced];
}

/** The local composite action that a step calls, and its frame. */
export function calledAction(frame: Frame, index: number): { action: Action; frame: Frame } | undefined {
  const step = frame.steps[index];
  const uses = step?.uses?.value;
  if (step === undefined || uses === undefined || frame.depth > MAX_DEPTH) return undefined;
  const action = findLocalAction(frame.files, uses);
  if (action === undefined) return undefined;
  const inputs = new Map<string, readonly Taint[]>();
  for (const input of action.inputs) {
    const given = step.inputs.find(({ name }) => name === input.name)?.value ?? input.default?.value ?? '';
    const taints = textTaints(deeper(frame), index, given);
    if (taints.length > 0) inputs.set(input.name, taints);
  }
  const caller = { frame, step: index };
  return {
    action,
    frame: {
      ...deeper(frame),
      path: action.path,
      workflow: undefined,
      job: undefined,
      steps: action.steps,
      inputs,
      caller,
    },
  };
}

/** The local workflow that a job calls, with the text of outsiders that its inputs get. */
export function calledWorkflow(
  frame: Frame,
): { workflow: Workflow; inputs: ReadonlyMap<string, readonly Taint[]> } | undefined {
  const call = frame.job?.call;
  if (call === undefined || frame.depth > MAX_DEPTH) return undefined;
  const workflow = findLocalWorkflow(frame.files, call.uses.value);
  if (workflow === undefined) return undefined;
  const trigger = workflow.triggers.find(({ name }) => name === 'workflow_call');
  const inputs = new Map<string, readonly Taint[]>();
  for (const input of trigger?.inputs ?? []) {
    if (input.type === 'boolean' || input.type === 'number') continue;
    const given = call.inputs.find(({ name }) => name === input.name)?.value ?? '';
    const taints = textTaints(deeper(frame), -1, given);
    if (taints.length > 0) inputs.set(input.name, taints);
  }
  return { workflow, inputs };
}

function neededOutput(frame: Frame, id: string, output: string): readonly Taint[] {
  const { workflow } = frame;
  const job = workflow?.jobs.find((candidate) => candidate.id.toLowerCase() === id);
  if (workflow === undefined || job === undefined) return NO_TAINTS;
  return jobOutput(jobFrame(workflow, job, frame.files, { ...deeper(frame), job, steps: job.steps }), output);
}

function jobOutput(frame: Frame, output: string): readonly Taint[] {
  const called = calledWorkflow(frame);
  if (called === undefined) {
    const texts = (frame.job?.outputs ?? []).filter(({ name }) => output === '*' || name === output);
    return merge(texts.map(({ value }) => textTaints(frame, frame.steps.length, value)));
  }
  const { workflow, inputs } = called;
  const outputs = workflow.triggers.find(({ name }) => name === 'workflow_call')?.outputs ?? [];
  return merge(
    outputs
      .filter(({ name }) => output === '*' || name === output)
      .flatMap(({ value }) => findPlaceholders(value))
      .flatMap(({ expression }) => (expression === undefined ? [] : textFlows(expression)))
      .filter(({ path }) => path[0] === 'jobs' && path[2] === 'outputs')
      .map(({ path }) => {
        const job = workflow.jobs.find((candidate) => candidate.id.toLowerCase() === path[1]);
        if (job === undefined) return NO_TAINTS;
        const inner = jobFrame(workflow, job, frame.files, {
          budget: frame.budget,
          depth: frame.depth + 1,
          inputs,
        });
        return jobOutput(inner, path[3] ?? '*');
      }),
  );
}

/** Text of outsiders in a matrix; any row when the name is not known. */
function matrixTaints(frame: Frame, row: string | undefined): readonly Taint[] {
  const matrix = frame.job?.matrix;
  if (matrix === undefined) return NO_TAINTS;
  const texts: string[] = [];
  for (const { name, values, expression } of matrix.rows) {
    if (row !== undefined && row !== '*' && name !== row) continue;
    if (expression !== undefined) texts.push(expression.value);
    for (const value of values) collectTexts(value, texts);
  }
  for (const whole of [matrix.expression, matrix.includeExpression])
    if (whole !== undefined) texts.push(whole.value);
  for (const { name, value } of matrix.include.flat())
    if (row === undefined || name.toLowerCase() === row) collectTexts(value, texts);
  const inner = deeper(frame);
  return merge(texts.map((text) => textTaints(inner, -1, text)));
}

function collectTexts(value: MatrixValue, texts: string[]): void {
  if (typeof value === 'string') {
    if (value.includes('${{')) texts.push(value);
  } else for (const inner of Object.values(value)) collectTexts(inner as MatrixValue, texts);
}
