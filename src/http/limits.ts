/** What an answer says about going on: fine, try again later, or with another token. Pure. */
import type { Headers } from './transport.ts';

export type Verdict =
  | { readonly kind: 'fine' }
  /** Something passing on the other side: try again soon. */
  | { readonly kind: 'again'; readonly after: number | undefined; readonly why: string }
  /** This token's budget is spent; its reset stands in the headers. */
  | { readonly kind: 'spent' }
  /** Asked too fast: this token must rest. */
  | { readonly kind: 'rest'; readonly milliseconds: number | undefined }
  | { readonly kind: 'refused' };

const PASSING = new Set([500, 502, 503, 504]);
/** What GitHub recommends when it names no time. */
export const SECONDARY_REST = 60_000;

/** `text` is the beginning of the body, for the limits that are told in words only. */
export function judgeAnswer(status: number, headers: Headers, text: string, now: number): Verdict {
  if (status === 401) return { kind: 'refused' };
  if (PASSING.has(status)) return { kind: 'again', after: retryAfter(headers, now), why: `status ${status}` };
  const limited = status === 429 || status === 403;
  if (limited && headers['x-ratelimit-remaining'] === '0') return { kind: 'spent' };
  const after = retryAfter(headers, now);
  if (status === 429 || (status === 403 && (after !== undefined || isSecondary(text))))
    return { kind: 'rest', milliseconds: after };
  if (status === 200 && headers['x-ratelimit-remaining'] === '0' && isLimitedQuery(text))
    return { kind: 'spent' };
  if (status === 200 && isLimitedQuery(text)) return { kind: 'rest', milliseconds: after };
  return { kind: 'fine' };
}

function isSecondary(text: string): boolean {
  const lower = text.toLowerCase();
  return lower.includes('secondary rate limit') || lower.includes('abuse detection');
}

/** A GraphQL answer that holds nothing but the news that the budget is spent. */
function isLimitedQuery(text: string): boolean {
  return text.length < 2000 && text.includes('"RATE_LIMIT') && !text.includes('"data":{');
}

/** In milliseconds; seconds or a date in the header. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const LONGEST_PAUSE = 8000;

/** The pause, doubled with each try, and each between half and once that long, so that many clients do not march in step. */
export function backoff(attempt: number, pause: number, random: number): number {
  return Math.min(LONGEST_PAUSE, pause * 2 ** (attempt - 1)) * (0.5 + random / 2);
}
