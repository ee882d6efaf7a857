/** Which GitHub is meant and who asks, from the usual variables. */
import type { Environment } from '../../http/index.ts';

/** Addresses of one GitHub, without a slash at the end. */
export interface Endpoints {
  readonly host: string;
  readonly rest: string;
  readonly graphql: string;
  /** Where repositories are cloned from. */
  readonly web: string;
}

/** An installed GitHub App. */
export interface AppIdentity {
  readonly appId: string;
  readonly installationId: string;
  /** File with the private key in PEM. */
  readonly keyFile: string;
}

export interface GithubSettings {
  readonly endpoints: Endpoints;
  readonly tokens: readonly string[];
  readonly app: AppIdentity | undefined;
}

export const PUBLIC: Endpoints = {
  host: 'github.com',
  rest: 'https://api.github.com',
  graphql: 'https://api.github.com/graphql',
  web: 'https://github.com',
};

/** In the reference's order of precedence (api-checks 3.3). */
const TOKEN_VARIABLES = ['GITHUB_AUTH_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN', 'GH_AUTH_TOKEN'];

/** The variable whose tokens are used. */
export function tokenVariable(environment: Environment): string | undefined {
  return TOKEN_VARIABLES.find((name) => (environment[name]?.trim() ?? '') !== '');
}

export function githubSettings(environment: Environment): GithubSettings {
  const value = (name: string) => environment[name]?.trim() ?? '';
  const tokens = value(tokenVariable(environment) ?? '');
  const [keyFile, appId, installationId] = [
    value('GITHUB_APP_KEY_PATH'),
    value('GITHUB_APP_ID'),
    value('GITHUB_APP_INSTALLATION_ID'),
  ];
  return {
    endpoints: endpointsOf(value('GH_HOST'), value('GITHUB_API_URL'), value('GITHUB_GRAPHQL_URL')),
    tokens: tokens
      .split(',')
      .map((token) => token.trim())
      .filter((token) => token !== ''),
    app: keyFile && appId && installationId ? { keyFile, appId, installationId } : undefined,
  };
}

/**
 * A runner of GitHub Actions always names its own API; where GH_HOST names another GitHub, that one is meant, unless
 * the API address was set to something else than the public one.
 */
function endpointsOf(ghHost: string, api: string, graphql: string): Endpoints {
  const host = ghHost === '' ? PUBLIC.host : ghHost.toLowerCase();
  const named = (address: string) => (host !== PUBLIC.host && isPublicApi(address) ? '' : address);
  const [base, query] =
    host === PUBLIC.host
      ? [PUBLIC.rest, PUBLIC.graphql]
      : [`https://${host}/api/v3`, `https://${host}/api/graphql`];
  const rest = withoutSlash(named(api) || base);
  return {
    host,
    rest,
    graphql: withoutSlash(named(graphql) || (named(api) ? besides(rest) : query)),
    web: isPublicApi(rest) ? PUBLIC.web : new URL(rest).origin,
  };
}

function isPublicApi(address: string): boolean {
  return URL.parse(address)?.hostname === 'api.github.com';
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

/** The GraphQL address that goes with a REST address. */
function besides(rest: string): string {
  return rest.endsWith('/api/v3') ? `${rest.slice(0, -'/v3'.length)}/graphql` : `${rest}/graphql`;
}
