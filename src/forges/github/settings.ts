/** Which GitHub is meant and who asks, from the usual variables. */
import { ScanError } from '../../core/index.ts';
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

const APP_VARIABLES = ['GITHUB_APP_KEY_PATH', 'GITHUB_APP_ID', 'GITHUB_APP_INSTALLATION_ID'] as const;

/** The variable whose tokens are used. */
export function tokenVariable(environment: Environment): string | undefined {
  return TOKEN_VARIABLES.find((name) => (environment[name]?.trim() ?? '') !== '');
}

/** @throws ScanError config when a variable holds no address, or only a part of a GitHub App is named */
export function githubSettings(environment: Environment): GithubSettings {
  const value = (name: string) => environment[name]?.trim() ?? '';
  const address = (name: string) => addressIn(name, value(name));
  const tokens = value(tokenVariable(environment) ?? '')
    .split(',')
    .map((token) => token.trim())
    .filter((token) => token !== '');
  return {
    endpoints: endpointsOf(
      hostIn(value('GH_HOST')),
      address('GITHUB_API_URL'),
      address('GITHUB_GRAPHQL_URL'),
    ),
    tokens,
    app: appOf(value, tokens.length === 0),
  };
}

/** The app. Where it is needed, half of one is an error: passed over, it would make a scan without any rights. */
function appOf(value: (name: string) => string, needed: boolean): AppIdentity | undefined {
  const missing = APP_VARIABLES.filter((name) => value(name) === '');
  if (missing.length === APP_VARIABLES.length || (missing.length > 0 && !needed)) return undefined;
  if (missing.length > 0)
    throw new ScanError('config', `a GitHub App takes ${missing.join(' and ')}, too (or unset the others)`);
  const [keyFile, appId, installationId] = APP_VARIABLES.map(value) as [string, string, string];
  return { keyFile, appId, installationId };
}

/** The host, also out of a web address. The value stays out of messages: it may hold a password. */
function hostIn(text: string): string {
  if (text === '') return '';
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (url === null)
    throw new ScanError('config', 'GH_HOST is no name of a host (GH_HOST=github.example.com)');
  return url.host;
}

function addressIn(variable: string, text: string): string {
  if (text !== '' && !/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new ScanError('config', `${variable} is no web address (${variable}=https://...)`);
  return text;
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
