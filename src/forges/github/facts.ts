/** From the answers of GitHub to the facts that were asked for. */
import {
  type Answer,
  type Branch,
  type BranchFacts,
  type CommitChecks,
  type Contributor,
  type FactKey,
  type Facts,
  isKnown,
  known,
  type LicenseFact,
  type Release,
  unknown,
  type Webhook,
} from '../../core/index.ts';
import { HttpFailure } from '../../http/index.ts';
import type { Answers, PartAnswer } from './batch.ts';
import { branchesToAsk, branchOf, chooseBranches, rulesetOf } from './branches.ts';
import { commitOf, directChecksOf, pullChecksOf } from './commits.ts';
import { ask, type Data, type GraphqlError, Overload, PRICE } from './graphql.ts';
import { issueOf } from './issues.ts';
import { licenseFile } from './license.ts';
import { type Log, readLog } from './log.ts';
import { HEAD_ONLY, type PartId, rulesets } from './parts.ts';
import {
  type Maybe,
  type Nodes,
  nodesOf,
  type RawBranch,
  type RawIssue,
  type RawRuleset,
  type RawTree,
} from './raw.ts';
import { askRest, listOf, repositoryApi, textOf } from './rest.ts';
import { pullChecksByRest } from './rest-checks.ts';
import { askSecond, type SecondAnswer } from './second.ts';
import type { Core, Session } from './session.ts';

type Pending = { [K in FactKey]?: Promise<Facts[K]> | Facts[K] };

const NEWEST_ONLY = 'only the newest state of the repository can tell this, and a commit was named';
const ADMIN = 'Administration: read (an administrator of the repository)';
const HOOKS = 'Webhooks: read, or admin:repo_hook (an administrator of the repository)';

/** Contributors below this many contributions are never looked up: they do not count (api-checks 8). */
const LEAST_CONTRIBUTIONS = 5;

/** Questions that need nothing of the first query, so that they can be sent beside it. */
export interface Early {
  readonly contributors?: Promise<Answer<readonly Contributor[]>>;
  readonly privateReporting?: Promise<Answer<boolean>>;
}

export function askEarly(session: Session, keys: readonly FactKey[]): Early {
  if (session.rev !== undefined) return {};
  const fullName = `${session.owner}/${session.name}`;
  const early: Early = {
    ...(keys.includes('contributors') ? { contributors: contributorList(session, fullName) } : {}),
    ...(keys.includes('privateReporting') ? { privateReporting: privateReporting(session, fullName) } : {}),
  };
  // Awaited with the facts; when the repository cannot be opened, nobody will.
  for (const promise of Object.values(early)) promise.catch(() => {});
  return early;
}

/** Reads every asked fact; asks on where the first query could not tell. */
export async function readFacts(
  session: Session,
  core: Core,
  answers: Answers,
  keys: readonly FactKey[],
  early: Early,
): Promise<Partial<Facts>> {
  const pending = start(session, core, answers, new Set(keys), early);
  const facts: Partial<Record<FactKey, unknown>> = {};
  for (const key of keys) {
    facts[key] =
      session.rev !== undefined && HEAD_ONLY.has(key)
        ? unknown('unsupported', NEWEST_ONLY)
        : await pending[key];
  }
  return facts as Partial<Facts>;
}

