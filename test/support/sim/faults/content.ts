/** Faults of the content: a whole, well-formed answer that is not what it should be. */
import type { Reply } from '../http/exchange.ts';
import { bodyOf } from './connection.ts';
import type { FaultDefinition, FaultKind } from './types.ts';

const api = ['rest', 'graphql', 'service'] as const;
const everywhere = ['rest', 'graphql', 'download', 'git', 'service'] as const;
const PORTAL =
  '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>';
const JSON_TYPE = 'application/json; charset=utf-8';

/** Redirects are no answers: the fault waits for the request they lead to. */
const answersOnly =
  (spoil: (reply: Reply) => Reply) =>
  (reply: Reply): Reply =>
    (reply.status ?? 200) >= 300 && (reply.status ?? 200) < 400 ? reply : { ...spoil(reply), faulty: true };

const replaced =
  (text: string, type = JSON_TYPE) =>
  (): Reply => ({ status: 200, raw: Buffer.from(text), type, faulty: true });

function truncated(reply: Reply): Reply {
  const body = bodyOf(reply);
  const type = reply.json === undefined ? reply.type : JSON_TYPE;
  return { ...reply, json: undefined, raw: body.subarray(0, Math.floor(body.length / 2)), type };
}

/** Valid JSON followed by blanks. */
function padded(reply: Reply, bytes: number): Reply {
  const body = bodyOf(reply);
  const raw = Buffer.concat([body, Buffer.alloc(bytes, ' ')]);
  return { ...reply, json: undefined, raw, type: reply.json === undefined ? reply.type : JSON_TYPE };
}

export const contentFaults = {
  'truncated-body': {
    summary: 'half of the body, announced as if it were all',
    on: everywhere,
    after: (_, reply) => answersOnly(truncated)(reply),
  },
  'wrong-type': {
    summary: 'the right body under a wrong content type',
    on: api,
    after: (_, reply) =>
      answersOnly((r) => ({ ...r, json: undefined, raw: bodyOf(r), type: 'text/plain' }))(reply),
  },
  'html-page': {
    summary: '200 with a page of HTML, as a captive portal gives',
    on: everywhere,
    before: replaced(PORTAL, 'text/html; charset=utf-8'),
  },
  'empty-body': { summary: '200 with no body at all', on: everywhere, before: replaced('') },
  'null-body': { summary: '200 with the JSON value null', on: api, before: replaced('null') },
  'wrong-shape': {
    summary: '200 with JSON of another shape',
    on: api,
    before: replaced('{"unexpected":[1,"two",{"three":null}]}'),
  },
  'not-json': { summary: '200 that claims to be JSON and is not', on: api, before: replaced('{"half": ') },
  'unasked-304': {
    summary: '304 although the caller sent no entity tag',
    on: ['rest'],
    before: (_, x) =>
      x.headers['if-none-match'] ? undefined : { status: 304, raw: Buffer.alloc(0), faulty: true },
  },
  'redirect-loop': {
    summary: '302 to the same address, for ever',
    on: ['rest', 'download', 'service'],
    before: (_, x) => ({
      status: 302,
      headers: { Location: `${x.origin}${x.url}` },
      raw: Buffer.alloc(0),
      faulty: true,
    }),
  },
  'redirect-away': {
    summary: '302 to another host, which must not get the token',
    on: ['rest', 'download', 'service'],
    before: (_, x) => ({
      status: 302,
      headers: { Location: x.elsewhere },
      raw: Buffer.alloc(0),
      faulty: true,
    }),
  },
  oversized: {
    summary: 'the right answer followed by `bytes` blanks',
    on: api,
    sample: { bytes: 1 << 20 },
    after: (rule, reply) => answersOnly((r) => padded(r, rule.bytes ?? 1 << 26))(reply),
  },
} satisfies Partial<Record<FaultKind, FaultDefinition>>;
