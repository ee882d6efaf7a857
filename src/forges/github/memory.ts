/**
 * What was learned of a repository, kept on disk beside the answers of REST: while nothing has changed since, one small
 * query tells so and the rest is remembered. Only for the same token, and only for as long as the repository had been
 * quiet: checks and companies leave no mark when they change.
 */
import { cacheKey } from '../../http/index.ts';
import { type Answers, askParts, type PartAnswer } from './batch.ts';
import { type Data, isForbidden, Overload, Rejected } from './graphql.ts';
import { makePart, type Part, type PartId } from './parts.ts';
import type { Maybe } from './raw.ts';
import { branchesPart, type SecondAnswer } from './second.ts';
import type { Session } from './session.ts';

const HOUR = 3_600_000;
const LONGEST = 7 * 24 * HOUR;

interface Remembered {
  /** When it was learned, milliseconds since the epoch. */
  readonly at: number;
  readonly parts: readonly (readonly [PartId, PartAnswer])[];
  readonly people: readonly (readonly [string, unknown])[];
  readonly branches: readonly (readonly [string, unknown])[];
}

/** What is remembered, found to hold still. */
export interface Recalled {
  readonly answers: Answers;
  readonly second: SecondAnswer;
}

function mayRemember(session: Session): boolean {
  return session.http.cache !== undefined && !session.account.anonymous;
}

/** The parts to ask so that the answers can be remembered. */
export function withSeen(session: Session, parts: readonly Part[]): readonly Part[] {
  if (!mayRemember(session)) return parts;
  const { rev, depth, checks } = session;
  return [...parts, makePart('seen', { rev, depth, checks })];
}

/** Undefined when nothing fitting is remembered, or something has changed since. @throws as `askParts` */
export async function recall(session: Session, parts: readonly Part[]): Promise<Recalled | undefined> {
  if (!mayRemember(session)) return undefined;
  const stored = await session.http.cache!.get(keyOf(session, parts));
  const memory = stored && read(stored.body);
  if (memory === undefined || Date.now() - memory.at > patience(memory)) return undefined;
  const before = new Map(memory.parts);
  const asked = parts.filter((part) => part.id === 'core' || part.id === 'organisation');
  const second = {
    people: new Map(memory.people) as SecondAnswer['people'],
    branches: new Map(memory.branches) as SecondAnswer['branches'],
    failed: new Map<string, string>(),
  };
  const { owner, name, rev } = session;
  const query = [...withSeen(session, asked), ...branchesPart([...second.branches.keys()])];
  const answers = await askParts(session, { owner, name, rev }, query).catch((error: unknown) => {
    // Not even the small query was answered; the whole one tells what to make of that.
    if (error instanceof Overload || error instanceof Rejected) return undefined;
    throw error;
  });
  if (answers === undefined) return undefined;
  const same = [...answers].every(([id, answer]) => {
    if (id !== 'branches') return isEqual(answer, before.get(id));
    const data = Object.fromEntries(
      [...second.branches.values()].map(({ raw }, index) => [`b${index}`, raw ?? null]),
    );
    return answer.errors.every(isForbidden) && isEqual(answer.data, data);
  });
  if (!same) return undefined;
  session.http.count('recalled');
  return { answers: new Map([...before, ...answers]), second };
}

/** Hands the answers to the cache; it keeps them when the repository may be kept. */
export function remember(
  session: Session,
  parts: readonly Part[],
  answers: Answers,
  second: SecondAnswer,
): void {
  if (!mayRemember(session) || second.failed.size > 0) return;
  // A public repository may belong to an organisation whose own is private.
  const { organisation } = (answers.get('organisation')?.data ?? {}) as { organisation?: Maybe<Data> };
  if (organisation && organisation.isPrivate !== false && !session.http.cache!.keepPrivate) return;
  if (![...answers].every(([id, answer]) => isWhole(id, answer))) return;
  if (![...second.branches.values()].every(({ errors }) => errors.every(isForbidden))) return;
  const memory: Remembered = {
    at: Date.now(),
    parts: [...answers],
    people: [...second.people],
    branches: [...second.branches],
  };
  const body = Buffer.from(JSON.stringify(memory));
  session.http.keep(keyOf(session, parts), { etag: '', headers: {}, body });
}

/**
 * Answers that will be the same the next time: whole, or refused for good. More bytes of a language than GraphQL can
 * count stay an error; REST tells them.
 */
function isWhole(id: PartId, answer: PartAnswer): boolean {
  return (
    answer.failed === undefined &&
    (id === 'languages' || answer.errors.every((error) => isForbidden(error) || error.type === 'NOT_FOUND'))
  );
}

/** The whole text of the query is in the key, so that another one finds nothing. */
function keyOf({ account, endpoints, owner, name, rev }: Session, parts: readonly Part[]): string {
  const repository = `${owner}/${name}${rev === undefined ? '' : `@${rev}`}`.toLowerCase();
  const query = parts.map((part) => `${part.id} ${part.text}`);
  return cacheKey('facts', account.identity, endpoints.rest, repository, ...query);
}

function read(body: Buffer): Remembered | undefined {
  try {
    const memory = JSON.parse(body.toString('utf8')) as Remembered;
    return typeof memory.at === 'number' && Array.isArray(memory.parts) ? memory : undefined;
  } catch {
    return undefined;
  }
}

/** As long as the repository had been quiet when it was looked at, between an hour and a week. */
function patience(memory: Remembered): number {
  const core = memory.parts.find(([id]) => id === 'core')?.[1].data;
  const seen = memory.parts.find(([id]) => id === 'seen')?.[1].data;
  const pulls = seen?.seenPulls as Maybe<{ nodes?: readonly { updatedAt?: string }[] }>;
  const times = [core?.pushedAt, pulls?.nodes?.[0]?.updatedAt].map((time) => Date.parse(String(time)));
  const latest = Math.max(...times.filter((time) => !Number.isNaN(time)), memory.at - LONGEST);
  return Math.min(LONGEST, Math.max(HOUR, memory.at - latest));
}

/** Equal as JSON; answers come in the order of the query. */
function isEqual(one: PartAnswer | Data | undefined, other: PartAnswer | Data | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
