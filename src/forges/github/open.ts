/** Opening a repository on GitHub: one query and the archive side by side. */
import {
  type Answer,
  type Doors,
  type FactKey,
  type Facts,
  isKnown,
  type Notice,
  type OpenOptions,
  type RepoRef,
  type RepoSnapshot,
  ScanError,
} from '../../core/index.ts';
import { type Http, HttpFailure } from '../../http/index.ts';
import { ArchiveFiles, type Download, download, type TreeFiles } from './archive.ts';
import { type Answers, askParts, NOT_ASKED, NoRepository, type PartAnswer } from './batch.ts';
import { LIKELY } from './branches.ts';
import { CloneFiles } from './clone.ts';
import { type Contact, firstContact, rememberHome } from './contact.ts';
import { coreByRest, coreOf, NoCommit } from './core.ts';
import { githubDoors, type OutsideDoors } from './doors.ts';
import { readFacts } from './facts.ts';
import { isForbidden, Overload, Rejected } from './graphql.ts';
import { asPart, type Log, readLog } from './log.ts';
import { recall, remember, withSeen } from './memory.ts';
import { type Part, type PartId, partsFor } from './parts.ts';
import { loginsToAsk } from './people.ts';
import { branchesPart, foundEarly, peoplePart, type SecondAnswer } from './second.ts';
import type { Core, Session } from './session.ts';
import { asScanError, reasonFor, signOn } from './targets.ts';

/**
 * Which services are asked beside the forge; told both names, as typed and as GitHub spells it, and whom to count for.
 */
export type Outside = (ref: RepoRef, fullName: string, http: Http) => OutsideDoors;

interface First {
  readonly core: Core;
  readonly answers: Answers;
  /** The query could not be answered, and why. */
  readonly without?: string;
  readonly parts: readonly Part[];
  /** People and branches known without a second query. */
  readonly remembered?: SecondAnswer;
}

/** @throws ScanError; the abort reason. */
export async function openRepository(
  begun: Session,
  ref: RepoRef,
  options: OpenOptions,
  outside: Outside,
  abort: () => void,
): Promise<{ snapshot: RepoSnapshot; doors: Doors }> {
  const keys = options.facts ?? [];
  const typed = `${begun.owner}/${begun.name}`;
  const byArchive = options.files !== false && options.fileMode !== 'git';
  try {
    const contact = await firstContact(begun, ref, keys);
    const session: Session = {
      ...begun,
      outage: {},
      organisation: contact?.owner,
      withoutOrganisations: contact?.withoutOrganisations,
    };
    const archive = byArchive ? download(session, typed, session.rev, contact?.home) : undefined;
    archive?.catch(() => {}); // awaited with the files, or not at all
    const first = await ask(session, ref, keys, contact, archive);
    const { core, answers } = first;
    if (contact !== undefined) rememberHome(session, contact, core.fullName);
    if (core.isEmpty) throw new ScanError('target-empty', `${ref.name} has no commits`);
    const log = logOf(session, answers);
    log.catch(() => {}); // awaited by those who need it
    const facts = readFacts(session, core, answers, keys, {
      log,
      contributors: contact?.contributors,
      remembered: first.remembered,
      onSecond: async (second) => remember(session, first.parts, await withLog(answers, log), second),
    });
    facts.catch(() => {}); // awaited in facts()
    const files = archive
      ? new ArchiveFiles(session, ref, core.fullName, core.commit, archive)
      : options.files === false
        ? undefined
        : new CloneFiles(session, ref, core.fullName, core.commit);
    return {
      snapshot: snapshotOf({ session, ref, first, keys, facts, files, abort }),
      doors: githubDoors(session, first, log, outside(ref, core.fullName, session.http)),
    };
  } catch (error) {
    abort();
    throw error instanceof HttpFailure ? asScanError(error) : error;
  }
}

