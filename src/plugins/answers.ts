/** Is what a plugin's function returned what it has to return? Mistakes name the function. */
import { type FindingDraft, type Judgement, OUTCOMES } from '../core/index.ts';
import { isObject, shown, wrong } from './shape.ts';

const LOCATION_TYPES = ['none', 'source', 'binary', 'text', 'url', 'verifiedBinary'];
const MAX_ANSWERS = 100_000;

/** Items of a visit: plain data. */
export function itemsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return wrong(`visit() must return a list, not ${shown(value)}`);
  return value;
}

/** Findings of a probe. */
export function findingsOf(value: unknown): readonly FindingDraft[] {
  if (!Array.isArray(value)) return wrong(`run() must return a list of findings, not ${shown(value)}`);
  if (value.length > MAX_ANSWERS) wrong(`run() returned more than ${MAX_ANSWERS} findings`);
  value.forEach((finding, index) => findingShape(finding, `run() returned finding ${index + 1}`));
  return value as readonly FindingDraft[];
}

function findingShape(value: unknown, at: string): void {
  if (!isObject(value)) wrong(`${at}, which must be made by yes(), no(), ..., not ${shown(value)}`);
  if (!OUTCOMES.includes(value.outcome as never))
    wrong(`${at} with the outcome ${shown(value.outcome)} (one of ${OUTCOMES.join(', ')})`);
  if (typeof value.message !== 'string')
    wrong(`${at} with the message ${shown(value.message)} (a text is needed)`);
  if (value.location !== undefined) location(value.location, at);
  if (value.values !== undefined) {
    if (!isObject(value.values) || Object.values(value.values).some((one) => typeof one !== 'string'))
      wrong(`${at} with values that are no texts`);
  }
  if (value.remedy !== undefined && !(isObject(value.remedy) && typeof value.remedy.text === 'string'))
    wrong(`${at} with a remedy that has no text`);
}

function location(value: unknown, at: string): void {
  if (!isObject(value) || typeof value.path !== 'string') wrong(`${at} with a location that has no path`);
  if (!LOCATION_TYPES.includes(value.type as string))
    wrong(`${at} with the location type ${shown(value.type)} (one of ${LOCATION_TYPES.join(', ')})`);
  for (const key of ['lineStart', 'lineEnd'])
    if (value[key] !== undefined && !Number.isInteger(value[key]))
      wrong(`${at} with a ${key} that is no whole number`);
}

/** The judgement of a check. */
export function judgementOf(value: unknown): Judgement {
  if (!isObject(value)) return wrong(`score() must return a judgement, not ${shown(value)}`);
  const { score, reason, details } = value;
  const known = score === 'inconclusive' || score === 'error';
  if (!known && !(Number.isInteger(score) && (score as number) >= 0 && (score as number) <= 10))
    wrong(`score() returned the score ${shown(score)} (a whole number from 0 to 10, or inconclusive)`);
  if (typeof reason !== 'string') wrong(`score() returned the reason ${shown(reason)} (a text is needed)`);
  if (details !== undefined && !Array.isArray(details)) wrong('score() returned details that are no list');
  for (const one of (details ?? []) as unknown[])
    if (
      !isObject(one) ||
      !['Info', 'Warn', 'Debug'].includes(one.level as string) ||
      typeof one.text !== 'string'
    )
      wrong('score() returned a detail without level (Info, Warn, Debug) and text');
  return value as unknown as Judgement;
}
