/** The network door: every request of the program goes through here, counted, bounded and without telling a secret. */
import { setTimeout as sleep } from 'node:timers/promises';
import { waitTooLong } from './account.ts';
import { readBody } from './body.ts';
import { cacheKey, DiskCache, keptHeaders, type Stored } from './cache.ts';
import { failureOf, HttpFailure } from './failure.ts';
import { backoff, judgeAnswer, SECONDARY_REST } from './limits.ts';
import type { HttpCounts, HttpRequest, HttpResponse, HttpStream } from './messages.ts';
import { placeOf, Secrets } from './secrets.ts';
import type { HttpSettings } from './settings.ts';
import { createTransport, type RawResponse, type Transport } from './transport.ts';

const MAX_BYTES = 32 * 1024 * 1024;

interface Shared {
  readonly settings: HttpSettings;
  readonly transport: Transport;
  readonly secrets: Secrets;
  readonly cache: DiskCache | undefined;
}

/** Makes the door. One for the whole process: connections and budgets are shared, `scope()` counts one scan. */
export function createHttp(settings: HttpSettings): Http {
  return new Http({
    settings,
    transport: createTransport(settings),
    secrets: new Secrets(),
    cache: settings.cache && new DiskCache(settings.cache),
  });
}

export class Http {
  readonly counts: HttpCounts = {};
  readonly #shared: Shared;
  readonly #parent: Http | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #toKeep: { readonly key: string; readonly stored: Stored }[] = [];
  #shortage: string | undefined;
  #waitedUntil = 0;

  constructor(shared: Shared, parent?: Http, signal?: AbortSignal) {
    this.#shared = shared;
    this.#parent = parent;
    this.#signal = signal;
  }

  /** The same door with counters and patience of its own, closed by `signal`. */
  scope(signal?: AbortSignal): Http {
    return new Http(this.#shared, this, signal);
  }

  get settings(): HttpSettings {
    return this.#shared.settings;
  }

  /** Ends everything asked through this scope. */
  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  /** The first wait that was too long for these requests, in words. */
  get shortage(): string | undefined {
    return this.#shortage;
  }

  get cache(): DiskCache | undefined {
    return this.#shared.cache;
  }

  /** Text that may be shown: without tokens. */
  hide(text: string): string {
    return this.#shared.secrets.hide(text);
  }

  throwIfAborted(): void {
    this.#signal?.throwIfAborted();
  }

  count(name: string, by = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
    this.#parent?.count(name, by);
  }

  /**
   * Asks and reads the whole answer. Passing faults are tried again, spent tokens passed over, budgets waited for.
   * Any status is an answer.
   * @throws HttpFailure when there is none; the signal's reason when it was aborted.
   */
  async send(request: HttpRequest): Promise<HttpResponse> {
    const key = this.#keyOf(request);
    const kept = key === undefined ? undefined : await this.#shared.cache?.get(key);
    const headers = kept === undefined ? request.headers : { ...request.headers, 'if-none-match': kept.etag };
    return this.#persist({ ...request, headers }, async (answer) => {
      const body = await readBody(answer, request.maxBytes ?? MAX_BYTES, (count) =>
        this.count('bytes', count),
      );
      const forget = key === undefined ? {} : { forget: () => this.#forget(key) };
      const plain = { url: answer.url, status: answer.status, headers: answer.headers, ...forget };
      if (answer.status === 304 && kept !== undefined) {
        this.count('cacheHits');
        return {
          ...plain,
          status: 200,
          headers: { ...answer.headers, ...kept.headers },
          body: kept.body,
          fromCache: true,
        };
      }
      const { etag } = answer.headers;
      if (key !== undefined && etag !== undefined && answer.status === 200) {
        const stored = { etag, headers: keptHeaders(answer.headers), body };
        if (request.forAll) await this.cache?.put(key, stored);
        else this.#toKeep.push({ key, stored });
      }
      return { ...plain, body, fromCache: false };
    });
  }