function start(
  session: Session,
  core: Core,
  answers: Answers,
  keys: ReadonlySet<FactKey>,
  early: Early,
): Pending {
  const pending: Pending = {
    fullName: known(core.fullName),
    defaultBranch:
      core.branch === undefined ? unknown('missing', 'there is no default branch') : known(core.branch),
    createdAt: known(core.createdAt),
    archived: known(core.isArchived),
  };
  const part = (id: PartId): PartAnswer => answers.get(id) ?? { data: {}, errors: [], failed: 'not asked' };
  if (keys.has('languages')) pending.languages = languagesOf(part('languages'));
  if (keys.has('license')) pending.license = license(session, core, part('license'));
  if (keys.has('commits') || keys.has('pullRequestChecks') || keys.has('directChecks'))
    Object.assign(pending, history(session, core, readLog(session, part('commits'))));
  if (session.rev !== undefined) return pending;
  if (keys.has('issues')) pending.issues = issuesOf(part('issues'));
  if (keys.has('privateReporting'))
    pending.privateReporting = early.privateReporting ?? privateReporting(session, core.fullName);
  if (keys.has('webhooks')) pending.webhooks = webhooks(session, core);
  if (keys.has('defaultWorkflowPermissions'))
    pending.defaultWorkflowPermissions = workflowPermissions(session, core);
  const releases =
    keys.has('releases') || keys.has('branches') ? releaseList(session, core, part('releases')) : undefined;
  if (releases !== undefined) pending.releases = releases;
  const people = keys.has('contributors')
    ? (early.contributors ?? contributorList(session, core.fullName))
    : undefined;
  const second = askAboutFound(session, core, keys.has('branches') ? releases : undefined, people);
  if (people !== undefined)
    pending.contributors = second.then(async (found) => withPeople(await people, found));
  if (releases !== undefined && keys.has('branches'))
    pending.branches = second.then(async (found) =>
      branches(session, core, part('rules'), await releases, found),
    );
  for (const promise of Object.values(pending)) if (promise instanceof Promise) promise.catch(() => {});
  return pending;
}

/** One query for what the two lists brought up. */
async function askAboutFound(
  session: Session,
  core: Core,
  releases: Promise<Answer<readonly Release[]>> | undefined,
  people: Promise<Answer<readonly Contributor[]>> | undefined,
): Promise<SecondAnswer> {
  const [found, persons] = await Promise.all([releases, people]);
  const targets = isKnown(found) ? found.known.map((release) => release.target) : [];
  const logins = isKnown(persons) ? persons.known.filter(worthALook).map((person) => person.login) : [];
  return askSecond(session, logins, branchesToAsk(targets, core.branch ?? ''));
}

/** Why a part has no value under `name`; undefined when it has one. */
function problemOf(part: PartAnswer, name: string): Answer<never> | undefined {
  if (part.failed !== undefined) return unknown('failed', part.failed);
  const own = part.errors.filter((error) => error.path?.[1] === name);
  if (own.length === 0) return undefined;
  return unknown(own[0]!.type === 'FORBIDDEN' ? 'forbidden' : 'failed', own[0]!.message);
}

function languagesOf(part: PartAnswer): Facts['languages'] {
  const problem = problemOf(part, 'languages');
  if (problem !== undefined) return problem;
  type Edge = { readonly size?: number; readonly node?: { readonly name?: string } };
  const { edges } = (part.data.languages ?? {}) as { edges?: readonly Edge[] };
  return known(Object.fromEntries((edges ?? []).map((edge) => [edge.node?.name ?? '', edge.size ?? 0])));
}

function issuesOf(part: PartAnswer): Facts['issues'] {
  return problemOf(part, 'issues') ?? known(nodesOf(part.data.issues as Nodes<RawIssue>).map(issueOf));
}

function history(session: Session, core: Core, reading: Promise<Answer<Log>>): Pending {
  const api = repositoryApi(session, core.fullName);
  const of = async <T>(read: (log: Log) => T): Promise<Answer<T>> => {
    const log = await reading;
    return isKnown(log) ? known(read(log.known)) : log;
  };
  const refused = (log: Log): Answer<never> | undefined =>
    log.checksRefused === undefined ? undefined : unknown('forbidden', log.checksRefused, 'Checks: read');
  const checks = async (
    read: (log: Log) => CommitChecks[],
    otherwise?: (log: Log) => Promise<Answer<readonly CommitChecks[]>>,
  ): Promise<Answer<readonly CommitChecks[]>> => {
    const log = await reading;
    if (!isKnown(log)) return log;
    const problem = refused(log.known);
    return problem === undefined ? known(read(log.known)) : (otherwise?.(log.known) ?? problem);
  };
  return {
    commits: of((log) => log.commits.map((commit) => commitOf(commit, core.fullName))),
    pullRequestChecks: checks(
      (log) => pullChecksOf(log.commits, api),
      (log) => pullChecksByRest(session, core.fullName, log.commits),
    ),
    directChecks: checks((log) => directChecksOf(log.commits, api)),
  };
}

