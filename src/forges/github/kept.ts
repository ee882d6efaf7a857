/** Single answers that come without a tag, kept on disk beside the others. */
import { type Answer, isKnown, known } from '../../core/index.ts';
import { cacheKey } from '../../http/index.ts';
import type { Session } from './session.ts';

const HOUR = 3_600_000;

export interface Kept {
  /** What was asked. With the id of the content in it, the answer stays right for ever. */
  readonly key: readonly string[];
  /** The answer is about a private repository, whichever is scanned. */
  readonly isPrivate: boolean;
  /** How long the answer holds; for ever when absent. */
  readonly hours?: number;
}

/** The kept answer for the same token, or the one to the question; only what is known is kept. @throws as `ask` */
export async function keptOrAsked<T>(
  session: Session,
  kept: Kept,
  ask: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const stored = await recallKept<T>(session, kept);
  if (stored !== undefined) return known(stored);
  const answer = await ask();
  if (isKnown(answer)) keep(session, kept, answer.known);
  return answer;
}

/** Hands an answer to the cache; it keeps it when the repository may be kept. */
export function keep(session: Session, kept: Kept, value: unknown): void {
  const place = placeOf(session, kept);
  if (place === undefined) return;
  const body = Buffer.from(JSON.stringify({ at: Date.now(), value }));
  session.http.keep(place, { etag: '', headers: {}, body });
}

/** The kept answer for the same token, while it holds. */
export async function recallKept<T>(session: Session, kept: Kept): Promise<T | undefined> {
  const place = placeOf(session, kept);
  if (place === undefined) return undefined;
  const stored = read<T>((await session.http.cache?.get(place))?.body);
  const holds = stored !== undefined && Date.now() - stored.at < (kept.hours ?? Infinity) * HOUR;
  return holds ? stored.value : undefined;
}

/** Undefined where nothing may be kept. */
function placeOf({ http, account, endpoints }: Session, { key, isPrivate }: Kept): string | undefined {
  const { cache } = http;
  if (cache === undefined || account.anonymous || (isPrivate && !cache.keepPrivate)) return undefined;
  return cacheKey('kept', account.identity, endpoints.rest, ...key);
}

function read<T>(body: Buffer | undefined): { readonly at: number; readonly value: T } | undefined {
  try {
    const stored = body && JSON.parse(body.toString('utf8'));
    return typeof stored?.at === 'number' && 'value' in stored ? stored : undefined;
  } catch {
    return undefined;
  }
}
