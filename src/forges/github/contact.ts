/**
 * The first request of a scan: the list of contributors. It is needed anyway, and it tells whether the repository is
 * there, so that nothing else is asked of one that is gone, blocked or empty; where a moved one is now; and whether the
 * token may see organisations.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Contributor, type FactKey, type RepoRef, ScanError } from '../../core/index.ts';
import { HttpFailure, type HttpResponse } from '../../http/index.ts';
import { keep, recallKept } from './kept.ts';
import { contributorsOf } from './lists.ts';
import { answerOf, request } from './rest.ts';
import type { Session } from './session.ts';
import { reasonFor } from './targets.ts';

export interface Contact {
  readonly contributors: Promise<Answer<readonly Contributor[]>>;
  /** They, when they were told in time. */
  readonly known?: Answer<readonly Contributor[]>;
  /** The address of a repository that has moved. */
  readonly home?: string;
  /** To whom it has moved, as far as that was learned before. */
  readonly owner?: string;
  /** The scopes of the token do not include organisations. */
  readonly withoutOrganisations: boolean;
}

/** Other requests wait for this one no longer than this, in milliseconds. */
const PATIENCE = 3000;
const QUESTION = { path: '/contributors', what: 'contributors' };
const ORGANISATION_SCOPES = new Set(['read:org', 'write:org', 'admin:org']);

/**
 * Undefined when nobody wants to know the contributors.
 * @throws ScanError when there is nothing to scan; the abort reason
 */
export async function firstContact(
  session: Session,
  ref: RepoRef,
  keys: readonly FactKey[],
): Promise<Contact | undefined> {
  if (session.rev !== undefined || !keys.includes('contributors')) return undefined;
  const typed = `${session.owner}/${session.name}`;
  const moved = await recallKept<Moved>(session, keptAs(typed));
  const path = moved && `api:${moved.home}${QUESTION.path}`;
  const direct = path === undefined ? undefined : request(session, { ...QUESTION, path }, typed);
  // A number that is gone proves nothing: somebody else may have the name now.
  const asked =
    direct === undefined
      ? request(session, QUESTION, typed)
      : direct.then((answer) => (answer.status === 404 ? request(session, QUESTION, typed) : answer));
  const contributors = answerOf(asked, QUESTION, contributorsOf);
  contributors.catch(() => {}); // awaited with the facts; when the repository cannot be opened, nobody will
  const late = new AbortController();
  const response = await Promise.race([
    asked.catch((error: unknown) => {
      if (error instanceof HttpFailure) return undefined;
      throw error;
    }),
    sleep(PATIENCE, undefined, { signal: late.signal }).catch(() => undefined),
  ]).finally(() => late.abort());
  if (response === undefined) return { contributors, withoutOrganisations: false };
  const { anonymous } = session.account;
  const { status } = response;
  if (status === 204) throw new ScanError('target-empty', `${ref.name} has no commits`);
  if (status === 451) throw reasonFor(status, ref, anonymous, '');
  if (status === 404) await confirm(session, ref, typed);
  return {
    contributors,
    known: await contributors,
    home: movedTo(session, response.url),
    owner: moved?.owner,
    withoutOrganisations: lacksOrganisations(response),
  };
}

/** Where a repository is now: its address below that of the API, and its owner. */
interface Moved {
  readonly home: string;
  readonly owner: string;
}

const keptAs = (typed: string) => ({ key: ['moved', typed.toLowerCase()], isPrivate: false, hours: 24 * 7 });

/** So that the next scan under the old name is not sent on, and asks for the right organisation at once. */
export function rememberHome(session: Session, { home }: Contact, fullName: string): void {
  if (home === undefined) return;
  const place = home.slice(session.endpoints.rest.length);
  const owner = fullName.slice(0, fullName.indexOf('/'));
  keep(session, keptAs(`${session.owner}/${session.name}`), { home: place, owner } satisfies Moved);
}

/** One list that is missing does not prove that the repository is. @throws ScanError when it is */
async function confirm(session: Session, ref: RepoRef, typed: string): Promise<void> {
  try {
    const { status } = await request(session, { path: '', what: 'the repository' }, typed);
    if (status === 404 || status === 451) throw reasonFor(status, ref, session.account.anonymous, '');
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
  }
}

/** `.../repositories/NUMBER`, where the answer came from there. */
function movedTo({ endpoints }: Session, url: string): string | undefined {
  const home = url.slice(0, -QUESTION.path.length);
  const isNumber = /^\/repositories\/\d+$/.test(home.slice(endpoints.rest.length));
  return url.startsWith(endpoints.rest) && url.endsWith(QUESTION.path) && isNumber ? home : undefined;
}

/** Only classic tokens have scopes; others are not told apart here. */
function lacksOrganisations({ headers }: HttpResponse): boolean {
  const scopes = headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim());
  return scopes !== undefined && !scopes.some((scope) => ORGANISATION_SCOPES.has(scope));
}
