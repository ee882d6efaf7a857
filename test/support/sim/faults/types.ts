/** What the simulator can be told to do wrong. */

import type { FieldRefusal } from '../graphql/execution.ts';
import type { Exchange, Reply, RequestKind } from '../http/exchange.ts';

export type FaultKind =
  // refusals
  | 'status'
  | 'bad-credentials'
  | 'anonymous-refused'
  | 'forbidden'
  | 'field-forbidden'
  | 'saml'
  | 'ip-allow-list'
  | 'blocked'
  | 'not-found'
  // limits
  | 'primary-rate-limit'
  | 'graphql-rate-limit'
  | 'secondary-rate-limit'
  | 'secondary-without-header'
  | 'too-many-requests'
  | 'resource-limits'
  // breakdowns
  | 'server-error'
  | 'bad-gateway'
  | 'unavailable'
  | 'gateway-timeout'
  | 'unicorn'
  | 'graphql-timeout'
  | 'graphql-too-large'
  | 'graphql-error'
  | 'field-broken'
  // the connection
  | 'latency'
  | 'reset'
  | 'reset-midway'
  | 'cut'
  | 'stall'
  | 'silent'
  | 'drip'
  // the content
  | 'truncated-body'
  | 'wrong-type'
  | 'html-page'
  | 'empty-body'
  | 'null-body'
  | 'wrong-shape'
  | 'not-json'
  | 'unasked-304'
  | 'redirect-loop'
  | 'redirect-away'
  | 'oversized'
  // archives
  | 'corrupt-archive'
  | 'truncated-archive'
  | 'hostile-archive'
  | 'empty-archive';

/** Where a fault can strike: a kind of request, or only archives among the downloads. */
export type Target = RequestKind | 'archive';

/**
 * One fault: which requests it hits (all of those given must fit), when, and its parameters.
 * A parameter left out takes the default its kind names.
 */
export interface FaultRule {
  readonly kind: FaultKind;
  readonly on?: Target | readonly Target[];
  /** Regular expression on the path. */
  readonly match?: string;
  readonly method?: string;
  readonly host?: string;
  /** Name of the GraphQL operation. */
  readonly operation?: string;
  /** Rate limit resource: core, graphql, search, code_search. */
  readonly resource?: string;
  /** How many fitting requests pass before it strikes, and how often it then strikes (always). */
  readonly skip?: number;
  readonly times?: number;
  readonly status?: number;
  readonly message?: string;
  /** Body to send: text as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds of `Retry-After`. */
  readonly retry_after?: number;
  /** Span until a spent rate limit is given back. */
  readonly reset_in?: string;
  readonly delay_ms?: number;
  readonly bytes?: number;
  /** Part of a body that is left, 0 to 1. */
  readonly part?: number;
  /** Points a query costs beyond its own when it fails. */
  readonly points?: number;
  /** GraphQL fields as "Type.field". */
  readonly fields?: readonly string[];
  /** GraphQL nodes that still pass. */
  readonly nodes?: number;
  readonly where?: 'header' | 'middle';
  /** Hostile parts of an archive: traversal, absolute, symlink, hardlink, fifo, dup, bomb:MB, many:N. */
  readonly parts?: readonly string[];
}

/** What a fault remembers between requests; emptied by a reset. */
export interface FaultState {
  hits: number;
  limitedUntil?: number;
}

/** How one kind of fault works. */
export interface FaultDefinition {
  readonly summary: string;
  readonly on: readonly Target[];
  /** Parameters a test may use to try this kind. */
  readonly sample?: Partial<FaultRule>;
  /** Answers instead of the simulator, or lets the request pass. */
  readonly before?: (
    rule: FaultRule,
    x: Exchange,
    state: FaultState,
  ) => Reply | undefined | Promise<Reply | undefined>;
  /** Limits how a GraphQL query is carried out. */
  readonly execution?: (rule: FaultRule) => {
    readonly refusals?: readonly FieldRefusal[];
    readonly nodes?: number;
  };
  /** Spoils a finished answer. */
  readonly after?: (rule: FaultRule, reply: Reply, x: Exchange) => Reply | Promise<Reply>;
}

/** The short forms a scenario file may use under `faults`. */
export interface ScenarioFaults {
  readonly latency_ms?: number;
  readonly requires_token?: boolean;
  readonly status?: readonly {
    readonly match: string;
    readonly status: number;
    readonly times?: number;
    readonly skip?: number;
    readonly kind?: RequestKind;
    readonly message?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  }[];
  readonly secondary_rate_limit?: {
    readonly skip?: number;
    readonly times?: number;
    readonly retry_after?: number;
    readonly match?: string;
    readonly status?: number;
  };
  readonly primary_rate_limit?: {
    readonly after?: number;
    readonly reset_in?: string;
    readonly resource?: string;
  };
  readonly graphql_502_over_nodes?: number;
  readonly drop_tarball_at?: number;
  readonly drop_times?: number;
  readonly corrupt_gzip?: 'middle' | 'header';
  readonly truncate_tarball?: number;
  readonly tar_hostile?: readonly string[];
  readonly services?: Readonly<Record<string, { readonly status?: number; readonly body?: string }>>;
}
