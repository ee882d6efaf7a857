import type { YamlNode } from '../yaml/index.ts';
import type { Env, NamedText, Step, Text } from './model.ts';
import {
  checkPositive,
  checkPrimitive,
  type KeyValue,
  NO_ENV,
  NONE,
  note,
  type Reader,
  readEnv,
  readList,
  readMap,
  readNamed,
  readText,
  readUses,
  see,
  unknownKey,
} from './read.ts';

/** Steps of a job or a composite action; undefined when there is no list of them. */
export function readSteps(reader: Reader, source: YamlNode): readonly Step[] | undefined {
  return readList(reader, source, 'steps', false)?.map((item) => readStep(reader, item));
}

/** Of `uses` and `run` the one that comes last decides what the step is (file-checks 1.6). */
function kindOf(reader: Reader, pairs: readonly KeyValue[], line: number): 'uses' | 'run' | undefined {
  let kind: 'uses' | 'run' | undefined;
  for (const { id } of pairs) if (id === 'uses' || id === 'run') kind = id;
  if (kind === undefined) note(reader, line, 'a step neither runs a script nor uses an action');
  return kind;
}

function readStep(reader: Reader, source: YamlNode): Step {
  const node = see(reader, source);
  const pairs = readMap(reader, node, 'step', false, true);
  const kind = kindOf(reader, pairs, node.line);
  let id: Text | undefined;
  let name: Text | undefined;
  let condition: Text | undefined;
  let uses: Text | undefined;
  let run: Text | undefined;
  let shell: Text | undefined;
  let workingDirectory: Text | undefined;
  let inputs: readonly NamedText[] = NONE;
  let env: Env = NO_ENV;
  for (const pair of pairs) {
    const { value } = pair;
    if (pair.id === 'run' && kind === 'run') run = readText(reader, value, false);
    else if (pair.id === 'uses' && kind === 'uses') uses = readUses(reader, value);
    else if (pair.id === 'name') name = readText(reader, value, true);
    else if (pair.id === 'with' && kind === 'uses') inputs = readInputs(reader, value);
    else if (pair.id === 'if') condition = readText(reader, value, false);
    else if (pair.id === 'id') id = readText(reader, value, false);
    else if (pair.id === 'env') env = readEnv(reader, value);
    else if (pair.id === 'shell' && kind === 'run') shell = readText(reader, value, false);
    else if (pair.id === 'working-directory' && kind === 'run')
      workingDirectory = readText(reader, value, false);
    else if (pair.id === 'continue-on-error') checkPrimitive(reader, value, 'bool');
    else if (pair.id === 'timeout-minutes') checkPositive(reader, value, 'float');
    else if (kind !== undefined) unknownKey(reader, pair, 'step');
  }
  return { line: node.line, id, name, condition, uses, inputs, run, shell, workingDirectory, env };
}

/** `with`: input names are in lower case. */
export function readInputs(reader: Reader, source: YamlNode): readonly NamedText[] {
  return readMap(reader, source, 'with', false, false).map((pair) => readNamed(reader, pair, true));
}