/** The first query; where GraphQL does not serve at all (no token, out of order), REST tells the most needed. */
async function ask(
  session: Session,
  ref: RepoRef,
  keys: readonly FactKey[],
  contact?: Contact,
  archive?: Download,
): Promise<First> {
  const { owner, name, rev, depth, checks, account } = session;
  const logins = loginsToAsk(contact?.known);
  const likely = rev === undefined && keys.includes('branches') ? LIKELY : [];
  const parts = [
    ...partsFor(keys, { rev, depth, checks }, true).map((part) =>
      part.id === 'organisation' && session.organisation !== undefined
        ? { ...part, text: part.text.replace('$owner', JSON.stringify(session.organisation)) }
        : part,
    ),
    ...branchesPart(likely),
    ...peoplePart(session, logins),
  ];
  const byRest = async (why: string, forbidden: boolean): Promise<First> => {
    const nothing: PartAnswer = { data: {}, errors: [], failed: why, forbidden };
    const core = await coreByRest(session, ref);
    return {
      core,
      answers: new Map<PartId, PartAnswer>(parts.map((part) => [part.id, nothing])),
      without: why,
      parts,
    };
  };
  if (account.anonymous) return byRest('GitHub tells this only with a token (set GITHUB_TOKEN)', true);
  try {
    const recalled = await recall(session, parts);
    const answers =
      recalled?.answers ?? (await askParts(session, { owner, name, rev }, withSeen(session, parts)));
    const remembered = recalled?.second ?? foundEarly(answers, logins, likely);
    return { core: coreOf(answers.get('core')!, session), answers, parts, remembered };
  } catch (error) {
    if (error instanceof NoRepository) {
      if (error.error.extensions?.saml_failure) throw signOn(session, ref);
      // REST tells the reasons apart, or gives what GraphQL would not; the archive is already asked for.
      const status = (await archive?.catch(() => undefined))?.status ?? 200;
      if (status === 404 || status === 451) throw reasonFor(status, ref, account.anonymous, error.message);
      return byRest(error.message, isForbidden(error.error));
    }
    if (error instanceof NoCommit) return byRest(error.message, true);
    if (session.outage && (error instanceof Overload || error instanceof HttpFailure))
      session.outage.why = error.message;
    if (error instanceof Overload || error instanceof HttpFailure) {
      const silence = await silenceOf(archive, contact);
      if (silence !== undefined) throw silence;
    }
    if (error instanceof Overload) return byRest(error.message, false);
    if (error instanceof Rejected) return byRest(error.message, error.forbidden);
    if (error instanceof HttpFailure && error.kind !== 'rate-limited' && error.kind !== 'refused')
      return byRest(error.message, false);
    throw error;
  }
}

/** Where no other question came through either, a further one would only take as long again. */
async function silenceOf(archive?: Download, contact?: Contact): Promise<HttpFailure | undefined> {
  if (archive === undefined || contact === undefined || contact.known !== undefined) return undefined;
  const failed = await archive.then(
    () => undefined,
    (error: unknown) => (error instanceof HttpFailure && error.kind !== 'rate-limited' ? error : undefined),
  );
  return isKnown(await contact.contributors) ? undefined : failed;
}

function logOf(session: Session, answers: Answers): Promise<Answer<Log>> {
  return readLog(session, answers.get('commits') ?? NOT_ASKED);
}

/** A history that took more than the first query is remembered whole. */
async function withLog(answers: Answers, log: Promise<Answer<Log>>): Promise<Answers> {
  const read = await log;
  const whole = isKnown(read) && read.known.checksRefused === undefined && answers.has('commits');
  return whole ? new Map([...answers, ['commits', asPart(read.known)]]) : answers;
}

interface Parts {
  readonly session: Session;
  readonly ref: RepoRef;
  readonly first: First;
  readonly keys: readonly FactKey[];
  readonly facts: Promise<Partial<Facts>>;
  readonly files: TreeFiles | undefined;
  readonly abort: () => void;
}

function snapshotOf({ session, ref, first, keys, facts, files, abort }: Parts): RepoSnapshot {
  const { core } = first;
  return {
    ref,
    commit: core.commit,
    branch: core.branch,
    source: files?.source ?? 'archive',
    files: (wanted) => files?.files(wanted) ?? nothing(),
    facts: async (wanted) => {
      const more = wanted.filter((key) => !keys.includes(key));
      const known = await facts;
      if (more.length === 0) return known;
      const { answers } = await ask(session, ref, more);
      return {
        ...known,
        ...(await readFacts(session, core, answers, more, { log: logOf(session, answers) })),
      };
    },
    notices: () => [...noticesOf(session, first), ...(files?.notices() ?? [])],
    requests: () => session.http.counts,
    close: async () => {
      await session.http.settle(core.isPrivate);
      abort();
      await files?.close();
    },
  };
}

async function* nothing(): AsyncGenerator<never> {}

function noticesOf(session: Session, { core, without }: First): Notice[] {
  const typed = `${session.owner}/${session.name}`;
  const notices: Notice[] = [];
  const add = (code: string, message: string) => void notices.push({ code, message });
  if (core.fullName.toLowerCase() !== typed.toLowerCase())
    add('repository-moved', `${typed} is now ${core.fullName}`);
  if (core.isDisabled) add('repository-disabled', 'GitHub has disabled this repository');
  const { archived } = core.facts;
  if ('known' in archived && archived.known)
    add('repository-archived', 'the repository is archived: read-only');
  const { shortage } = session.http;
  if (without !== undefined) add('facts-missing', `most facts of the forge are not known: ${without}`);
  else if (shortage !== undefined) add('facts-missing', `some facts are not known: ${shortage}`);
  return notices;
}
