/** One request on its way through the simulator, and the answer to it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { GraphqlPlan } from '../graphql/plan.ts';
import type { Scenario } from '../model/types.ts';
import type { RateLimits, RateWindow } from './rates.ts';

/** Kinds of requests, as the log and the summary name them. */
export type RequestKind = 'rest' | 'graphql' | 'download' | 'git' | 'service' | 'control';

/** Which part of the simulator answers; finer than the kind. */
export type Area =
  | 'rest'
  | 'graphql'
  | 'archive'
  | 'raw'
  | 'asset'
  | 'git'
  | 'service'
  | 'control'
  | 'elsewhere';

/** Where links in answers point: always the way the client came. */
export interface Links {
  readonly api: string;
  readonly web: string;
  readonly codeload: string;
  readonly raw: string;
}

export interface Exchange {
  readonly startedAt: number;
  readonly area: Area;
  readonly kind: RequestKind;
  readonly method: string;
  /** Host name without port; for services reached by prefix, the service's. */
  readonly host: string;
  /** Path below the area's own prefix. */
  readonly path: string;
  readonly search: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The caller's token, or "anonymous". */
  readonly token: string;
  readonly links: Links;
  /** Scheme and host the client named, and the path as it sent it. */
  readonly origin: string;
  readonly url: string;
  /** An address of this simulator under another host name. */
  readonly elsewhere: string;
  readonly rates: RateLimits;
  scenario: Scenario | undefined;
  /** Rate limit resource and the caller's window in it, once known. */
  resource: string | undefined;
  rate: RateWindow | undefined;
  /** Whether the request was charged, so that a 304 can give it back. */
  charged: boolean;
  plan: GraphqlPlan | undefined;
  /** What was done to this request on purpose. */
  notes: string[];
}

/** How the bytes of an answer travel. */
export type Delivery =
  | { readonly how: 'reset'; readonly after?: number }
  | { readonly how: 'cut'; readonly after: number }
  | { readonly how: 'stall'; readonly after: number }
  | { readonly how: 'silent' }
  | { readonly how: 'drip'; readonly chunk: number; readonly everyMs: number };

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is, with `type` as its content type. */
  readonly raw?: Uint8Array;
  readonly type?: string;
  readonly delivery?: Delivery;
  /** Sent as it is, without an entity tag: the answer of a fault. */
  readonly faulty?: boolean;
}

/** An answer other than success, raised from anywhere while a request is answered. */
export class HttpError extends Error {
  readonly status: number;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    extra: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.extra = extra;
    this.headers = headers;
  }
}

/** An error in the shape GitHub gives it. */
export function githubError(
  status: number,
  message: string,
  extra: Readonly<Record<string, unknown>> = {},
): Reply {
  const json = {
    message,
    ...extra,
    documentation_url: extra.documentation_url ?? 'https://docs.github.com/rest',
    status: String(status),
  };
  return { status, json };
}

export const notFound = (message = 'Not Found'): HttpError => new HttpError(404, message);
export const plainText = (status: number, text: string): Reply => ({
  status,
  raw: Buffer.from(text),
  type: 'text/plain',
});