async function license(session: Session, core: Core, part: PartAnswer): Promise<Facts['license']> {
  const info = part.data.licenseInfo as Maybe<{ name?: string; spdxId?: Maybe<string> }>;
  const problem = problemOf(part, 'licenseInfo');
  if (problem === undefined && !info) return known(null);
  const path = problem === undefined ? licenseFile(part.data.tree as Maybe<RawTree>) : undefined;
  if (path !== undefined) return known({ name: info!.name ?? '', spdxId: info!.spdxId ?? '', path });
  const answer = await askRest(
    session,
    { path: '/license', what: 'the licence' },
    core.fullName,
    (json): LicenseFact => {
      const { name, license: named } = (json ?? {}) as {
        name?: string;
        license?: { name?: string; spdx_id?: string };
      };
      return { name: textOf(named?.name), spdxId: textOf(named?.spdx_id), path: textOf(name) };
    },
  );
  return !isKnown(answer) && answer.unknown === 'missing' ? known(null) : answer;
}

/** REST, because only it tells the target, and in the order the reference sees. Nothing is asked when there is none. */
async function releaseList(session: Session, core: Core, part: PartAnswer): Promise<Facts['releases']> {
  const { totalCount } = (part.data.releases ?? {}) as { totalCount?: number };
  if (part.failed === undefined && totalCount === 0) return known([]);
  return askRest(session, { path: '/releases', what: 'releases' }, core.fullName, (json) =>
    listOf(json).map(releaseOf),
  );
}

function releaseOf(raw: Readonly<Record<string, unknown>>): Release {
  return {
    tag: textOf(raw.tag_name),
    target: textOf(raw.target_commitish),
    htmlUrl: textOf(raw.html_url),
    apiUrl: textOf(raw.url),
    publishedAt: textOf(raw.published_at) || undefined,
    draft: raw.draft === true,
    prerelease: raw.prerelease === true,
    immutable: raw.immutable === true,
    assets: listOf(raw.assets).map((asset) => ({
      name: textOf(asset.name),
      url: textOf(asset.browser_download_url),
      ...(typeof asset.digest === 'string' ? { digest: asset.digest } : {}),
    })),
  };
}

function contributorList(session: Session, fullName: string): Promise<Facts['contributors']> {
  return askRest(session, { path: '/contributors', what: 'contributors' }, fullName, (json) =>
    listOf(json)
      .filter((raw) => textOf(raw.login) !== '')
      .map(
        (raw): Contributor => ({
          login: textOf(raw.login),
          isBot: raw.type === 'Bot' || textOf(raw.login).endsWith('[bot]'),
          contributions: typeof raw.contributions === 'number' ? raw.contributions : 0,
          company: '',
          organizations: [],
        }),
      ),
  );
}

function worthALook(person: Contributor): boolean {
  return !person.isBot && person.contributions >= LEAST_CONTRIBUTIONS;
}

function withPeople(
  list: Answer<readonly Contributor[]>,
  { people, failed }: SecondAnswer,
): Answer<readonly Contributor[]> {
  if (!isKnown(list)) return list;
  const lost = list.known.find((person) => failed.has(`person ${person.login}`));
  if (lost !== undefined) return unknown('failed', failed.get(`person ${lost.login}`)!);
  return known(list.known.map((person) => ({ ...person, ...people.get(person.login) })));
}

async function branches(
  session: Session,
  core: Core,
  part: PartAnswer,
  releases: Answer<readonly Release[]>,
  second: SecondAnswer,
): Promise<Answer<BranchFacts>> {
  const problem = problemOf(part, 'rulesets');
  if (problem !== undefined) return problem;
  if (!isKnown(releases)) return releases;
  const all = await allRulesets(session, part.data.rulesets as Maybe<Nodes<RawRuleset>>);
  if (!isKnown(all)) return all;
  const guard = part.data.guard as Maybe<RawBranch>;
  const own = part.errors.filter((error) => error.path?.[1] === 'guard');
  const main = guard ? readBranch(guard, true, own) : undefined;
  if (main === undefined && own.length > 0) return unknown('failed', own[0]!.message);
  const found = new Map<string, Branch>();
  for (const [name, { raw, errors }] of second.branches) {
    const branch = raw === undefined ? undefined : readBranch(raw, false, errors);
    if (raw === undefined && errors.length > 0) return unknown('failed', errors[0]!.message);
    if (branch !== undefined) found.set(name, branch);
  }
  for (const [key, why] of second.failed) if (key.startsWith('branch ')) return unknown('failed', why);
  const targets = releases.known.map((release) => release.target);
  return known({
    rulesets: all.known.map(rulesetOf),
    branches: chooseBranches(main, targets, found),
    admin: core.admin,
  });
}

