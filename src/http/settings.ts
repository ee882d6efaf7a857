/** Settings of the network door, and how they follow from environment variables. */
import { join } from 'node:path';

/** In milliseconds. */
export interface Timeouts {
  readonly connect: number;
  /** From the request until its answer begins. */
  readonly headers: number;
  /** Between two pieces of an answer. */
  readonly idle: number;
  /** For one exchange in all. */
  readonly total: number;
}

/** A wait that has been decided on, to be shown to the user. */
export interface Wait {
  readonly why: string;
  readonly milliseconds: number;
}

/** One exchange, for logs and tests. No secret is in it. */
export interface RequestRecord {
  readonly kind: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly attempt: number;
}

export interface HttpSettings {
  readonly userAgent: string;
  readonly proxy: { readonly http: string; readonly https: string; readonly none: string };
  /** PEM files whose authorities are trusted beside the usual ones. */
  readonly authorities: readonly string[];
  readonly timeouts: Timeouts;
  /** Most that may be waited for request budgets, in milliseconds, all waits together. */
  readonly maxWait: number;
  /** Tries per request, the first included. */
  readonly attempts: number;
  /** Pause before the second try, in milliseconds; it doubles with each further one. */
  readonly retryPause: number;
  readonly cache: CacheSettings | undefined;
  readonly onWait?: (wait: Wait) => void;
  readonly onRequest?: (record: RequestRecord) => void;
  /** Refuses everything. */
  readonly offline?: boolean;
}

export interface CacheSettings {
  readonly folder: string;
  readonly maxBytes: number;
  /** Answers about private repositories are kept too. */
  readonly keepPrivate: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUTS: Timeouts = { connect: 10_000, headers: 30_000, idle: 30_000, total: 120_000 };
const CACHE_BYTES = 256 * 1024 * 1024;

/** Settings from the usual variables; `more` wins. */
export function httpSettings(environment: Environment, more: Partial<HttpSettings> = {}): HttpSettings {
  const first = (...names: string[]) =>
    names.map((name) => environment[name]?.trim()).find((value) => value) ?? '';
  const proxy = (...names: string[]) => withScheme(first(...names));
  const all = proxy('all_proxy', 'ALL_PROXY');
  const http = proxy('http_proxy', 'HTTP_PROXY') || all;
  return {
    userAgent: 'assay',
    proxy: {
      http,
      https: proxy('https_proxy', 'HTTPS_PROXY') || all,
      none: first('no_proxy', 'NO_PROXY'),
    },
    authorities: ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'].flatMap((name) => environment[name]?.trim() || []),
    timeouts: TIMEOUTS,
    maxWait: 300_000,
    attempts: 3,
    retryPause: 500,
    cache: undefined,
    ...more,
  };
}

/** A proxy is often named as HOST:PORT alone, as curl, git and Go programs take it. */
function withScheme(address: string): string {
  return address === '' || address.includes('://') ? address : `http://${address.replace(/^\/\//, '')}`;
}

/** The usual cache of this user, or undefined when no home is known. */
export function userCache(
  environment: Environment,
  platform: NodeJS.Platform,
  keepPrivate = false,
): CacheSettings | undefined {
  const folder = cacheFolder(environment, platform);
  return folder ? { folder, maxBytes: CACHE_BYTES, keepPrivate } : undefined;
}

function cacheFolder(environment: Environment, platform: NodeJS.Platform): string | undefined {
  const named = environment.ASSAY_CACHE_DIR?.trim();
  if (named) return named;
  if (platform === 'win32')
    return environment.LOCALAPPDATA && join(environment.LOCALAPPDATA, 'assay', 'cache');
  const home = environment.HOME;
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, 'assay');
  if (!home) return undefined;
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'assay') : join(home, '.cache', 'assay');
}
