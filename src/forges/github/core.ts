/** The repository itself: where it stands, at which commit. By the first query, or by REST where there is none. */
import { type Answer, known, type RepoRef, ScanError, unknown } from '../../core/index.ts';
import { HttpFailure } from '../../http/index.ts';
import { type PartAnswer, problemOf } from './batch.ts';
import type { Data } from './graphql.ts';
import type { Maybe } from './raw.ts';
import { mustBeObject, request, textOf } from './rest.ts';
import type { Core, Session } from './session.ts';
import { asScanError, reasonFor } from './targets.ts';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** The query does not tell the commit, for a reason of its own. */
export class NoCommit extends Error {}

/** @throws ScanError target-not-found when there is no such commit; NoCommit when the query does not tell. */
export function coreOf(part: PartAnswer, session: Session): Core {
  const { data } = part;
  type At = Maybe<{ readonly oid?: string; readonly target?: Maybe<{ readonly oid?: string }> }>;
  const head = data.head as At;
  const commit = textOf(head?.target?.oid) || textOf(session.rev === undefined ? '' : head?.oid);
  const broken = part.errors.find((error) => error.path?.[1] === 'head');
  if (broken !== undefined) throw new NoCommit(`GitHub does not tell the commit: ${broken.message}`);
  const isEmpty = data.isEmpty === true || (session.rev === undefined && data.head === null && commit === '');
  if (!isEmpty) mustBeCommit(commit, session);
  const branch = textOf((data.defaultBranchRef as Maybe<Data>)?.name) || undefined;
  const fullName = textOf(data.nameWithOwner) || `${session.owner}/${session.name}`;
  const told = <T>(name: string, read: (value: unknown) => T | undefined): Answer<T> => {
    const problem = problemOf(part, name);
    if (problem !== undefined) return problem;
    const value = read(data[name]);
    return value === undefined ? unknown('failed', `GitHub's answer lacks ${name}`) : known(value);
  };
  return {
    fullName,
    commit,
    branch,
    isEmpty,
    isDisabled: data.isDisabled === true,
    isPrivate: data.isPrivate !== false,
    admin: data.viewerPermission === 'ADMIN',
    ...(typeof data.databaseId === 'number' ? { id: data.databaseId } : {}),
    owner: textOf((data.owner as Maybe<Data>)?.__typename) || undefined,
    facts: {
      fullName: told('nameWithOwner', (value) => textOf(value) || undefined),
      archived: told('isArchived', (value) => (typeof value === 'boolean' ? value : undefined)),
      createdAt: told('createdAt', (value) => textOf(value) || undefined),
      defaultBranch: told('defaultBranchRef', () => branch),
    },
  };
}

function mustBeCommit(commit: string, session: Session): void {
  const { owner, name, rev } = session;
  if (COMMIT.test(commit)) return;
  if (rev !== undefined)
    throw new ScanError('target-not-found', `${owner}/${name} has no commit, tag or branch ${rev}`);
  throw new NoCommit(`GitHub does not tell the newest commit of ${owner}/${name}`);
}

/**
 * Without GraphQL: two requests.
 * @throws ScanError for every reason a repository cannot be opened
 */
export async function coreByRest(session: Session, ref: RepoRef): Promise<Core> {
  const typed = `${session.owner}/${session.name}`;
  const repository = await object(session, ref, '', typed);
  const branch = textOf(repository.default_branch);
  const fullName = textOf(repository.full_name) || typed;
  const head = await headOf(session, ref, fullName, session.rev ?? branch);
  return {
    fullName,
    commit: head ?? '',
    branch: branch || undefined,
    isEmpty: head === undefined,
    isDisabled: repository.disabled === true,
    isPrivate: repository.private !== false,
    admin: (repository.permissions as Maybe<{ admin?: unknown }>)?.admin === true,
    facts: {
      fullName: known(fullName),
      archived:
        typeof repository.archived === 'boolean'
          ? known(repository.archived)
          : unknown('failed', "GitHub's answer lacks archived"),
      createdAt: Number.isNaN(Date.parse(textOf(repository.created_at)))
        ? unknown('failed', "GitHub's answer lacks created_at")
        : known(textOf(repository.created_at)),
      defaultBranch: branch === '' ? unknown('missing', 'there is no default branch') : known(branch),
    },
  };
}

/** Undefined for an empty repository. */
async function headOf(
  session: Session,
  ref: RepoRef,
  fullName: string,
  rev: string,
): Promise<string | undefined> {
  const { status, body } = await request(
    session,
    { path: `/commits/${rev.split('/').map(encodeURIComponent).join('/')}`, what: 'the commit' },
    fullName,
  );
  if (status === 409) return undefined;
  if (status === 404 || status === 422) mustBeCommit('', { ...session, rev });
  if (status !== 200) throw reasonFor(status, ref, session.account.anonymous, `status ${status}`);
  const { sha } = parsed(body, ref);
  if (!COMMIT.test(textOf(sha)))
    throw new ScanError('target-unreadable', `GitHub does not tell the commit of ${ref.name}`);
  return textOf(sha);
}

async function object(session: Session, ref: RepoRef, path: string, fullName: string): Promise<Data> {
  try {
    const { status, body } = await request(session, { path, what: 'the repository' }, fullName);
    if (status !== 200) throw reasonFor(status, ref, session.account.anonymous, `status ${status}`);
    return parsed(body, ref);
  } catch (error) {
    throw error instanceof HttpFailure ? asScanError(error) : error;
  }
}

function parsed(body: Buffer, ref: RepoRef): Data {
  try {
    return mustBeObject(JSON.parse(body.toString('utf8')));
  } catch {
    throw new ScanError('network', `GitHub's answer about ${ref.name} is not what was asked for`);
  }
}
