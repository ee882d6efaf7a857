/**
 * Asks all parts in one query. What the service cannot give in one piece is asked in smaller ones; what it refuses or
 * fails for one part leaves the others whole.
 */
import { type Answer, ScanError, unknown } from '../../core/index.ts';
import { HttpFailure } from '../../http/index.ts';
import {
  ask,
  type Data,
  type GraphqlClient,
  type GraphqlError,
  isForbidden,
  isTooMuch,
  Overload,
  PRICE,
  Rejected,
} from './graphql.ts';
import type { Part, PartId } from './parts.ts';

/** What came back for one part. */
export interface PartAnswer {
  /** The values of its names. */
  readonly data: Data;
  /** Errors inside it. */
  readonly errors: readonly GraphqlError[];
  /** Set when there is no answer at all. */
  readonly failed?: string;
  /** `failed` because the token may not see it. */
  readonly forbidden?: boolean;
  /** It was too much for the service, even alone. */
  readonly tooMuch?: boolean;
}

/** Stands for a part that was not in the query. */
export const NOT_ASKED: PartAnswer = { data: {}, errors: [], failed: 'this was not asked' };

/** Why a part has no whole value under `name`; undefined when it has one. */
export function problemOf(part: PartAnswer, name: string, mayBeNull = false): Answer<never> | undefined {
  if (part.failed !== undefined) return unknown(part.forbidden ? 'forbidden' : 'failed', part.failed);
  const own = part.errors.find((error) => error.path?.[1] === name);
  if (own !== undefined) return unknown(isForbidden(own) ? 'forbidden' : 'failed', own.message);
  const value = part.data[name];
  const missing = value === undefined || (value === null && !mayBeNull);
  return missing ? unknown('failed', `GitHub's answer lacks ${name}`) : undefined;
}

export type Answers = ReadonlyMap<PartId, PartAnswer>;

export interface BatchTarget {
  readonly owner: string;
  readonly name: string;
  readonly rev?: string;
}

/** Requests one batch may take, however often it must be cut. */
const MAX_REQUESTS = 12;

/** The repository as a whole cannot be read: the error of GitHub about it. */
export class NoRepository extends Error {
  readonly error: GraphqlError;
  constructor(error: GraphqlError) {
    super(error.message);
    this.name = 'NoRepository';
    this.error = error;
  }
}

/**
 * Asks for the parts.
 * @throws NoRepository, ScanError unauthorized; HttpFailure, Overload or Rejected when not even the core part could be
 *   read.
 */
export async function askParts(
  client: GraphqlClient,
  target: BatchTarget,
  parts: readonly Part[],
): Promise<Answers> {
  const answers = new Map<PartId, PartAnswer>();
  const left = { requests: MAX_REQUESTS };
  await askSome(client, target, parts, answers, left);
  return answers;
}

async function askSome(
  client: GraphqlClient,
  target: BatchTarget,
  parts: readonly Part[],
  answers: Map<PartId, PartAnswer>,
  left: { requests: number },
): Promise<void> {
  const many = parts.length > 1;
  if (left.requests-- <= 0)
    return fail(parts, answers, 'GitHub could not answer in the requests allowed', true);
  try {
    const again = await askOnce(client, target, parts, answers, many);
    for (const part of again) await askSome(client, target, [part], answers, left);
  } catch (error) {
    const core = parts.some((part) => part.id === 'core');
    const divisible = error instanceof Overload || error instanceof Rejected;
    if (!divisible || !many) {
      if (core || !(divisible || error instanceof HttpFailure)) throw error;
      return fail(
        parts,
        answers,
        error.message,
        error instanceof Overload,
        error instanceof Rejected && error.forbidden,
      );
    }
    const others = parts.filter((part) => part.id !== 'people');
    if (error instanceof Rejected && others.length > 0 && others.length < parts.length)
      return askSome(client, target, others, answers, left); // organisations take a scope
    const light = parts.filter((part) => !HEAVY.has(part.id));
    if (error instanceof Overload && light.length > 0 && light.length < parts.length) {
      fail(
        parts.filter((part) => part.id === 'commits'),
        answers,
        error.message,
        true,
      );
      return askSome(client, target, light, answers, left);
    }
    // The core first: when even that fails, the service is down and nothing else is asked.
    const rest = parts.filter((part) => part.id !== 'core');
    if (core)
      await askSome(
        client,
        target,
        parts.filter((part) => part.id === 'core'),
        answers,
        left,
      );
    for (const half of halves(rest)) await askSome(client, target, half, answers, left);
  }
}

