/** Tokens of an installed GitHub App: a signed claim is exchanged for a token that lives an hour. */
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ScanError } from '../../core/index.ts';
import { type Http, jsonOf, type TokenSource } from '../../http/index.ts';
import type { AppIdentity, Endpoints } from './settings.ts';

/** Renewed this long before it ends. */
const MARGIN = 120_000;
/** How long a token is used whose end is not told; they live an hour. */
const UNTOLD = 1_800_000;
/** Claims may live ten minutes; clocks may differ by one. */
const CLAIM_SECONDS = 540;
const CLOCK_SKEW = 60;

/**
 * A source of installation tokens; one request an hour.
 * @throws ScanError from `token()`: config when the key cannot be used, unauthorized when GitHub refuses it, network
 *   when it gives no token for another reason.
 */
export function appTokens(app: AppIdentity, endpoints: Endpoints, http: Http): TokenSource {
  let current: Promise<{ readonly value: string; readonly ends: number }> | undefined;
  const fetchToken = async () => {
    const answer = await http.send({
      url: `${endpoints.rest}/app/installations/${encodeURIComponent(app.installationId)}/access_tokens`,
      method: 'POST',
      headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${claim(app, Date.now())}` },
      body: '',
      kind: 'rest',
    });
    if (answer.status >= 500) throw new ScanError('network', noToken(app, `status ${answer.status}`));
    if (answer.status !== 201)
      throw new ScanError('unauthorized', `GitHub refuses the app ${app.appId} (status ${answer.status})`);
    const { token, expires_at } = jsonOf<{ token?: unknown; expires_at?: unknown } | null>(answer) ?? {};
    if (typeof token !== 'string' || token === '')
      throw new ScanError('network', noToken(app, 'its answer holds none'));
    const ends = Date.parse(String(expires_at));
    return { value: token, ends: Number.isNaN(ends) ? Date.now() + UNTOLD : ends };
  };
  return {
    identity: `app:${endpoints.host}:${app.appId}:${app.installationId}`,
    token: async () => {
      const asked = current;
      const known = await asked?.catch(() => undefined);
      // Of several that wait here, the first one renews.
      if (current === asked && (known === undefined || known.ends - MARGIN < Date.now()))
        current = fetchToken();
      return (await current!).value;
    },
  };
}

const noToken = ({ appId }: AppIdentity, why: string): string =>
  `GitHub gives the app ${appId} no token: ${why}`;

/** A JSON Web Token (RFC 7519) signed with the app's key. */
function claim(app: AppIdentity, now: number): string {
  const seconds = Math.floor(now / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({
    iat: seconds - CLOCK_SKEW,
    exp: seconds + CLAIM_SECONDS,
    iss: app.appId,
  })}`;
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(readFileSync(app.keyFile, 'utf8'), 'base64url')}`;
  } catch {
    throw new ScanError('config', `the key of the GitHub App in ${app.keyFile} cannot be used`);
  }
}
