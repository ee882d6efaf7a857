/** Hourly and per-minute budgets, kept by token and resource. */
import { HttpError } from './exchange.ts';

export interface RateWindow {
  readonly limit: number;
  used: number;
  /** Epoch seconds. */
  readonly reset: number;
}

export class RateLimits {
  private readonly windows = new Map<string, RateWindow>();
  private readonly limits: Readonly<Record<string, readonly [limit: number, seconds: number]>>;

  constructor(hourly: number) {
    this.limits = { core: [hourly, 3600], graphql: [hourly, 3600], search: [30, 60], code_search: [10, 60] };
  }

  reset(): void {
    this.windows.clear();
  }

  /** The current window of a token. */
  window(token: string, resource: string): RateWindow {
    const key = `${resource} ${token}`;
    const now = Math.floor(Date.now() / 1000);
    let window = this.windows.get(key);
    if (!window || window.reset <= now) {
      const [limit, seconds] = this.limits[resource] ?? [5000, 3600];
      window = { limit, used: 0, reset: now + seconds };
      this.windows.set(key, window);
    }
    return window;
  }

  /**
   * Takes points out of a budget.
   * @throws HttpError 403 when they are not there
   */
  charge(token: string, resource: string, points: number): RateWindow {
    const window = this.window(token, resource);
    if (window.used + points > window.limit) {
      window.used = window.limit;
      throw new HttpError(403, 'API rate limit exceeded for user ID 1.');
    }
    window.used += points;
    return window;
  }

  /** Takes points even if they are more than what is left. */
  drain(token: string, resource: string, points: number): RateWindow {
    const window = this.window(token, resource);
    window.used = Math.min(window.limit, window.used + points);
    return window;
  }

  /** The answer of `/rate_limit`. */
  overview(token: string): object {
    const rows = Object.keys(this.limits).map((resource) => {
      const { limit, used, reset } = this.window(token, resource);
      return [resource, { limit, used, remaining: limit - used, reset }] as const;
    });
    const resources = Object.fromEntries(rows);
    return { resources, rate: resources.core };
  }
}
