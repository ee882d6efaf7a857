/** The repositories of an organisation or user. */
import { ScanError } from '../../core/index.ts';
import { type Account, type Http, HttpFailure, type HttpResponse, jsonOf } from '../../http/index.ts';
import { mustBeList, textOf, UnexpectedShape } from './rest.ts';
import type { Endpoints } from './settings.ts';
import { asScanError } from './targets.ts';

export interface AccountRef {
  readonly host: string;
  readonly login: string;
}

interface Client {
  readonly http: Http;
  readonly account: Account;
  readonly endpoints: Endpoints;
}

const LOGIN = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/;
const FULL_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}\/[A-Za-z0-9._-]{1,100}$/;
const PAGE = 100;
/** 100,000 repositories; no account is near. */
const MAX_PAGES = 1000;

/**
 * `name`, `host/name`, `https://host/name`, `https://host/orgs/name/...`. Undefined for anything else and for hosts not
 * in `hosts`, the first of which is meant by `name` alone.
 */
export function accountOf(text: string, hosts: readonly string[]): AccountRef | undefined {
  const parts = text
    .trim()
    .slice(0, 1000)
    .replace(/^https?:\/\//i, '')
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((part) => part !== '');
  const named = parts.length === 1 ? [hosts[0]!, parts[0]!] : parts;
  const wanted = (named[0] ?? '').toLowerCase().replace(/^www\.(?=github\.com$)/, '');
  const host = hosts.find((one) => one === wanted);
  const isPage = named.length >= 3 && (named[1] === 'orgs' || named[1] === 'users');
  const login = isPage ? named[2]! : named.length === 2 ? named[1]! : '';
  return host === undefined || !LOGIN.test(login) ? undefined : { host, login };
}

/**
 * Not archived ones, ordered by name, as `host/owner/name`. One request for each hundred.
 * @throws ScanError target-not-found, unauthorized, rate-limited, network
 */
export async function listRepositories(client: Client, { host, login }: AccountRef): Promise<string[]> {
  try {
    const name = encodeURIComponent(login);
    const names =
      (await allPages(client, `/orgs/${name}/repos?type=all&per_page=${PAGE}`, login)) ??
      (await allPages(client, `/users/${name}/repos?type=owner&per_page=${PAGE}`, login));
    if (names === undefined)
      throw new ScanError('target-not-found', `there is no organisation or user ${login} on ${host}`);
    const byName = new Map(names.map((one) => [one.toLowerCase(), one]));
    return [...byName.keys()].sort().map((key) => `${host}/${byName.get(key)}`);
  } catch (error) {
    if (error instanceof UnexpectedShape)
      throw new ScanError(
        'network',
        `GitHub's list of the repositories of ${login} is not what was asked for`,
      );
    throw error instanceof HttpFailure ? asScanError(error) : error;
  }
}

/** Undefined when there is no such account. The number of the page is counted here, not believed from a link. */
async function allPages(client: Client, path: string, login: string): Promise<string[] | undefined> {
  const { http, account, endpoints } = client;
  const names: string[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const response = await http.send({
      url: `${endpoints.rest}${path}&page=${page}`,
      headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
      kind: 'rest',
      account,
    });
    if (response.status === 404 && page === 1) return undefined;
    mustBeFine(response, login);
    const items = mustBeList(jsonOf(response));
    for (const { full_name: name, archived } of items)
      if (archived !== true && FULL_NAME.test(textOf(name))) names.push(textOf(name));
    if (items.length === 0 || !/rel="?next"?/.test(response.headers.link ?? '')) return names;
  }
  return names;
}

function mustBeFine({ status }: HttpResponse, login: string): void {
  if (status === 200) return;
  if (status === 401) throw new ScanError('unauthorized', 'GitHub refuses the token (status 401)');
  throw new ScanError(
    status === 403 || status === 429 ? 'rate-limited' : 'network',
    `GitHub does not list the repositories of ${login} (status ${status})`,
  );
}
