/** Puts an answer on the wire: GitHub's headers, entity tags, compression, and broken deliveries. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { bodyOf } from '../faults/connection.ts';
import { sha1, sleep } from '../text.ts';
import type { Delivery, Exchange, Reply } from './exchange.ts';

/** What went out. */
export interface Sent {
  readonly status: number;
  readonly bytes: number;
}

/** Sends a reply and says what it became (a 304, say). */
export function send(
  response: ServerResponse,
  x: Exchange,
  reply: Reply,
  options: { readonly gzip: boolean },
): Sent {
  let status = reply.status ?? 200;
  let body = bodyOf(reply);
  const headers: Record<string, string | number> = { ...apiHeaders(x), ...reply.headers };
  const type = reply.json === undefined ? reply.type : 'application/json; charset=utf-8';
  if (type) headers['Content-Type'] = type;
  if (x.kind === 'rest' && status === 200 && x.method === 'GET' && !reply.faulty) {
    headers.ETag = `W/"${sha1(body)}"`;
    headers['Cache-Control'] = 'private, max-age=60, s-maxage=60';
    headers.Vary = 'Accept, Authorization, Cookie, X-GitHub-OTP';
  }
  if (isKnown(x, status, headers.ETag)) {
    status = 304;
    body = Buffer.alloc(0);
    delete headers['Content-Type'];
    if (x.charged && x.rate) x.rate.used--;
    x.charged = false;
  }
  if (x.rate) Object.assign(headers, rateHeaders(x));
  const acceptsGzip = /gzip/.test(String(x.headers['accept-encoding'] ?? ''));
  if (options.gzip && acceptsGzip && status === 200 && reply.json !== undefined && body.length > 1000) {
    body = gzipSync(body);
    headers['Content-Encoding'] = 'gzip';
  }
  if (status !== 204 && status !== 304) headers['Content-Length'] = body.length;
  deliver(response, status, headers, x.method === 'HEAD' ? Buffer.alloc(0) : body, reply.delivery);
  const nothing =
    reply.delivery?.how === 'silent' ||
    (reply.delivery?.how === 'reset' && reply.delivery.after === undefined);
  return { status: nothing ? 0 : status, bytes: nothing ? 0 : body.length };
}

/** Whether the caller already has this answer. */
const isKnown = (x: Exchange, status: number, tag: string | number | undefined): boolean =>
  status === 200 &&
  tag !== undefined &&
  (x.headers['if-none-match']?.split(/,\s*/).includes(String(tag)) ?? false);

/** Classic tokens with this in them have no scope for organisations. */
export const isNarrow = (token: string): boolean => token.startsWith('ghp_') && token.includes('narrow');

function apiHeaders(x: Exchange): Record<string, string> {
  if (x.kind !== 'rest' && x.kind !== 'graphql') return {};
  const classic = x.token.startsWith('ghp_') && !x.token.includes('bad');
  return {
    ...(classic && { 'X-OAuth-Scopes': isNarrow(x.token) ? 'public_repo' : 'public_repo, read:org' }),
    'X-GitHub-Media-Type': `github.${x.kind === 'rest' ? 'v3' : 'v4'}; format=json`,
    'X-GitHub-Request-Id': `SIM:${x.startedAt.toString(16)}`,
    'X-GitHub-Api-Version-Selected': '2022-11-28',
    'Access-Control-Expose-Headers':
      'ETag, Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
  };
}

const rateHeaders = ({ rate, resource = 'core' }: Exchange): Record<string, string | number> =>
  rate
    ? {
        'X-RateLimit-Limit': rate.limit,
        'X-RateLimit-Remaining': Math.max(0, rate.limit - rate.used),
        'X-RateLimit-Used': rate.used,
        'X-RateLimit-Reset': rate.reset,
        'X-RateLimit-Resource': resource,
      }
    : {};

function deliver(
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
  body: Buffer,
  delivery: Delivery | undefined,
): void {
  const { socket } = response.req as IncomingMessage;
  if (delivery?.how === 'silent') return;
  // Only plain sockets can be reset; one inside TLS is closed without a word.
  const reset = (): unknown => ('encrypted' in socket ? socket.destroy() : socket.resetAndDestroy());
  if (delivery?.how === 'reset' && delivery.after === undefined) {
    reset();
    return;
  }
  response.writeHead(status, headers);
  if (!delivery) response.end(body);
  else if (delivery.how === 'drip') void drip(response, body, delivery.chunk, delivery.everyMs);
  else {
    const finish = { reset, cut: () => socket.destroySoon(), stall: () => {} }[delivery.how];
    const part = body.subarray(0, delivery.after);
    response.flushHeaders();
    if (part.length) response.write(part, finish);
    else finish();
  }
}

async function drip(response: ServerResponse, body: Buffer, chunk: number, everyMs: number): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += chunk) {
    response.write(body.subarray(at, at + chunk));
    await sleep(everyMs);
  }
  response.end();
}
