/** One GraphQL request: its answer, the errors in it by place, and what it cost. */
import { ScanError } from '../../core/index.ts';
import { type Account, type Http, HttpFailure, type HttpResponse, jsonOf } from '../../http/index.ts';
import type { Endpoints } from './settings.ts';

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
}

/** Asks for the price as well; the field is free. */
export const PRICE = 'rateLimit{cost nodeCount}';

/**
 * Sends a query.
 * @throws Overload when it should be asked in smaller parts, ScanError unauthorized for a refused token, HttpFailure.
 */
export async function ask(
  { http, account, endpoints }: GraphqlClient,
  query: string,
  variables: Data,
  impatient = false,
): Promise<GraphqlAnswer> {
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
  if (status === 403 || status === 429)
    throw new HttpFailure('rate-limited', `GitHub refuses to answer now (status ${status})`);
  if (status >= 500) throw new Overload(`GitHub could not answer the query (status ${status})`);
  if (status !== 200) throw new HttpFailure('network', `GitHub answers the query with status ${status}`);
  return read(http, response);
}

function read(http: Http, response: HttpResponse): GraphqlAnswer {
  const body = jsonOf<{ data?: Data | null; errors?: unknown }>(response);
  const data = body?.data ?? undefined;
  const price = data?.rateLimit as { cost?: number; nodeCount?: number } | undefined;
  http.count('points', price?.cost ?? 1);
  http.count('nodes', price?.nodeCount ?? 0);
  const errors = (Array.isArray(body?.errors) ? body.errors : []).filter(
    (error): error is GraphqlError => typeof error?.message === 'string',
  );
  if (data === undefined && errors.some((error) => error.type === 'RATE_LIMITED'))
    throw new HttpFailure('rate-limited', 'the GraphQL budget of the token is spent');
  if (data === undefined && errors.some(isTooMuch)) throw new Overload(errors.find(isTooMuch)!.message);
  if (data === undefined && errors.length === 0)
    throw new HttpFailure('network', 'GitHub gave an answer to the query that is none');
  return { data, errors };
}
