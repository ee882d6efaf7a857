/** Faults of the service itself: it breaks, or takes too long. */
import type { Exchange, Reply } from '../http/exchange.ts';
import { sleep } from '../text.ts';
import type { FaultDefinition, FaultKind, FaultRule } from './types.ts';

const SOMETHING_WRONG =
  'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `SIM:0` when reporting this issue.';
const UNICORN =
  '<!DOCTYPE html><html><head><title>Unicorn! &middot; GitHub</title></head><body><p><strong>We had issues producing the response to your request.</strong></p></body></html>';

const broken = (status: number, message: string, headers?: Record<string, string>) => (): Reply => ({
  status,
  json: { message },
  headers,
  faulty: true,
});
const everywhere = ['rest', 'graphql', 'download', 'git', 'service'] as const;
const somethingWrong = (status: number): Reply => ({
  status,
  json: { data: null, errors: [{ message: SOMETHING_WRONG }] },
  faulty: true,
});

/** A query that ran too long: it fails, and still costs its points and some more. */
async function chargedTimeout(rule: FaultRule, x: Exchange): Promise<Reply> {
  await sleep(rule.delay_ms ?? 50);
  const points = (x.plan?.cost ?? 1) + (rule.points ?? 0);
  x.rate = x.rates.drain(x.token, 'graphql', points);
  x.notes.push(`charged ${points} points`);
  return somethingWrong(502);
}

export const breakdowns = {
  'server-error': { summary: '500', on: everywhere, before: broken(500, 'Server Error') },
  'bad-gateway': { summary: '502', on: everywhere, before: broken(502, 'Server Error') },
  unavailable: {
    summary: '503 with Retry-After',
    on: everywhere,
    sample: { retry_after: 1 },
    before: (rule) => broken(503, 'Service unavailable', { 'Retry-After': String(rule.retry_after ?? 1) })(),
  },
  'gateway-timeout': {
    summary: '504 after `delay_ms`',
    on: everywhere,
    sample: { delay_ms: 20 },
    before: async (rule) => {
      await sleep(rule.delay_ms ?? 20);
      return broken(504, "We couldn't respond to your request in time. Sorry about that.")();
    },
  },
  unicorn: {
    summary: '502 with a page of HTML',
    on: everywhere,
    before: () => ({
      status: 502,
      raw: Buffer.from(UNICORN),
      type: 'text/html; charset=utf-8',
      faulty: true,
    }),
  },
  'graphql-timeout': {
    summary: '502 after `delay_ms`; the points are spent all the same, and `points` more',
    on: ['graphql'],
    sample: { delay_ms: 20, points: 10 },
    before: chargedTimeout,
  },
  'graphql-too-large': {
    summary: '502 for queries of more than `nodes` nodes',
    on: ['graphql'],
    sample: { nodes: 1 },
    before: (rule, x) => ((x.plan?.nodes ?? 0) > (rule.nodes ?? 0) ? somethingWrong(502) : undefined),
  },
  'graphql-error': {
    summary: '200 whose data is null and whose only error says that something went wrong',
    on: ['graphql'],
    before: () => somethingWrong(200),
  },
  'field-broken': {
    summary: 'single GraphQL fields answer null with an error that something went wrong',
    on: ['graphql'],
    sample: { fields: ['Repository.rulesets'] },
    execution: (rule) => ({
      refusals: (rule.fields ?? []).map((field) => ({ field, message: rule.message ?? SOMETHING_WRONG })),
    }),
  },
} satisfies Partial<Record<FaultKind, FaultDefinition>>;