/** A refused classic rule is told as such; any other error about it makes it unknown. */
function readBranch(raw: RawBranch, isDefault: boolean, errors: readonly GraphqlError[]): Branch {
  const about = errors.find((error) => error.path?.includes('branchProtectionRule'));
  const refused =
    about === undefined
      ? undefined
      : about.type === 'FORBIDDEN' || about.message.includes('Resource not accessible')
        ? unknown('forbidden', about.message, ADMIN)
        : unknown('failed', about.message);
  return branchOf(raw, isDefault, refused);
}

/** Repositories with more rulesets than a page are rare; their rules count all the same. */
async function allRulesets(
  session: Session,
  first: Maybe<Nodes<RawRuleset>>,
): Promise<Answer<readonly RawRuleset[]>> {
  const list = nodesOf(first);
  const { owner, name } = session;
  let page = first?.pageInfo;
  try {
    while (page?.hasNextPage && page.endCursor && list.length < 100) {
      const query = `query Rulesets($owner:String!,$name:String!){repository(owner:$owner,name:$name){
${rulesets(`,after:${JSON.stringify(page.endCursor)}`)}} ${PRICE}}`;
      const { data, errors } = await ask(session, query, { owner, name });
      if (errors.length > 0) return unknown('failed', errors[0]!.message);
      const next = ((data?.repository ?? {}) as Data).rulesets as Maybe<Nodes<RawRuleset>>;
      list.push(...nodesOf(next));
      page = next?.pageInfo;
    }
  } catch (error) {
    if (error instanceof Overload || error instanceof HttpFailure) return unknown('failed', error.message);
    throw error;
  }
  return known(list);
}

/** Only administrators are shown hooks; for others the question would be in vain. */
function webhooks(session: Session, core: Core): Promise<Facts['webhooks']> | Facts['webhooks'] {
  if (!mayAdminister(session, core))
    return unknown(
      'forbidden',
      'the token does not administer the repository, so GitHub shows it no webhooks',
      HOOKS,
    );
  return askRest(session, { path: '/hooks', what: 'webhooks', needs: HOOKS }, core.fullName, (json) =>
    listOf(json).map((hook): Webhook => {
      const { secret, url } = (hook.config ?? {}) as { secret?: unknown; url?: unknown };
      return { url: textOf(url), hasSecret: textOf(secret) !== '' };
    }),
  );
}

/** Tokens of apps have permissions of their own; GitHub tells those only by answering. */
function mayAdminister(session: Session, core: Core): boolean {
  return core.admin || session.account.values.some((token) => token.startsWith('ghs_'));
}

function privateReporting(session: Session, fullName: string): Promise<Answer<boolean>> {
  const question = { path: '/private-vulnerability-reporting', what: 'private vulnerability reporting' };
  return askRest(session, question, fullName, (json) => (json as { enabled?: boolean })?.enabled === true);
}

function workflowPermissions(
  session: Session,
  core: Core,
): Promise<Facts['defaultWorkflowPermissions']> | Facts['defaultWorkflowPermissions'] {
  if (!mayAdminister(session, core))
    return unknown(
      'forbidden',
      'the token does not administer the repository, so GitHub does not tell the default',
      ADMIN,
    );
  const question = {
    path: '/actions/permissions/workflow',
    what: 'the default permissions of workflows',
    needs: ADMIN,
  };
  return askRest(session, question, core.fullName, (json) =>
    (json as { default_workflow_permissions?: string })?.default_workflow_permissions === 'write'
      ? 'write'
      : 'read',
  );
}
