/** From the answers of GitHub to the facts that were asked for. */
import {
  type Answer,
  type CommitChecks,
  type Contributor,
  type FactKey,
  type Facts,
  isKnown,
  known,
  type LicenseFact,
  type Release,
  unknown,
} from '../../core/index.ts';
import { webhooks, workflowPermissions } from './administration.ts';
import { type Answers, NOT_ASKED, type PartAnswer, problemOf } from './batch.ts';
import { branchesToAsk } from './branches.ts';
import { commitOf, directChecksOf, pullChecksOf } from './commits.ts';
import { issueOf } from './issues.ts';
import { licenseFile } from './license.ts';
import { contributorList, releaseList } from './lists.ts';
import type { Log } from './log.ts';
import { HEAD_ONLY, type PartId } from './parts.ts';
import { loginsToAsk, withPeople } from './people.ts';
import { branchFacts } from './protection.ts';
import { type Maybe, type Nodes, nodesOf, type RawIssue, type RawTree } from './raw.ts';
import { askRest, mustBeNumber, mustBeObject, mustBeText, repositoryApi, textIfAny } from './rest.ts';
import { pullChecksByRest } from './rest-checks.ts';
import { askSecond, type SecondAnswer } from './second.ts';
import type { Core, Session } from './session.ts';

type Pending = { [K in FactKey]?: Promise<Facts[K]> | Facts[K] };

const NEWEST_ONLY = 'only the newest state of the repository can tell this, and a commit was named';

/** What else is at hand for the facts. */
export interface More {
  readonly log: Promise<Answer<Log>>;
  /** The list that was asked for before anything else. */
  readonly contributors?: Promise<Answer<readonly Contributor[]>>;
  /** People and branches that are known already. */
  readonly remembered?: SecondAnswer;
  /** Told what the second query brought. */
  readonly onSecond?: (second: SecondAnswer) => Promise<void>;
}

/** Reads every asked fact; asks on where the first query could not tell. @throws the abort reason */
export async function readFacts(
  session: Session,
  core: Core,
  answers: Answers,
  keys: readonly FactKey[],
  more: More,
): Promise<Partial<Facts>> {
  const second =
    session.rev === undefined ? askAboutFound(session, core, answers, new Set(keys), more) : undefined;
  const pending = start(session, core, answers, new Set(keys), more, second);
  const noted = second?.found ?? Promise.resolve(NOTHING_FOUND);
  noted.catch(() => {}); // awaited below
  for (const promise of Object.values(pending)) if (promise instanceof Promise) promise.catch(() => {});
  const facts: Partial<Record<FactKey, unknown>> = {};
  for (const key of keys) {
    const newest = session.rev !== undefined && HEAD_ONLY.has(key);
    facts[key] = newest ? unknown('unsupported', NEWEST_ONLY) : await pending[key];
  }
  await more.onSecond?.(await noted);
  return facts as Partial<Facts>;
}

function start(
  session: Session,
  core: Core,
  answers: Answers,
  keys: ReadonlySet<FactKey>,
  { log }: More,
  second: Lists | undefined,
): Pending {
  const part = (id: PartId): PartAnswer => answers.get(id) ?? NOT_ASKED;
  const pending: Pending = { ...core.facts };
  if (keys.has('languages')) pending.languages = languages(session, core, part('languages'));
  if (keys.has('license')) pending.license = license(session, core, part('license'));
  if (keys.has('commits') || keys.has('pullRequestChecks') || keys.has('directChecks'))
    Object.assign(pending, history(session, core, log));
  if (second === undefined) return pending;
  if (keys.has('issues')) pending.issues = issuesOf(part('issues'));
  if (keys.has('webhooks')) pending.webhooks = webhooks(session, core);
  if (keys.has('defaultWorkflowPermissions'))
    pending.defaultWorkflowPermissions = workflowPermissions(session, core);
  const { releases, people, found } = second;
  if (releases !== undefined) pending.releases = releases;
  if (people !== undefined)
    pending.contributors = found.then(async (more) => withPeople(session, core.fullName, await people, more));
  if (releases !== undefined && keys.has('branches'))
    pending.branches = found.then(async (more) =>
      branchFacts(session, core, part('rules'), await releases, more),
    );
  return pending;
}

