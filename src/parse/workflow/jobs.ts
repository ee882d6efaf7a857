import type { YamlNode } from '../yaml/index.ts';
import type { Call, Job, NamedText, Step, Text } from './model.ts';
import {
  checkPositive,
  checkPrimitive,
  type KeyValue,
  NO_ENV,
  NONE,
  note,
  type Reader,
  readEnv,
  readMap,
  readNamed,
  readText,
  readTextList,
  readUses,
  see,
  unknownKey,
} from './read.ts';
import {
  readConcurrency,
  readContainer,
  readDefaults,
  readEnvironment,
  readOutputs,
  readPermissions,
  readRunsOn,
  readServices,
  readStrategy,
} from './sections.ts';
import { readInputs, readSteps } from './steps.ts';

/** Keys that a job calling a reusable workflow may not have. */
const STEPS_ONLY = new Set([
  'runs-on',
  'environment',
  'outputs',
  'env',
  'defaults',
  'steps',
  'timeout-minutes',
  'continue-on-error',
  'container',
]);
const CALL_ONLY = new Set(['uses', 'with', 'secrets']);

interface Draft {
  job: { -readonly [K in keyof Job]: Job[K] };
  steps: readonly Step[] | undefined;
  uses: Text | undefined;
  inputs: readonly NamedText[];
  secrets: readonly NamedText[];
  inheritsSecrets: number | undefined;
}

/** Jobs in the order of the file; ids differ when case is ignored. */
export function readJobs(reader: Reader, source: YamlNode): readonly Job[] {
  return readMap(reader, source, 'jobs', false, false).map((pair) => readJob(reader, pair.key, pair.value));
}

function readJob(reader: Reader, id: Text, source: YamlNode): Job {
  const draft: Draft = {
    job: {
      id: id.value,
      line: id.line,
      needs: NONE,
      services: NONE,
      env: NO_ENV,
      outputs: NONE,
      steps: NONE,
    },
    steps: undefined,
    uses: undefined,
    inputs: NONE,
    secrets: NONE,
    inheritsSecrets: undefined,
  };
  let stepsKey: number | undefined;
  let callKey: number | undefined;
  for (const pair of readMap(reader, source, 'job', false, true)) {
    if (!readRunKey(reader, pair, draft) && !readCommonKey(reader, pair, draft))
      unknownKey(reader, pair, 'job');
    if (STEPS_ONLY.has(pair.id)) stepsKey = pair.key.line;
    else if (CALL_ONLY.has(pair.id)) callKey = pair.key.line;
  }
  const { job, steps, uses } = draft;
  job.steps = steps ?? NONE;
  if (uses === undefined) {
    if (steps === undefined) note(reader, id.line, 'a job has no steps');
    if (job.runsOn === undefined) note(reader, id.line, 'a job has no runs-on');
    if (callKey !== undefined) note(reader, callKey, 'a job that calls no workflow has inputs or secrets');
  } else if (stepsKey !== undefined) note(reader, stepsKey, 'a job that calls a workflow has keys for steps');
  else job.call = toCall(draft, uses);
  return job;
}

function toCall({ inputs, secrets, inheritsSecrets }: Draft, uses: Text): Call {
  return { uses, inputs, secrets, inheritsSecrets };
}

/** Keys of jobs that run steps. */
function readRunKey(reader: Reader, { id, key, value }: KeyValue, { job }: Draft): boolean {
  switch (id) {
    case 'runs-on':
      job.runsOn = readRunsOn(reader, value);
      return true;
    case 'environment':
      job.environment = readEnvironment(reader, value);
      return true;
    case 'outputs':
      job.outputs = readOutputs(reader, value);
      return true;
    case 'env':
      job.env = readEnv(reader, value);
      return true;
    case 'defaults':
      job.defaults = readDefaults(reader, value);
      return true;
    case 'timeout-minutes':
      checkPositive(reader, value, 'float');
      return true;
    case 'continue-on-error':
      checkPrimitive(reader, value, 'bool');
      return true;
    case 'container':
      job.container = readContainer(reader, 'container', key, value);
      return true;
    case 'services':
      job.services = readServices(reader, value);
      return true;
    default:
      return false;
  }
}

function readCommonKey(reader: Reader, pair: KeyValue, draft: Draft): boolean {
  const { id, key, value } = pair;
  switch (id) {
    case 'steps':
      draft.steps = readSteps(reader, value);
      return true;
    case 'name':
      draft.job.name = readText(reader, value, true);
      return true;
    case 'needs':
      draft.job.needs = readNeeds(reader, value);
      return true;
    case 'permissions':
      draft.job.permissions = readPermissions(reader, key, value);
      return true;
    case 'concurrency':
      readConcurrency(reader, value);
      return true;
    case 'if':
      draft.job.condition = readText(reader, value, false);
      return true;
    case 'strategy':
      draft.job.matrix = readStrategy(reader, value);
      return true;
    case 'uses':
      draft.uses = readUses(reader, value);
      return true;
    case 'with':
      draft.inputs = readInputs(reader, value);
      return true;
    case 'secrets':
      readSecrets(reader, value, draft);
      return true;
    case 'snapshot':
      readSnapshot(reader, value);
      return true;
    default:
      return false;
  }
}

function readNeeds(reader: Reader, source: YamlNode): readonly string[] {
  const node = see(reader, source);
  if (node.kind === 'scalar') return [readText(reader, node, false).value];
  return readTextList(reader, node, 'needs', false).map((text) => text.value);
}

function readSecrets(reader: Reader, source: YamlNode, draft: Draft): void {
  const node = see(reader, source);
  if (node.kind !== 'scalar') {
    draft.secrets = readMap(reader, node, 'secrets', false, false).map((pair) =>
      readNamed(reader, pair, true),
    );
  } else if (node.value === 'inherit') draft.inheritsSecrets = node.line;
  else note(reader, node.line, 'secrets: a map or inherit expected');
}

function readSnapshot(reader: Reader, source: YamlNode): void {
  const node = see(reader, source);
  if (node.kind === 'scalar') readText(reader, node, false);
  else if (node.kind === 'map') {
    let hasName = false;
    for (const pair of readMap(reader, node, 'snapshot', false, true)) {
      if (pair.id === 'image-name') hasName = true;
      if (['image-name', 'version', 'if'].includes(pair.id)) readText(reader, pair.value, false);
      else unknownKey(reader, pair, 'snapshot');
    }
    if (!hasName) note(reader, node.line, 'snapshot has no image-name');
  } else note(reader, node.line, 'snapshot: text or map expected');
}
