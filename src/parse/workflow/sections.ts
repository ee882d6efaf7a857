import type { YamlNode } from '../yaml/index.ts';
import type {
  Container,
  Env,
  Matrix,
  MatrixAssignment,
  MatrixRow,
  MatrixValue,
  NamedText,
  Permissions,
  RunDefaults,
  RunsOn,
  Text,
} from './model.ts';
import {
  checkPositive,
  checkPrimitive,
  type KeyValue,
  NO_ENV,
  NONE,
  note,
  type Reader,
  readEnv,
  readExpression,
  readList,
  readMap,
  readNamed,
  readText,
  readTextList,
  readTexts,
  requireExpression,
  see,
  unknownKey,
} from './read.ts';

// Sections that jobs share with one another or with the whole workflow.

export function readPermissions(reader: Reader, key: Text, source: YamlNode): Permissions {
  const node = see(reader, source);
  if (node.kind === 'scalar') return { line: key.line, all: readText(reader, node, false), scopes: NONE };
  const scopes = readMap(reader, node, 'permissions', true, false).map((pair) =>
    readNamed(reader, pair, false),
  );
  return { line: key.line, scopes };
}

export function readDefaults(reader: Reader, node: YamlNode): RunDefaults | undefined {
  let result: { shell?: Text; workingDirectory?: Text } | undefined;
  for (const section of readMap(reader, node, 'defaults', false, true)) {
    if (section.id !== 'run') {
      unknownKey(reader, section, 'defaults');
      continue;
    }
    result = {};
    for (const pair of readMap(reader, section.value, 'run', false, true)) {
      if (pair.id === 'shell') result.shell = readText(reader, pair.value, false);
      else if (pair.id === 'working-directory') result.workingDirectory = readText(reader, pair.value, false);
      else unknownKey(reader, pair, 'run');
    }
  }
  if (result === undefined) note(reader, node.line, 'defaults has no run');
  return result;
}

export function readConcurrency(reader: Reader, source: YamlNode): void {
  const node = see(reader, source);
  if (node.kind === 'scalar') {
    readText(reader, node, false);
    return;
  }
  let hasGroup = false;
  for (const pair of readMap(reader, node, 'concurrency', false, true)) {
    if (pair.id === 'group') {
      readText(reader, pair.value, false);
      hasGroup = true;
    } else if (pair.id === 'cancel-in-progress') checkPrimitive(reader, pair.value, 'bool');
    else unknownKey(reader, pair, 'concurrency');
  }
  if (!hasGroup) note(reader, node.line, 'concurrency has no group');
}

/** The name of the environment. */
export function readEnvironment(reader: Reader, source: YamlNode): Text | undefined {
  const node = see(reader, source);
  if (node.kind === 'scalar') return readText(reader, node, false);
  let name: Text | undefined;
  for (const pair of readMap(reader, node, 'environment', false, true)) {
    if (pair.id === 'name') name = readText(reader, pair.value, false);
    else if (pair.id === 'url') readText(reader, pair.value, false);
    else unknownKey(reader, pair, 'environment');
  }
  if (name === undefined) note(reader, node.line, 'environment has no name');
  return name;
}

export function readOutputs(reader: Reader, node: YamlNode): readonly NamedText[] {
  const result = readMap(reader, node, 'outputs', false, false).map((pair) => readNamed(reader, pair, true));
  if (result.length === 0) note(reader, node.line, 'outputs may not be empty');
  return result;
}

export function readRunsOn(reader: Reader, source: YamlNode): RunsOn {
  const node = see(reader, source);
  const expression = readExpression(node);
  if (expression !== undefined) return { labels: [expression] };
  if (node.kind === 'scalar' || node.kind === 'seq') return { labels: readTexts(reader, node, 'runs-on') };
  let labels: readonly Text[] = NONE;
  let group: Text | undefined;
  for (const pair of readMap(reader, node, 'runs-on', false, true)) {
    if (pair.id === 'labels') {
      const whole = readExpression(see(reader, pair.value));
      labels = whole === undefined ? readTexts(reader, pair.value, 'labels') : [whole];
    } else if (pair.id === 'group') group = readText(reader, pair.value, false);
    else unknownKey(reader, pair, 'runs-on');
  }
  return { labels, group };
}

function readCredentials(reader: Reader, key: Text, source: YamlNode): void {
  const node = see(reader, source);
  if (readExpression(node) !== undefined) return;
  let found = 0;
  for (const pair of readMap(reader, node, 'credentials', false, true)) {
    if (pair.id === 'username' || pair.id === 'password') {
      readText(reader, pair.value, false);
      found++;
    } else unknownKey(reader, pair, 'credentials');
  }
  if (found < 2) note(reader, key.line, 'credentials lack username or password');
}

