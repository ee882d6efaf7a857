/** Opening a repository on GitHub: one query and the archive side by side. */
import {
  type Doors,
  type FactKey,
  type Facts,
  type Notice,
  type OpenOptions,
  type RepoRef,
  type RepoSnapshot,
  ScanError,
} from '../../core/index.ts';
import { type Http, HttpFailure } from '../../http/index.ts';
import { ArchiveFiles, type Download, download } from './archive.ts';
import { type Answers, askParts, NoRepository } from './batch.ts';
import { githubDoors, type OutsideDoors } from './doors.ts';
import { askEarly, readFacts } from './facts.ts';
import type { Data } from './graphql.ts';
import { Overload } from './graphql.ts';
import { partsFor } from './parts.ts';
import type { Maybe } from './raw.ts';
import type { Core, Session } from './session.ts';
import { asScanError, whyNot } from './targets.ts';

/** Which services are asked beside the forge; told both names, as typed and as GitHub spells it, and whom to count for. */
export type Outside = (ref: RepoRef, fullName: string, http: Http) => OutsideDoors;

/** @throws ScanError; the abort reason. */
export async function openRepository(
  session: Session,
  ref: RepoRef,
  options: OpenOptions,
  outside: Outside,
  abort: () => void,
): Promise<{ snapshot: RepoSnapshot; doors: Doors }> {
  const keys = options.facts ?? [];
  const typed = `${session.owner}/${session.name}`;
  const archive = options.files === false ? undefined : download(session, typed, session.rev);
  archive?.catch(() => {}); // awaited with the files, or not at all
  const early = askEarly(session, keys);
  try {
    const { core, answers } = await firstQuery(session, keys);
    if (core.isEmpty) throw new ScanError('target-empty', `${ref.name} has no commits`);
    const facts = readFacts(session, core, answers, keys, early);
    facts.catch(() => {}); // awaited in facts()
    const files = archive && new ArchiveFiles(session, ref, core.fullName, core.commit, archive);
    return {
      snapshot: snapshotOf(session, ref, core, keys, facts, files, abort),
      doors: githubDoors(
        session,
        core,
        answers.get('organisation'),
        outside(ref, core.fullName, session.http),
      ),
    };
  } catch (error) {
    const reason = await reasonOf(session, ref, error);
    abort();
    await discard(archive);
    throw reason;
  }
}

async function firstQuery(
  session: Session,
  keys: readonly FactKey[],
): Promise<{ core: Core; answers: Answers }> {
  const { owner, name, rev, depth, checks } = session;
  const parts = partsFor(keys, { rev: rev !== undefined, depth, checks }, true);
  const answers = await askParts(session, { owner, name, rev }, parts);
  return { core: coreOf(answers.get('core')!.data, session), answers };
}

function coreOf(data: Data, session: Session): Core {
  type At = Maybe<{ readonly oid?: string; readonly target?: Maybe<{ readonly oid?: string }> }>;
  const head = data.head as At;
  const branch = (data.defaultBranchRef as Maybe<{ name?: string }>)?.name;
  const commit = (session.rev === undefined ? head?.target?.oid : (head?.target?.oid ?? head?.oid)) ?? '';
  const isEmpty = data.isEmpty === true || (session.rev === undefined && commit === '');
  if (commit === '' && !isEmpty)
    throw new ScanError('target-not-found', `${session.owner}/${session.name} has no commit ${session.rev}`);
  return {
    fullName: String(data.nameWithOwner ?? `${session.owner}/${session.name}`),
    commit,
    branch,
    isArchived: data.isArchived === true,
    isDisabled: data.isDisabled === true,
    isEmpty,
    isPrivate: data.isPrivate !== false,
    createdAt: String(data.createdAt ?? ''),
    admin: data.viewerPermission === 'ADMIN',
  };
}

function snapshotOf(
  session: Session,
  ref: RepoRef,
  core: Core,
  asked: readonly FactKey[],
  first: Promise<Partial<Facts>>,
  files: ArchiveFiles | undefined,
  abort: () => void,
): RepoSnapshot {
  const facts = async (keys: readonly FactKey[]): Promise<Partial<Facts>> => {
    const more = keys.filter((key) => !asked.includes(key));
    const known = await first;
    if (more.length === 0) return known;
    const { answers } = await firstQuery(session, more);
    return { ...known, ...(await readFacts(session, core, answers, more, {})) };
  };
  return {
    ref,
    commit: core.commit,
    branch: core.branch,
    source: 'archive',
    files: () => files?.files() ?? nothing(),
    facts,
    requests: () => session.http.counts,
    notices: () => [...noticesOf(session, core), ...(files?.notices() ?? [])],
    close: async () => {
      await session.http.settle(core.isPrivate);
      abort();
      await files?.close();
    },
  };
}

async function* nothing(): AsyncGenerator<never> {}

function noticesOf(session: Session, core: Core): Notice[] {
  const typed = `${session.owner}/${session.name}`;
  const notices: Notice[] = [];
  if (core.fullName.toLowerCase() !== typed.toLowerCase())
    notices.push({ code: 'repository-moved', message: `${typed} is now ${core.fullName}` });
  if (core.isDisabled)
    notices.push({ code: 'repository-disabled', message: 'GitHub has disabled this repository' });
  if (core.isArchived)
    notices.push({ code: 'repository-archived', message: 'the repository is archived: read-only' });
  return notices;
}

async function reasonOf(session: Session, ref: RepoRef, error: unknown): Promise<unknown> {
  if (error instanceof NoRepository) return whyNot(session, ref, error.error);
  if (error instanceof Overload) return new ScanError('network', error.message, { cause: error });
  if (error instanceof HttpFailure) return asScanError(error);
  return error;
}

async function discard(archive: Download | undefined): Promise<void> {
  const answer = await archive?.catch(() => undefined);
  if (answer !== undefined && !Buffer.isBuffer(answer.body)) answer.body.on('error', () => {}).destroy();
}
