import type { YamlNode } from '../yaml/index.ts';
import type { NamedText, Text, Trigger, TriggerInput } from './model.ts';
import {
  checkPrimitive,
  type KeyValue,
  NONE,
  note,
  type Reader,
  readList,
  readMap,
  readText,
  readTextList,
  readTexts,
  see,
  unknownKey,
} from './read.ts';

type Draft = { -readonly [K in keyof Trigger]: Trigger[K] };

function newTrigger(name: string, line: number): Draft {
  return {
    name,
    line,
    types: NONE,
    branches: NONE,
    branchesIgnore: NONE,
    tags: NONE,
    paths: NONE,
    workflows: NONE,
    inputs: NONE,
    outputs: NONE,
  };
}

/** `on`: a name, a list of names, or a map of names and settings. */
export function readTriggers(reader: Reader, source: YamlNode): readonly Trigger[] {
  const node = see(reader, source);
  if (node.kind === 'scalar') return readName(reader, node);
  if (node.kind === 'seq') {
    if (node.items.length === 0) note(reader, node.line, 'on may not be empty');
    return node.items.flatMap((item) => readName(reader, item));
  }
  if (node.kind === 'alias') {
    note(reader, node.line, 'on: map or list expected');
    return NONE;
  }
  return readMap(reader, node, 'on', false, true).flatMap((pair) => readSettings(reader, pair));
}

function readName(reader: Reader, node: YamlNode): readonly Trigger[] {
  const { value, line } = readText(reader, node, false);
  if (value === '') return NONE;
  if (value === 'schedule') {
    note(reader, line, 'schedule has no settings');
    return NONE;
  }
  return [newTrigger(value, line)];
}

function readSettings(reader: Reader, pair: KeyValue): readonly Trigger[] {
  const trigger = newTrigger(pair.id, pair.key.line);
  switch (pair.id) {
    case 'schedule':
      return readSchedule(reader, pair.value) ? [trigger] : NONE;
    case 'workflow_dispatch':
      readDispatch(reader, pair.value, trigger);
      break;
    case 'repository_dispatch':
      for (const item of readMap(reader, pair.value, pair.id, true, true)) {
        if (item.id === 'types') trigger.types = values(readTexts(reader, item.value, 'types'));
        else unknownKey(reader, item, pair.id);
      }
      break;
    case 'workflow_call':
      readCallTrigger(reader, pair.value, trigger);
      break;
    case 'image_version':
      for (const item of readMap(reader, pair.value, pair.id, true, true)) {
        if (item.id === 'names' || item.id === 'versions') readTextList(reader, item.value, item.id, false);
        else unknownKey(reader, item, pair.id);
      }
      break;
    default:
      readWebhook(reader, pair, trigger);
  }
  return [trigger];
}

function values(texts: readonly Text[]): readonly string[] {
  return texts.map((text) => text.value);
}

function readSchedule(reader: Reader, node: YamlNode): boolean {
  const items = readList(reader, node, 'schedule', false);
  for (const item of items ?? NONE) {
    const pairs = readMap(reader, item, 'schedule', false, true);
    if (pairs.length === 1 && pairs[0]!.id === 'cron') readText(reader, pairs[0]!.value, false);
    else note(reader, item.line, 'schedule: one cron expected');
  }
  return items !== undefined;
}

function readWebhook(reader: Reader, pair: KeyValue, trigger: Draft): void {
  for (const item of readMap(reader, pair.value, pair.id, true, true)) {
    switch (item.id) {
      case 'types':
        trigger.types = values(readTexts(reader, item.value, 'types'));
        break;
      case 'branches':
        trigger.branches = values(readTexts(reader, item.value, 'branches'));
        break;
      case 'branches-ignore':
        trigger.branchesIgnore = values(readTexts(reader, item.value, 'branches-ignore'));
        break;
      case 'tags':
        trigger.tags = values(readTexts(reader, item.value, 'tags'));
        break;
      case 'paths':
        trigger.paths = values(readTexts(reader, item.value, 'paths'));
        break;
      case 'tags-ignore':
      case 'paths-ignore':
        readTexts(reader, item.value, item.id);
        break;
      case 'workflows':
        trigger.workflows = values(readTexts(reader, item.value, 'workflows'));
        break;
      default:
        unknownKey(reader, item, pair.id);
    }
  }
}

const DISPATCH_TYPES = ['string', 'number', 'boolean', 'choice', 'environment'];

function readDispatch(reader: Reader, node: YamlNode, trigger: Draft): void {
  for (const item of readMap(reader, node, 'workflow_dispatch', true, true)) {
    if (item.id === 'inputs') {
      trigger.inputs = readMap(reader, item.value, 'inputs', true, false).map((input) =>
        readInput(reader, input, DISPATCH_TYPES, true),
      );
    } else unknownKey(reader, item, 'workflow_dispatch');
  }
}

function readInput(
  reader: Reader,
  pair: KeyValue,
  types: readonly string[],
  isDispatch: boolean,
): TriggerInput {
  let type: string | undefined;
  let required: boolean | undefined;
  let fallback: Text | undefined;
  for (const item of readMap(reader, pair.value, 'input', true, true)) {
    const node = see(reader, item.value);
    if (item.id === 'description') readText(reader, node, true);
    else if (item.id === 'required') required = checkPrimitive(reader, node, 'bool') === 'true';
    else if (item.id === 'default') fallback = readText(reader, node, true);
    else if (item.id === 'options' && isDispatch) readTextList(reader, node, 'options', false);
    else if (item.id === 'type') {
      type = node.kind === 'scalar' ? node.value : '';
      if (!types.includes(type)) note(reader, node.line, 'unknown type of input');
    } else unknownKey(reader, item, 'inputs');
  }
  if (type === undefined && !isDispatch) note(reader, pair.key.line, 'an input has no type');
  return { name: pair.id, line: pair.key.line, type, required, default: fallback };
}

const CALL_TYPES = ['boolean', 'number', 'string'];

function readCallTrigger(reader: Reader, node: YamlNode, trigger: Draft): void {
  for (const item of readMap(reader, node, 'workflow_call', true, true)) {
    if (item.id === 'inputs') {
      trigger.inputs = readMap(reader, item.value, 'inputs', true, false).map((input) =>
        readInput(reader, input, CALL_TYPES, false),
      );
    } else if (item.id === 'secrets') readCallSecrets(reader, item.value);
    else if (item.id === 'outputs') trigger.outputs = readCallOutputs(reader, item.value);
    else unknownKey(reader, item, 'workflow_call');
  }
}

function readCallSecrets(reader: Reader, node: YamlNode): void {
  for (const secret of readMap(reader, node, 'secrets', true, false)) {
    for (const item of readMap(reader, secret.value, 'secret', true, true)) {
      if (item.id === 'description') readText(reader, item.value, true);
      else if (item.id === 'required') checkPrimitive(reader, item.value, 'bool');
      else unknownKey(reader, item, 'secrets');
    }
  }
}

function readCallOutputs(reader: Reader, node: YamlNode): readonly NamedText[] {
  const result: NamedText[] = [];
  for (const output of readMap(reader, node, 'outputs', true, false)) {
    let found = false;
    for (const item of readMap(reader, output.value, 'output', true, true)) {
      if (item.id === 'description') readText(reader, item.value, true);
      else if (item.id === 'value') {
        result.push({ name: output.id, ...readText(reader, item.value, false) });
        found = true;
      } else unknownKey(reader, item, 'outputs');
    }
    if (!found) note(reader, output.key.line, 'an output has no value');
  }
  return result;
}
