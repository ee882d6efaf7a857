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
  { http, account, endpoints }: Session,
  { key, isPrivate, hours = Infinity }: Kept,
  ask: () => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const { cache } = http;
  if (cache === undefined || account.anonymous || (isPrivate && !cache.keepPrivate)) return ask();
  const place = cacheKey('kept', account.identity, endpoints.rest, ...key);
  const stored = read<T>((await cache.get(place))?.body);
  if (stored !== undefined && Date.now() - stored.at < hours * HOUR) return known(stored.value);
  const answer = await ask();
  if (isKnown(answer)) {
    const body = Buffer.from(JSON.stringify({ at: Date.now(), value: answer.known }));
    http.keep(place, { etag: '', headers: {}, body });
  }
  return answer;
}

function read<T>(body: Buffer | undefined): { readonly at: number; readonly value: T } | undefined {
  try {
    const stored = body && JSON.parse(body.toString('utf8'));
    return typeof stored?.at === 'number' && 'value' in stored ? stored : undefined;
  } catch {
    return undefined;
  }
}