/** What is left out when the whole is too much: the history is read in pages then, people and branches by a query. */
const HEAVY: ReadonlySet<PartId> = new Set<PartId>(['commits', 'people', 'branches']);

/** The commits are by far the heaviest part: they go alone. */
function halves(parts: readonly Part[]): readonly (readonly Part[])[] {
  const heavy = parts.filter((part) => part.id === 'commits');
  const light = parts.filter((part) => part.id !== 'commits');
  if (heavy.length > 0 && light.length > 0) return [heavy, light];
  const middle = Math.ceil(parts.length / 2);
  return [parts.slice(0, middle), parts.slice(middle)].filter((half) => half.length > 0);
}

function fail(
  parts: readonly Part[],
  answers: Map<PartId, PartAnswer>,
  failed: string,
  tooMuch: boolean,
  forbidden = false,
): void {
  for (const part of parts) answers.set(part.id, { data: {}, errors: [], failed, tooMuch, forbidden });
}

/** One request. Gives back the parts that must be asked again alone. */
async function askOnce(
  client: GraphqlClient,
  target: BatchTarget,
  parts: readonly Part[],
  answers: Map<PartId, PartAnswer>,
  impatient: boolean,
): Promise<readonly Part[]> {
  const texts = (beside: boolean) =>
    parts.flatMap((part) => ((part.beside ?? false) === beside ? [part.text] : [])).join('\n');
  const [inside, beside] = [texts(false), texts(true)];
  const repository = inside === '' ? '' : `repository(owner:$owner,name:$name){${inside}}`;
  const variables = [
    ['owner', target.owner],
    ['name', target.name],
    ['rev', target.rev],
  ].filter(([name, value]) => value !== undefined && `${repository}${beside}`.includes(`$${name}`));
  const names = variables.map(([name]) => `$${name}:String!`).join(',');
  const head = names === '' ? '' : `(${names})`;
  const query = `query Repository${head}{${repository}\n${beside}\n${PRICE}}`;
  const { data, errors } = await ask(client, query, Object.fromEntries(variables), impatient);
  const found = data?.repository as Data | null | undefined;
  if (repository !== '' && (found === undefined || found === null)) throw missing(errors);
  const again: Part[] = [];
  for (const part of parts) {
    const own = errors.filter((error) => belongs(error, part));
    if (parts.length > 1 && own.some(isTooMuch)) again.push(part);
    else if (own.some(isTooMuch)) fail([part], answers, own.find(isTooMuch)!.message, true);
    else
      answers.set(part.id, {
        data: pick(part.beside ? (data ?? {}) : found!, part.names),
        errors: own,
      });
  }
  return again;
}

function missing(errors: readonly GraphqlError[]): Error {
  const about =
    errors.find((error) => error.path?.[0] === 'repository' && error.path.length === 1) ?? errors[0];
  if (about === undefined)
    return new ScanError('network', 'GitHub answers the query about the repository with nothing');
  return isTooMuch(about) ? new Overload(about.message) : new NoRepository(about);
}

function belongs(error: GraphqlError, part: Part): boolean {
  const { path } = error;
  if (path === undefined) return isTooMuch(error);
  return part.beside
    ? part.names.includes(String(path[0]))
    : path[0] === 'repository' && part.names.includes(String(path[1]));
}

function pick(data: Data, names: readonly string[]): Data {
  return Object.fromEntries(names.map((name) => [name, data[name]]));
}