const NOTHING_FOUND: SecondAnswer = { people: new Map(), branches: new Map(), failed: new Map() };

/** The two lists that name people and branches, and what is known of these. */
interface Lists {
  readonly releases: Promise<Answer<readonly Release[]>> | undefined;
  readonly people: Promise<Answer<readonly Contributor[]>> | undefined;
  readonly found: Promise<SecondAnswer>;
}

/** One query for what the two lists brought up and is not known yet. */
function askAboutFound(
  session: Session,
  core: Core,
  answers: Answers,
  keys: ReadonlySet<FactKey>,
  { contributors, remembered }: More,
): Lists {
  const releases =
    keys.has('releases') || keys.has('branches')
      ? releaseList(session, core, answers.get('releases') ?? NOT_ASKED)
      : undefined;
  const people = keys.has('contributors')
    ? (contributors ?? contributorList(session, core.fullName))
    : undefined;
  const found = Promise.all([keys.has('branches') ? releases : undefined, people]).then(([list, persons]) => {
    const targets = isKnown(list) ? list.known.map((release) => release.target) : [];
    return askSecond(session, loginsToAsk(persons), branchesToAsk(targets, core.branch ?? ''), remembered);
  });
  return { releases, people, found };
}

async function languages(session: Session, core: Core, part: PartAnswer): Promise<Facts['languages']> {
  if (problemOf(part, 'languages') === undefined) {
    type Edge = { readonly size?: number; readonly node?: { readonly name?: string } };
    const { edges } = part.data.languages as { edges?: readonly Maybe<Edge>[] };
    return known(Object.fromEntries((edges ?? []).map((edge) => [edge?.node?.name ?? '', edge?.size ?? 0])));
  }
  const question = { path: '/languages', what: 'languages' };
  return askRest(session, question, core.fullName, (json) =>
    Object.fromEntries(Object.entries(mustBeObject(json)).map(([name, size]) => [name, mustBeNumber(size)])),
  );
}

function issuesOf(part: PartAnswer): Facts['issues'] {
  return problemOf(part, 'issues') ?? known(nodesOf(part.data.issues as Nodes<RawIssue>).map(issueOf));
}

function history(session: Session, core: Core, reading: Promise<Answer<Log>>): Pending {
  const api = repositoryApi(session, core.fullName);
  const checks = async (
    read: (log: Log) => CommitChecks[],
    refused: (log: Log, why: string) => Promise<Answer<readonly CommitChecks[]>> | Answer<never>,
  ): Promise<Answer<readonly CommitChecks[]>> => {
    const log = await reading;
    if (!isKnown(log)) return log;
    const why = log.known.checksRefused;
    return why === undefined ? known(read(log.known)) : refused(log.known, why);
  };
  return {
    commits: reading.then((log) =>
      isKnown(log) ? known(log.known.commits.map((commit) => commitOf(commit, core.fullName))) : log,
    ),
    pullRequestChecks: checks(
      (log) => pullChecksOf(log.commits, api),
      (log) => pullChecksByRest(session, core.fullName, log.commits),
    ),
    directChecks: checks(
      (log) => directChecksOf(log.commits, api),
      (_, why) => unknown('forbidden', why, 'Checks: read'),
    ),
  };
}

async function license(session: Session, core: Core, part: PartAnswer): Promise<Facts['license']> {
  const problem = problemOf(part, 'licenseInfo', true);
  const info = part.data.licenseInfo as Maybe<{ name?: string; spdxId?: Maybe<string> }>;
  if (problem === undefined && !info) return known(null);
  const isSeen = problem === undefined && problemOf(part, 'tree', true) === undefined;
  const path = isSeen ? licenseFile(part.data.tree as Maybe<RawTree>) : undefined;
  if (path !== undefined) return known({ name: info!.name ?? '', spdxId: info!.spdxId ?? '', path });
  const question = { path: '/license', what: 'the licence' };
  const answer = await askRest(session, question, core.fullName, (json): LicenseFact => {
    const { name, license: named } = mustBeObject(json);
    const { name: title, spdx_id: spdxId } = mustBeObject(named);
    return { name: textIfAny(title), spdxId: textIfAny(spdxId), path: mustBeText(name) };
  });
  return !isKnown(answer) && answer.unknown === 'missing' ? known(null) : answer;
}
