/** Bytes over the wire: proxies, authorities, timeouts, redirects. No retry, no budget, no cache. */
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import * as tls from 'node:tls';
import type { Dispatcher } from 'undici';
import { failureOf, HttpFailure } from './failure.ts';
import { placeOf } from './secrets.ts';
import type { HttpSettings, Timeouts } from './settings.ts';

export type Headers = Readonly<Record<string, string>>;

export interface Exchange {
  readonly url: string;
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly headers: Headers;
  readonly body?: string;
  readonly timeouts: Timeouts;
  readonly signal?: AbortSignal;
  /** Called for each hop, redirects included. */
  readonly onHop: (url: string, status: number) => void;
}

export interface RawResponse {
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readable;
}

export interface Transport {
  /** @throws HttpFailure; an abort of the caller's signal is thrown as it is. */
  send(exchange: Exchange): Promise<RawResponse>;
  close(): Promise<void>;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 5;

/** The client library is loaded with the first request only: a scan of a folder never pays for it. */
export function createTransport(settings: HttpSettings): Transport {
  let loading: Promise<{ dispatcher: Dispatcher; request: typeof import('undici').request }> | undefined;
  const load = async () => {
    const { EnvHttpProxyAgent, request } = await import('undici');
    const ca = authorities(settings.authorities);
    const trust = ca === undefined ? {} : { ca };
    const dispatcher = new EnvHttpProxyAgent({
      httpProxy: settings.proxy.http,
      httpsProxy: settings.proxy.https,
      noProxy: settings.proxy.none,
      connect: { ...trust, timeout: settings.timeouts.connect },
      requestTls: { ...trust, timeout: settings.timeouts.connect },
      proxyTls: { ...trust, timeout: settings.timeouts.connect },
      connections: 32,
    });
    return { dispatcher, request };
  };
  const once = async (exchange: Exchange, url: string, headers: Headers): Promise<RawResponse> => {
    const { dispatcher, request } = await (loading ??= load());
    const { signal, done } = limitOf(exchange);
    const asked = request(url, {
      dispatcher,
      method: exchange.method,
      headers,
      body: exchange.body,
      headersTimeout: exchange.timeouts.headers,
      bodyTimeout: exchange.timeouts.idle,
      signal,
    });
    asked.catch(done);
    const answer = await asked;
    answer.body.once('close', done);
    const flat: Record<string, string> = {};
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
    return { url, status: answer.statusCode, headers: flat, body: answer.body };
  };
  return {
    send: async (exchange) => {
      try {
        return await follow(exchange, once);
      } catch (error) {
        exchange.signal?.throwIfAborted();
        throw failureOf(error, placeOf(exchange.url));
      }
    },
    close: async () => {
      // What could not be opened was told to those who asked.
      const loaded = await loading?.catch(() => undefined);
      await loaded?.dispatcher.destroy();
    },
  };
}

/** The caller's signal and the time limit as one; nothing of it is left behind after `done`, however long the limit. */
function limitOf({ signal, timeouts }: Exchange): {
  readonly signal: AbortSignal;
  readonly done: () => void;
} {
  const both = new AbortController();
  const given = () => both.abort(signal?.reason);
  if (signal?.aborted) given();
  signal?.addEventListener('abort', given, { once: true });
  const timer = setTimeout(() => both.abort(new DOMException('too long', 'TimeoutError')), timeouts.total);
  timer.unref();
  const done = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', given);
  };
  return { signal: both.signal, done };
}

async function follow(
  exchange: Exchange,
  once: (exchange: Exchange, url: string, headers: Headers) => Promise<RawResponse>,
): Promise<RawResponse> {
  let { url, headers } = exchange;
  for (let hops = 0; ; hops++) {
    const answer = await once(exchange, url, headers);
    exchange.onHop(url, answer.status);
    const target = REDIRECTS.has(answer.status) ? answer.headers.location : undefined;
    if (target === undefined || exchange.method === 'POST') return answer;
    answer.body.on('error', () => {}).resume();
    if (hops === MAX_REDIRECTS)
      throw new HttpFailure('network', `${placeOf(exchange.url)} redirects more than ${MAX_REDIRECTS} times`);
    const next = redirectTarget(url, target, exchange.url);
    if (next.origin !== new URL(url).origin) headers = withoutSecrets(headers);
    url = next.href;
  }
}

/**
 * The next address: of the same host, or of the same domain (an API and its downloads).
 * @throws HttpFailure for any other one, and for one that would leave an encrypted connection.
 */
function redirectTarget(from: string, location: string, asked: string): URL {
  const next = URL.parse(location, from);
  const fine =
    next !== null &&
    (next.protocol === 'https:' || (next.protocol === 'http:' && from.startsWith('http:'))) &&
    domainOf(next.hostname) === domainOf(new URL(asked).hostname);
  if (!fine)
    throw new HttpFailure('network', `${placeOf(asked)} redirects to an address that is not followed`);
  next.username = '';
  next.password = '';
  return next;
}

/** The last two labels of a name; an address of numbers stands for itself. */
function domainOf(hostname: string): string {
  return /^[\d.]+$|:/.test(hostname) ? hostname : hostname.split('.').slice(-2).join('.');
}

function withoutSecrets(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(authorization|cookie)$/i.test(name)),
  );
}

/** The usual authorities and those of the named files; undefined when there are none to add. */
function authorities(files: readonly string[]): string[] | undefined {
  if (files.length === 0) return undefined;
  const extra = [...new Set(files)].flatMap((file) => {
    try {
      return [readFileSync(file, 'utf8')];
    } catch (cause) {
      throw new HttpFailure('certificate', `the file of certificate authorities ${file} cannot be read`, {
        cause,
      });
    }
  });
  return [...tls.getCACertificates('default'), ...extra];
}
