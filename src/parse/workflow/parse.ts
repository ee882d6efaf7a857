import { hasCommands } from '../has-commands.ts';
import { parseYaml, type YamlNode } from '../yaml/index.ts';
import { readJobs } from './jobs.ts';
import type { Action, ActionInput, NamedText, Workflow } from './model.ts';
import {
  checkPrimitive,
  NO_ENV,
  NONE,
  newReader,
  note,
  type Reader,
  readEnv,
  readMap,
  readText,
  see,
  unknownKey,
} from './read.ts';
import { readConcurrency, readDefaults, readPermissions } from './sections.ts';
import { readSteps } from './steps.ts';
import { readTriggers } from './triggers.ts';

/** A workflow of a megabyte, the most that GitHub runs, usually has a third of these values. */
const LIMITS = { maxNodes: 100_000 };

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

type Draft = { -readonly [K in keyof Workflow]: Workflow[K] };

function emptyWorkflow(path: string, commands: boolean): Draft {
  return {
    path,
    hasCommands: commands,
    triggers: NONE,
    env: NO_ENV,
    jobs: NONE,
    problems: NONE,
    problemCount: 0,
  };
}

/**
 * Reads a workflow as the reference does (file-checks 1.6): whatever can be read is used, and only a file that
 * is not YAML has an `error`. A list or a scalar gives an empty workflow. Hand over the bytes when the text had
 * to be decoded with replacement characters. Never throws.
 */
export function parseWorkflow(source: string | Uint8Array, path: string): Workflow {
  const decoded = typeof source === 'string' ? source : decoder.decode(source);
  const commands = hasCommands(decoded);
  // Only the bytes tell a replacement character from bytes that are not UTF-8.
  const { root, error, text } = parseYaml(decoded.includes('\ufffd') ? source : decoded, LIMITS);
  if (error !== undefined) return { ...emptyWorkflow(path, commands), error };
  const reader = newReader(text, false);
  const workflow = readWorkflow(reader, root, emptyWorkflow(path, commands));
  if (reader.sawAlias) {
    workflow.expanded = readWorkflow(newReader(text, true), root, emptyWorkflow(path, commands));
  }
  return workflow;
}

function readWorkflow(reader: Reader, root: YamlNode | undefined, workflow: Draft): Draft {
  if (root === undefined) note(reader, 1, 'the workflow is empty');
  else readSections(reader, root, workflow);
  workflow.problems = reader.problems;
  workflow.problemCount = reader.problemCount;
  return workflow;
}

function readSections(reader: Reader, root: YamlNode, workflow: Draft): void {
  let hasEvents = false;
  let hasJobs = false;
  for (const pair of readMap(reader, root, 'workflow', false, true)) {
    const { id, key, value } = pair;
    if (id === 'name') workflow.name = readText(reader, value, true);
    else if (id === 'on') {
      workflow.triggers = readTriggers(reader, value);
      hasEvents = true;
    } else if (id === 'permissions') workflow.permissions = readPermissions(reader, key, value);
    else if (id === 'env') workflow.env = readEnv(reader, value);
    else if (id === 'defaults') workflow.defaults = readDefaults(reader, value);
    else if (id === 'concurrency') readConcurrency(reader, value);
    else if (id === 'jobs') {
      workflow.jobs = readJobs(reader, value);
      hasJobs = true;
    } else if (id === 'run-name') readText(reader, value, false);
    else unknownKey(reader, pair, 'workflow');
  }
  if (!hasEvents) note(reader, root.line, 'on is missing');
  if (!hasJobs) note(reader, root.line, 'jobs is missing');
}

/** Reads an `action.yml`, aliases followed. Never throws; what is not YAML has an `error`. */
export function parseAction(source: string | Uint8Array, path: string): Action {
  const { root, error, text } = parseYaml(source, LIMITS);
  const action: { -readonly [K in keyof Action]: Action[K] } = {
    path,
    inputs: NONE,
    outputs: NONE,
    steps: NONE,
  };
  if (error !== undefined) return { ...action, error };
  if (root === undefined) return action;
  const reader = newReader(text, true);
  for (const { id, value } of readMap(reader, root, 'action', true, true)) {
    if (id === 'name') action.name = readText(reader, value, true);
    else if (id === 'inputs') action.inputs = readActionInputs(reader, value);
    else if (id === 'outputs') action.outputs = readActionOutputs(reader, value);
    else if (id === 'runs') readRuns(reader, value, action);
  }
  return action;
}

function readRuns(
  reader: Reader,
  node: YamlNode,
  action: { -readonly [K in keyof Action]: Action[K] },
): void {
  for (const { id, value } of readMap(reader, node, 'runs', true, true)) {
    if (id === 'using') action.using = readText(reader, value, true);
    else if (id === 'image') action.image = readText(reader, value, true);
    else if (id === 'steps') action.steps = readSteps(reader, value) ?? NONE;
  }
}

function readActionInputs(reader: Reader, node: YamlNode): readonly ActionInput[] {
  return readMap(reader, node, 'inputs', true, false).map((input) => {
    const result: { -readonly [K in keyof ActionInput]: ActionInput[K] } = {
      name: input.id,
      line: input.key.line,
    };
    for (const { id, value } of readMap(reader, input.value, 'input', true, true)) {
      if (id === 'default') result.default = readText(reader, value, true);
      else if (id === 'required') result.required = checkPrimitive(reader, value, 'bool') === 'true';
    }
    return result;
  });
}

function readActionOutputs(reader: Reader, node: YamlNode): readonly NamedText[] {
  return readMap(reader, node, 'outputs', true, false).flatMap((output): readonly NamedText[] => {
    for (const { id, value } of readMap(reader, see(reader, output.value), 'output', true, true)) {
      if (id === 'value') return [{ name: output.id, ...readText(reader, value, true) }];
    }
    return NONE;
  });
}