  /**
   * Asks and gives the answer as a stream, once it begins with status 200; other statuses come with their (short) body.
   * A stream that breaks is the reader's to handle.
   * @throws HttpFailure as `send`.
   */
  async open(request: HttpRequest): Promise<HttpStream | HttpResponse> {
    return this.#persist<HttpStream | HttpResponse>(request, async (answer) => {
      const { url, status, headers } = answer;
      if (status !== 200)
        return {
          url,
          status,
          headers,
          body: await readBody(answer, 64 * 1024, (count) => this.count('bytes', count)),
          fromCache: false,
        };
      answer.body.on('data', (chunk: Buffer) => this.count('bytes', chunk.length));
      answer.body.pause();
      return { url, status, headers, body: answer.body };
    });
  }

  /** Gathers something of one's own for the cache. */
  keep(key: string, stored: Stored): void {
    if (this.cache !== undefined) this.#toKeep.push({ key, stored });
  }

  /** Keeps what was gathered for the cache, or forgets it: nothing of a private repository is kept unasked. */
  async settle(isPrivate: boolean): Promise<void> {
    const entries = this.#toKeep.splice(0);
    const { cache } = this.#shared;
    if (cache === undefined || (isPrivate && !cache.keepPrivate)) return;
    await Promise.all(entries.map(({ key, stored }) => cache.put(key, stored)));
  }

  async close(): Promise<void> {
    await this.#shared.cache?.close();
    await this.#shared.transport.close();
  }

  async #forget(key: string): Promise<void> {
    const kept = this.#toKeep.filter((entry) => entry.key !== key);
    this.#toKeep.splice(0, this.#toKeep.length, ...kept);
    await this.cache?.drop(key);
  }

  #keyOf(request: HttpRequest): string | undefined {
    if (!request.cached || this.#shared.cache === undefined) return undefined;
    const { url, method = 'GET', headers = {}, body = '' } = request;
    return cacheKey('answer', request.account?.identity ?? '', method, url, headers.accept ?? '', body);
  }

  /** The loop around one exchange: tokens, waits, retries. */
  async #persist<T extends HttpStream | HttpResponse>(
    request: HttpRequest,
    finish: (answer: RawResponse) => Promise<T>,
  ): Promise<T> {
    const { attempts } = this.settings;
    const patience = request.timeouts?.total ?? this.settings.timeouts.total;
    let spent = 0;
    const resource = request.resource ?? 'core';
    // Rests and changes of token are no failed tries, but there is an end to them as well.
    for (let attempt = 1, turns = 0; ; turns++) {
      const token = await request.account?.take(resource, (milliseconds, why) =>
        this.pause(milliseconds, why),
      );
      let answer: T;
      const start = performance.now();
      try {
        answer = await finish(await this.#exchange(request, token?.value ?? '', attempt));
      } catch (error) {
        this.#signal?.throwIfAborted();
        const failure = failureOf(error, placeOf(request.url));
        spent += performance.now() - start;
        // An answer that dribbles in until time is up would do so again.
        const late = failure.kind === 'timeout' && (request.impatient || spent >= patience * 0.9);
        const final = late || (failure.kind !== 'network' && failure.kind !== 'timeout');
        if (final || attempt >= attempts) throw failure;
        await this.#again(attempt++);
        continue;
      }
      if (token !== undefined) request.account!.note(token, answer.headers, resource);
      const text = Buffer.isBuffer(answer.body) ? answer.body.toString('utf8', 0, 4096) : '';
      const verdict = judgeAnswer(answer.status, answer.headers, text, Date.now());
      if (verdict.kind === 'fine' || turns >= 8) return answer;
      if (verdict.kind === 'refused') {
        if (token === undefined || token.value === '' || !request.account!.refuse(token)) return answer;
      } else if (verdict.kind === 'again') {
        if (attempt >= attempts || request.impatient) return answer;
        await this.#again(attempt++, verdict.after);
      } else if (token === undefined) {
        if (attempt++ >= attempts || verdict.kind === 'spent') return answer;
        await this.pause(
          verdict.milliseconds ?? backoff(attempt, this.settings.retryPause, 1) * 2,
          `${placeOf(request.url)} asks for a rest`,
        );
      } else if (verdict.kind === 'rest') {
        request.account!.block(token, verdict.milliseconds ?? SECONDARY_REST);
      } else if (answer.headers['x-ratelimit-reset'] === undefined) {
        return answer;
      }
    }
  }

  async #again(attempt: number, after?: number): Promise<void> {
    this.count('retries');
    const own = backoff(attempt, this.settings.retryPause, Math.random());
    if (after !== undefined && after > own) return this.pause(after, 'the service asks for a rest');
    await sleep(own, undefined, { signal: this.#signal });
  }

  async #exchange(request: HttpRequest, token: string, attempt: number): Promise<RawResponse> {
    const { settings, transport, secrets } = this.#shared;
    const method = request.method ?? 'GET';
    if (settings.offline)
      throw new HttpFailure('refused', `${placeOf(request.url)} was not asked: --offline`);
    this.#signal?.throwIfAborted();
    if (token !== '') secrets.add(token);
    const start = performance.now();
    return transport.send({
      url: request.url,
      method,
      headers: {
        'user-agent': settings.userAgent,
        'accept-encoding': 'gzip',
        ...request.headers,
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: request.body,
      timeouts: { ...settings.timeouts, ...request.timeouts },
      signal: this.#signal,
      onHop: (url, status) => {
        this.count('requests');
        this.count(request.kind);
        const milliseconds = performance.now() - start;
        settings.onRequest?.({
          kind: request.kind,
          method,
          url: placeOf(url),
          status,
          milliseconds,
          attempt,
        });
      },
    });
  }

  /** Waits for a budget. Waits of several requests at the same time count once. */
  async pause(milliseconds: number, why: string): Promise<void> {
    const { settings } = this.#shared;
    const now = Date.now();
    const more = Math.max(0, now + milliseconds - Math.max(now, this.#waitedUntil));
    const waited = this.counts.waitMs ?? 0;
    if (waited + more > settings.maxWait) {
      const failure = waitTooLong(this.hide(why), milliseconds, settings.maxWait);
      this.#shortage ??= failure.message;
      throw failure;
    }
    this.#waitedUntil = Math.max(this.#waitedUntil, now + milliseconds);
    this.count('waitMs', more);
    if (more > 0) settings.onWait?.({ why: this.hide(why), milliseconds });
    await sleep(Math.max(0, milliseconds), undefined, { signal: this.#signal });
  }
}
