/** Requests and answers as the rest of the program sees them. */
import type { Readable } from 'node:stream';
import type { Account } from './account.ts';
import { HttpFailure } from './failure.ts';
import { placeOf } from './secrets.ts';
import type { Timeouts } from './settings.ts';
import type { Headers } from './transport.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Headers;
  readonly body?: string;
  /** What it is counted as: `rest`, `graphql`, `archive`, or the name of a service. */
  readonly kind: string;
  /** Whose tokens and budget are used; nobody's when absent. */
  readonly account?: Account;
  /** The budget it draws on; `core` when absent. */
  readonly resource?: string;
  /** Most bytes the answer may have, unpacked; 32 MiB when absent. */
  readonly maxBytes?: number;
  readonly timeouts?: Partial<Timeouts>;
  /** A fault of the service (5xx, no answer in time) is told at once: the caller will ask for less. */
  readonly impatient?: boolean;
  /** Ask with the tag of an earlier answer, and keep this one. */
  readonly cached?: boolean;
  /** With `cached`: the answer is the same for every repository, so it is kept at once, whoever is looked at. */
  readonly forAll?: boolean;
}

export interface HttpResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** The forge said that the kept answer still holds. */
  readonly fromCache: boolean;
  /** For answers that may be kept: this one is of no use, so that the next time it is asked for as if for the first. */
  readonly forget?: () => Promise<void>;
}

export interface HttpStream {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** To be read to its end or destroyed. */
  readonly body: Readable;
}

/** Counters by name: `requests`, one per kind, `bytes`, `cacheHits`, `retries`, `waitMs`, `points`, `nodes`. */
export type HttpCounts = Record<string, number>;

/** The body as JSON. @throws HttpFailure when it is none. */
export function jsonOf<T>(answer: HttpResponse): T {
  try {
    return JSON.parse(answer.body.toString('utf8')) as T;
  } catch {
    throw new HttpFailure(
      'network',
      `${placeOf(answer.url)} gave an answer that is no JSON (status ${answer.status})`,
    );
  }
}
