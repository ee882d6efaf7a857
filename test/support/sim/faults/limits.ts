/** Faults of limits: too many requests, or a query that takes too much. */
import type { Exchange, Reply } from '../http/exchange.ts';
import { spanMs } from '../text.ts';
import type { FaultDefinition, FaultKind, FaultRule, FaultState } from './types.ts';

const LIMIT_DOCS = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';
const SECONDARY = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
const PRIMARY =
  'API rate limit exceeded for user ID 1. If you reach out to GitHub Support for help, please include the request ID.';

const secondary = (status: number, headers: Record<string, string>): Reply => ({
  status,
  headers,
  json: { message: SECONDARY, documentation_url: `${LIMIT_DOCS}#about-secondary-rate-limits` },
  faulty: true,
});

/** An hourly limit that is spent until its reset; all requests until then are refused. */
function primary(rule: FaultRule, x: Exchange, state: FaultState): Reply | undefined {
  state.limitedUntil ??= Math.ceil((Date.now() + spanMs(rule.reset_in ?? '2s')) / 1000);
  if (Date.now() >= state.limitedUntil * 1000) return undefined;
  x.rate = { limit: 5000, used: 5000, reset: state.limitedUntil };
  if (x.kind === 'graphql') return graphqlLimit('RATE_LIMITED');
  return {
    status: 403,
    json: { message: PRIMARY, documentation_url: LIMIT_DOCS, status: '403' },
    faulty: true,
  };
}

/** GraphQL says so with status 200; the type is RATE_LIMITED or, lately, RATE_LIMIT. */
export const graphqlLimit = (type: 'RATE_LIMITED' | 'RATE_LIMIT'): Reply => ({
  json: {
    errors: [{ type, code: 'graphql_rate_limit', message: 'API rate limit already exceeded for user ID 1.' }],
  },
  faulty: true,
});

export const limits = {
  'primary-rate-limit': {
    summary: 'the hourly budget is spent until `reset_in`; 403, or 200 with RATE_LIMITED for GraphQL',
    on: ['rest', 'graphql'],
    sample: { reset_in: '1s' },
    before: primary,
  },
  'graphql-rate-limit': {
    summary: '200 with RATE_LIMIT, budget headers saying nothing is left for `reset_in`',
    on: ['graphql'],
    sample: { reset_in: '1s' },
    before: (rule, x, state) => (primary(rule, x, state) ? graphqlLimit('RATE_LIMIT') : undefined),
  },
  'secondary-rate-limit': {
    summary: '403 with Retry-After',
    on: ['rest', 'graphql'],
    sample: { retry_after: 1 },
    before: (rule) => secondary(rule.status ?? 403, { 'Retry-After': String(rule.retry_after ?? 1) }),
  },
  'secondary-without-header': {
    summary: '403 that names a secondary limit but not how long to wait',
    on: ['rest', 'graphql'],
    before: () => secondary(403, {}),
  },
  'too-many-requests': {
    summary: '429 with Retry-After',
    on: ['rest', 'graphql', 'download', 'git', 'service'],
    sample: { retry_after: 1 },
    before: (rule) => secondary(429, { 'Retry-After': String(rule.retry_after ?? 1) }),
  },
  'resource-limits': {
    summary: '200 with partial data: after `nodes` nodes every connection answers RESOURCE_LIMITS_EXCEEDED',
    on: ['graphql'],
    sample: { nodes: 20 },
    execution: (rule) => ({ nodes: rule.nodes ?? 0 }),
  },
} satisfies Partial<Record<FaultKind, FaultDefinition>>;