export function readContainer(reader: Reader, name: string, key: Text, source: YamlNode): Container {
  const node = see(reader, source);
  if (node.kind === 'scalar') {
    return { name, line: key.line, image: readText(reader, node, false), env: NO_ENV, credentials: false };
  }
  let image: Text | undefined;
  let options: Text | undefined;
  let env: Env = NO_ENV;
  let credentials = false;
  for (const pair of readMap(reader, node, name, false, true)) {
    if (pair.id === 'image') image = readText(reader, pair.value, false);
    else if (pair.id === 'env') env = readEnv(reader, pair.value);
    else if (pair.id === 'options') options = readText(reader, pair.value, true);
    else if (pair.id === 'ports' || pair.id === 'volumes') readTextList(reader, pair.value, pair.id, true);
    else if (pair.id === 'credentials') {
      readCredentials(reader, pair.key, pair.value);
      credentials = true;
    } else unknownKey(reader, pair, name);
  }
  if (image === undefined) note(reader, key.line, `${name} has no image`);
  return { name, line: key.line, image, env, options, credentials };
}

export function readServices(reader: Reader, source: YamlNode): readonly Container[] {
  const node = see(reader, source);
  if (readExpression(node) !== undefined) return NONE;
  return readMap(reader, node, 'services', false, false).map((pair) =>
    readContainer(reader, pair.id, pair.key, pair.value),
  );
}

const MAX_MATRIX_DEPTH = 10;

function readMatrixValue(reader: Reader, source: YamlNode, depth = 0): MatrixValue | undefined {
  const node = see(reader, source);
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'alias' || depth > MAX_MATRIX_DEPTH) {
    note(reader, node.line, 'matrix: value expected');
    return undefined;
  }
  if (node.kind === 'seq') return readMatrixValues(reader, node.items, depth + 1);
  const result: Record<string, MatrixValue> = {};
  for (const pair of readMap(reader, node, 'matrix value', true, false)) {
    const value = readMatrixValue(reader, pair.value, depth + 1);
    if (value !== undefined && pair.id !== '__proto__') result[pair.id] = value;
  }
  return result;
}

function readMatrixValues(reader: Reader, items: readonly YamlNode[], depth = 0): readonly MatrixValue[] {
  return items.map((item) => readMatrixValue(reader, item, depth)).filter((value) => value !== undefined);
}

function readMatrixRow(reader: Reader, pair: KeyValue): MatrixRow | undefined {
  const node = see(reader, pair.value);
  if (node.kind === 'scalar') {
    return { name: pair.id, values: NONE, expression: requireExpression(reader, node, 'matrix') };
  }
  const items = readList(reader, node, 'matrix', false);
  return items === undefined ? undefined : { name: pair.id, values: readMatrixValues(reader, items) };
}

function readCombination(reader: Reader, source: YamlNode): readonly MatrixAssignment[] {
  const node = see(reader, source);
  if (node.kind === 'scalar') {
    requireExpression(reader, node, 'matrix');
    return NONE;
  }
  return readMap(reader, node, 'matrix', false, false).flatMap((pair): readonly MatrixAssignment[] => {
    const value = readMatrixValue(reader, pair.value);
    return value === undefined ? NONE : [{ name: pair.key.value, value }];
  });
}

function readMatrix(reader: Reader, source: YamlNode): Matrix {
  const node = see(reader, source);
  if (node.kind === 'scalar') {
    return { expression: requireExpression(reader, node, 'matrix'), rows: NONE, include: NONE };
  }
  const rows: MatrixRow[] = [];
  let include: Matrix['include'] = NONE;
  let includeExpression: Text | undefined;
  for (const pair of readMap(reader, node, 'matrix', false, false)) {
    if (pair.id === 'include' || pair.id === 'exclude') {
      const section = see(reader, pair.value);
      const isInclude = pair.id === 'include';
      if (section.kind === 'scalar') {
        const expression = requireExpression(reader, section, pair.id);
        if (isInclude) includeExpression = expression;
      } else {
        const all = readList(reader, section, pair.id, false)?.map((item) => readCombination(reader, item));
        if (isInclude) include = all ?? NONE;
      }
      continue;
    }
    const row = readMatrixRow(reader, pair);
    if (row !== undefined) rows.push(row);
  }
  return { rows, include, includeExpression };
}

export function readStrategy(reader: Reader, source: YamlNode): Matrix | undefined {
  let matrix: Matrix | undefined;
  for (const pair of readMap(reader, source, 'strategy', false, true)) {
    if (pair.id === 'matrix') matrix = readMatrix(reader, pair.value);
    else if (pair.id === 'fail-fast') checkPrimitive(reader, pair.value, 'bool');
    else if (pair.id === 'max-parallel') checkPositive(reader, pair.value, 'int');
    else unknownKey(reader, pair, 'strategy');
  }
  return matrix;
}
