/** An installed GitHub App: checks its signed claims, gives out tokens and knows which of them still hold. */
import { verify } from 'node:crypto';
import { type Exchange, githubError, type Reply } from './exchange.ts';

/** One app with one installation. */
export interface AppSpec {
  readonly id: string;
  readonly installation: string;
  /** PEM. */
  readonly publicKey: string;
  /** Seconds a token lives; an hour when absent. */
  readonly lifetime?: number;
}

interface Issued {
  readonly ends: number;
}

/** GitHub takes claims of ten minutes, and a clock that is a minute off. */
const LONGEST_CLAIM = 600;

export class InstalledApp {
  readonly #spec: AppSpec;
  readonly #issued = new Map<string, Issued>();

  constructor(spec: AppSpec) {
    this.#spec = spec;
  }

  get tokens(): readonly string[] {
    return [...this.#issued.keys()];
  }

  /** The answer to a request for a token, or the refusal of one that never was given out or has ended. */
  answer(x: Exchange): Reply | undefined {
    const { id, installation, lifetime = 3600 } = this.#spec;
    if (/^\/app\/installations\/[^/]+\/access_tokens$/.test(x.path)) {
      if (x.method !== 'POST') return githubError(404, 'Not Found');
      const problem = this.#problemOf(x.token, Math.floor(Date.now() / 1000));
      if (problem !== undefined) return githubError(401, problem);
      if (x.path.split('/')[3] !== installation) return githubError(404, 'Not Found');
      const token = `ghs_sim${id}x${this.#issued.size + 1}`;
      const ends = Date.now() + lifetime * 1000;
      this.#issued.set(token, { ends });
      return { status: 201, json: { token, expires_at: new Date(ends).toISOString() } };
    }
    if (!x.token.startsWith('ghs_')) return undefined;
    const known = this.#issued.get(x.token);
    return known !== undefined && known.ends > Date.now() ? undefined : githubError(401, 'Bad credentials');
  }

  /** What GitHub says of a claim it does not take. */
  #problemOf(claim: string, now: number): string | undefined {
    const [head = '', body = '', signature = ''] = claim.split('.');
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    try {
      const { alg } = read(head);
      const { iat, exp, iss } = read(body);
      const signed = verify(
        'RSA-SHA256',
        Buffer.from(`${head}.${body}`),
        this.#spec.publicKey,
        Buffer.from(signature, 'base64url'),
      );
      if (alg !== 'RS256' || !signed) return 'A JSON web token could not be decoded';
      if (String(iss) !== this.#spec.id) return 'Integration not found';
      if (exp <= now)
        return "'Expiration time' claim ('exp') must be a numeric value representing a future time";
      if (exp - now > LONGEST_CLAIM) return "'Expiration time' claim ('exp') is too far in the future";
      if (iat > now)
        return "'Issued at' claim ('iat') must be an Integer representing the time of the assertion";
      return undefined;
    } catch {
      return 'A JSON web token could not be decoded';
    }
  }
}
