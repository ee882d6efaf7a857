/** One GraphQL request: its answer, the errors in it by place, and what it cost. */
import { ScanError } from '../../core/index.ts';
import { type Account, type Http, HttpFailure, type HttpResponse, jsonOf } from '../../http/index.ts';
import type { Endpoints } from './settings.ts';
import { misshapen } from './shape.ts';

export interface GraphqlError {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly saml_failure?: boolean };
}

/** Data of unknown shape; readers take it apart with care. */
export type Data = Readonly<Record<string, unknown>>;

export interface GraphqlAnswer {
  readonly data: Data | undefined;
  readonly errors: readonly GraphqlError[];
}

/** The query was too much for the service: ask for less at a time. */
export class Overload extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Overload';
  }
}

/** GitHub understood, and will not answer this query: a field is not known here, or takes a scope the token lacks. */
export class Rejected extends Error {
  readonly forbidden: boolean;
  constructor(message: string, forbidden: boolean) {
    super(message);
    this.name = 'Rejected';
    this.forbidden = forbidden;
  }
}

const FORBIDDEN = new Set(['FORBIDDEN', 'INSUFFICIENT_SCOPES']);

/** The token may not see this. */
export function isForbidden(error: GraphqlError): boolean {
  return FORBIDDEN.has(error.type ?? '') || error.message.includes('Resource not accessible');
}

/** Error types of the whole query or of parts of it that mean: ask for less at a time. */
const TOO_MUCH = new Set(['RESOURCE_LIMITS_EXCEEDED', 'MAX_NODE_LIMIT_EXCEEDED', 'TIMEOUT']);

export function isTooMuch(error: GraphqlError): boolean {
  return (
    TOO_MUCH.has(error.type ?? '') ||
    /^Something went wrong while executing your query|timed? ?out|resource limits/i.test(error.message)
  );
}

export interface GraphqlClient {
  readonly http: Http;
  readonly account: Account;
  readonly endpoints: Endpoints;
  /** Filled in when GraphQL turned out not to serve at all: nothing more is asked of it. */
  readonly outage?: { why?: string };
}

/** Asks for the price as well; the field is free. */
export const PRICE = 'rateLimit{cost nodeCount}';

/**
 * Sends a query.
 * @throws Overload when it should be asked in smaller parts, Rejected when some part of it will not be answered,
 *   ScanError unauthorized for a refused token, HttpFailure.
 */
export async function ask(
  { http, account, endpoints, outage }: GraphqlClient,
  query: string,
  variables: Data,
  impatient = false,
): Promise<GraphqlAnswer> {
  if (outage?.why !== undefined) throw new HttpFailure('network', outage.why);
  let response: HttpResponse;
  try {
    response = await http.send({
      url: endpoints.graphql,
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      kind: 'graphql',
      account,
      resource: 'graphql',
      impatient,
    });
  } catch (error) {
    if (error instanceof HttpFailure && (error.kind === 'timeout' || error.kind === 'too-large'))
      throw new Overload(error.message);
    throw error;
  }
  const { status } = response;
  if (status === 401) throw new ScanError('unauthorized', 'GitHub refuses the token (status 401)');
  if (isLimited(response))
    throw new HttpFailure('rate-limited', `GitHub refuses to answer now (status ${status})`);
  if (status === 403) throw new Rejected('GitHub refuses the query (status 403)', true);
  if (status >= 500) throw new Overload(`GitHub could not answer the query (status ${status})`);
  if (status !== 200) throw new HttpFailure('network', `GitHub answers the query with status ${status}`);
  return read(http, response, query);
}

function read(http: Http, response: HttpResponse, query: string): GraphqlAnswer {
  const body = jsonOf<{ data?: unknown; errors?: unknown }>(response);
  const data = isObject(body?.data) ? body.data : undefined;
  const price = isObject(data?.rateLimit) ? data.rateLimit : {};
  http.count('points', typeof price.cost === 'number' ? price.cost : 1);
  http.count('nodes', typeof price.nodeCount === 'number' ? price.nodeCount : 0);
  // The place in the query is left out: it says nothing of the answer.
  const errors = (Array.isArray(body?.errors) ? body.errors : [])
    .filter((error): error is GraphqlError => typeof error?.message === 'string')
    .map(
      ({ type, message, path, extensions }): GraphqlError => ({
        type: typeof type === 'string' ? type : undefined,
        message,
        path: Array.isArray(path) ? path : undefined,
        extensions,
      }),
    );
  if (data === undefined && errors.some((error) => error.type?.startsWith('RATE_LIMIT')))
    throw new HttpFailure('rate-limited', 'the GraphQL budget of the token is spent');
  if (data === undefined && errors.some(isTooMuch)) throw new Overload(errors.find(isTooMuch)!.message);
  // Told before anything was carried out: no place in the answer, no data.
  const rejection = data === undefined ? errors.find((error) => error.path?.[0] !== 'repository') : undefined;
  if (rejection !== undefined) throw new Rejected(rejection.message, isForbidden(rejection));
  if (data === undefined && errors.length === 0)
    throw new HttpFailure('network', 'GitHub gave an answer to the query that is none');
  return { data, errors: [...errors, ...misshapen(query, data, errors)] };
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isLimited({ status, headers, body }: HttpResponse): boolean {
  return (
    status === 429 ||
    (status === 403 && (headers['x-ratelimit-remaining'] === '0' || body.includes('rate limit')))
  );
}
