/**
 * Who asks: the tokens for one host, and what each may still ask. Tokens take turns by what they have left; a spent or
 * refused one is passed over. The budget is read from the answers' headers, never guessed.
 */
import { createHash } from 'node:crypto';
import { HttpFailure } from './failure.ts';
import type { Headers } from './transport.ts';

export interface Budget {
  readonly remaining: number;
  /** Milliseconds since the epoch. */
  readonly reset: number;
}

/** One token and what is known of it. */
export interface Token {
  readonly value: string;
  readonly budgets: Map<string, Budget>;
  /** Not to be used before this moment (secondary limits). */
  blockedUntil: number;
  refused: boolean;
}

/** Makes short-lived tokens, e.g. for an installed app. */
export interface TokenSource {
  /** Names who it is without telling the secret. */
  readonly identity: string;
  /** A valid token; the same one as long as it is valid. */
  token(): Promise<string>;
}

/** Sleeps, bounded and announced. */
export type Pause = (milliseconds: number, why: string) => Promise<void>;

/** The tokens of one host. */
export class Account {
  /** Stable name of these tokens for cache keys; not reversible. */
  readonly identity: string;
  readonly anonymous: boolean;
  readonly #tokens: Token[];
  readonly #source: TokenSource | undefined;
  readonly #now: () => number;
  #turn = 0;

  /** Without any token and source the account is anonymous: it has a budget, but sends no name. */
  constructor(values: readonly string[], source?: TokenSource, now: () => number = Date.now) {
    this.#source = values.length > 0 ? undefined : source;
    this.anonymous = values.length === 0 && source === undefined;
    this.#tokens = (this.anonymous ? [''] : [...new Set(values)]).map(newToken);
    this.#now = now;
    const name = this.#source?.identity ?? [...new Set(values)].sort().join('\n');
    this.identity = createHash('sha256').update(`assay:${name}`).digest('hex').slice(0, 24);
  }

  /** Every token value known so far, for redaction. */
  get values(): readonly string[] {
    return this.#tokens.map((token) => token.value);
  }

  /**
   * The token to use next. Waits (through `pause`) while all are spent; when all are refused, one of them is given, so
   * that the forge's own answer is told.
   * @throws HttpFailure rate-limited when the wait would be too long, through `pause`.
   */
  async take(resource: string, pause: Pause): Promise<Token> {
    await this.#renew();
    for (;;) {
      const usable = this.#tokens.filter((token) => !token.refused);
      if (usable.length === 0) return this.#tokens[0]!;
      const now = this.#now();
      const free = usable.filter((token) => readyAt(token, resource, now) <= now);
      if (free.length > 0) return this.#next(free, resource);
      const soonest = Math.min(...usable.map((token) => readyAt(token, resource, now)));
      const asked = usable.every((token) => token.blockedUntil > now);
      const why = asked
        ? 'the forge asks for a rest'
        : `the ${resource} request budget of ${usable.length > 1 ? 'every' : 'the'} token is spent`;
      await pause(soonest - now, why);
    }
  }

  /** The free token with most left; equal ones in turn. */
  #next(free: readonly Token[], resource: string): Token {
    const left = (token: Token) => token.budgets.get(resource)?.remaining ?? Number.POSITIVE_INFINITY;
    const most = Math.max(...free.map(left));
    const best = free.filter((token) => left(token) === most);
    return best[this.#turn++ % best.length]!;
  }

  async #renew(): Promise<void> {
    if (this.#source === undefined) return;
    const value = await this.#source.token();
    if (this.#tokens[0]?.value !== value) this.#tokens.splice(0, 1, newToken(value));
  }

  /** Learns what is left from an answer. */
  note(token: Token, headers: Headers, resource: string): void {
    const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000;
    if (!Number.isFinite(remaining) || !Number.isFinite(reset)) return;
    token.budgets.set(headers['x-ratelimit-resource'] ?? resource, { remaining, reset });
  }

  /** Keeps a token back for a while. */
  block(token: Token, milliseconds: number): void {
    token.blockedUntil = Math.max(token.blockedUntil, this.#now() + milliseconds);
  }

  /** Never uses this token again. True when another one is left. */
  refuse(token: Token): boolean {
    token.refused = true;
    return this.#tokens.some((one) => !one.refused);
  }

  /** Most that any token has left, when an answer told. */
  remaining(resource: string): number | undefined {
    const known = this.#tokens.flatMap((token) => token.budgets.get(resource)?.remaining ?? []);
    return known.length === 0 ? undefined : Math.max(...known);
  }
}

function newToken(value: string): Token {
  return { value, budgets: new Map(), blockedUntil: 0, refused: false };
}

/** A second more than the forge says, because its clock and ours differ. */
const CLOCK_MARGIN = 1000;

function readyAt(token: Token, resource: string, now: number): number {
  const budget = token.budgets.get(resource);
  const spent = budget !== undefined && budget.remaining <= 0 && budget.reset > now;
  return Math.max(token.blockedUntil, spent ? budget.reset + CLOCK_MARGIN : 0);
}

/** @throws HttpFailure for a wait that is not allowed. */
export function waitTooLong(why: string, milliseconds: number, maxWait: number): HttpFailure {
  const seconds = (value: number) => `${Math.ceil(value / 1000)} s`;
  return new HttpFailure(
    'rate-limited',
    `${why}; it comes back in ${seconds(milliseconds)}, and --max-wait allows ${seconds(maxWait)}`,
  );
}
