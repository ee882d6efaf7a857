/** What a token is and may do, for `assay doctor`. Never tells the token. */
import { type ErrorCode, ScanError } from '../../core/index.ts';
import { Account, type Http, HttpFailure, type HttpResponse, jsonOf } from '../../http/index.ts';
import { appTokens } from './app-token.ts';
import { textOf } from './rest.ts';
import type { Endpoints, GithubSettings } from './settings.ts';
import { asScanError } from './targets.ts';

export interface BudgetReport {
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  /** ISO 8601. */
  readonly reset: string;
}

export interface TokenReport {
  readonly kind: 'none' | 'classic' | 'fine-grained' | 'app' | 'app-user' | 'oauth' | 'other';
  readonly user?: string;
  /** Of classic and OAuth tokens; others have permissions that GitHub does not list. */
  readonly scopes?: readonly string[];
  readonly budgets: readonly BudgetReport[];
  /** Why it cannot be used. */
  readonly problem?: { readonly code: ErrorCode; readonly message: string };
}

const KINDS: readonly (readonly [string, TokenReport['kind']])[] = [
  ['ghp_', 'classic'],
  ['github_pat_', 'fine-grained'],
  ['ghs_', 'app'],
  ['ghu_', 'app-user'],
  ['gho_', 'oauth'],
];
const RESOURCES = ['core', 'graphql', 'search', 'code_search'];
const HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
/** Further ones are not looked at. */
const MAX_TOKENS = 20;

/** One report for each token; one for the app, or for nobody, when there is none. Two requests each. */
export async function examineTokens(http: Http, settings: GithubSettings): Promise<TokenReport[]> {
  const { tokens, app, endpoints } = settings;
  if (tokens.length === 0) {
    const source = app && appTokens(app, endpoints, http);
    return [await examine(http, endpoints, new Account([], source), app ? 'app' : 'none')];
  }
  return Promise.all(
    tokens.slice(0, MAX_TOKENS).map((token) => examine(http, endpoints, new Account([token]), kindOf(token))),
  );
}

function kindOf(token: string): TokenReport['kind'] {
  if (/^[0-9a-f]{40}$/.test(token)) return 'classic';
  return KINDS.find(([prefix]) => token.startsWith(prefix))?.[1] ?? 'other';
}

async function examine(
  http: Http,
  endpoints: Endpoints,
  account: Account,
  kind: TokenReport['kind'],
): Promise<TokenReport> {
  try {
    const limits = await get(http, endpoints, account, '/rate_limit');
    // A GitHub of one's own may have no limits, which it tells with 404.
    if (limits.status !== 200 && limits.status !== 404) throw refused(limits.status);
    const budgets = limits.status === 200 ? budgetsIn(jsonOf(limits)) : [];
    const listed = limits.headers['x-oauth-scopes'];
    const scopes = listed
      ?.split(',')
      .map((scope) => scope.trim())
      .filter((scope) => scope !== '');
    const user = kind === 'none' || kind === 'app' ? undefined : await get(http, endpoints, account, '/user');
    if (user?.status === 401) throw refused(401);
    const login = user?.status === 200 ? textOf(jsonOf<{ login?: unknown }>(user)?.login) : '';
    return { kind, ...(login && { user: login }), ...(scopes && { scopes }), budgets };
  } catch (thrown) {
    const error = thrown instanceof HttpFailure ? asScanError(thrown) : thrown;
    if (!(error instanceof ScanError)) throw error;
    return { kind, budgets: [], problem: { code: error.code, message: error.message } };
  }
}

function get(http: Http, endpoints: Endpoints, account: Account, path: string): Promise<HttpResponse> {
  return http.send({ url: `${endpoints.rest}${path}`, headers: HEADERS, kind: 'rest', account });
}

function refused(status: number): ScanError {
  return status === 401
    ? new ScanError('unauthorized', 'GitHub refuses the token (status 401)')
    : new ScanError('network', `GitHub answers with status ${status}`);
}

function budgetsIn(json: unknown): BudgetReport[] {
  const { resources } = (json ?? {}) as { resources?: unknown };
  const table = (typeof resources === 'object' && resources !== null ? resources : {}) as Record<
    string,
    unknown
  >;
  return RESOURCES.flatMap((resource) => {
    const { limit, remaining, reset } = (table[resource] ?? {}) as Record<string, unknown>;
    const date = new Date(Number(reset) * 1000);
    if (typeof limit !== 'number' || typeof remaining !== 'number' || Number.isNaN(date.getTime())) return [];
    return [{ resource, limit, remaining, reset: date.toISOString() }];
  });
}

const LEVELS = ['admin', 'maintain', 'push', 'triage', 'pull'] as const;

/** What the tokens may do in a repository, by GitHub's own word; undefined when it does not tell. */
export async function permissionIn(
  http: Http,
  settings: GithubSettings,
  owner: string,
  repo: string,
): Promise<(typeof LEVELS)[number] | undefined> {
  const { endpoints, tokens, app } = settings;
  const account = new Account(
    tokens,
    app && tokens.length === 0 ? appTokens(app, endpoints, http) : undefined,
  );
  const path = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}`;
  try {
    const answer = await get(http, endpoints, account, path);
    if (answer.status !== 200) return undefined;
    const permissions = jsonOf<{ permissions?: Readonly<Record<string, unknown>> }>(answer)?.permissions;
    return LEVELS.find((level) => permissions?.[level] === true);
  } catch (error) {
    if (error instanceof HttpFailure || error instanceof ScanError) return undefined;
    throw error;
  }
}
