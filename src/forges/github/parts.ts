/**
 * The parts of the one query about a repository. Each serves some facts, stands under its own names inside
 * `repository { ... }`, and is only as deep as its fact's own limit (api-checks 3.2).
 */
import type { FactKey } from '../../core/index.ts';

export interface Part {
  readonly id: PartId;
  /** Names it uses inside `repository`, or beside it. */
  readonly names: readonly string[];
  /** Selection inside `repository`, or beside it. */
  readonly text: string;
  /** It stands beside `repository { ... }`, not inside. */
  readonly beside?: true;
}

export type PartId =
  | 'core'
  | 'seen'
  | 'languages'
  | 'license'
  | 'commits'
  | 'issues'
  | 'releases'
  | 'rules'
  | 'organisation'
  /** Companies and organisations of contributors, when these are known beforehand. */
  | 'people'
  /** Branches that releases name, known or likely. */
  | 'branches';

/**
 * Rulesets asked for at once; more are paged. A ruleset has a rule of a type at most once, and there are not 50 types.
 */
const RULESETS_PAGE = 10;
/** Further pages: so many still cost one point. */
const RULESETS_REST = 40;
/** Commits in one page at most. */
export const COMMITS_PAGE = 50;
/** Pull requests of a commit: the first for the reference, the next for commits that stand in several. */
const PULL_REQUESTS = 2;

const SETTINGS = `allowsDeletions allowsForcePushes requiredApprovingReviewCount requiresCodeOwnerReviews
requiresLinearHistory requiredStatusCheckContexts`;

/** The rules of one branch; selection inside a `Ref`. The classic rule is for administrators. */
export const BRANCH = `name refUpdateRule{${SETTINGS}}
branchProtectionRule{${SETTINGS} dismissesStaleReviews isAdminEnforced requiresStatusChecks requiresStrictStatusChecks
requireLastPushApproval}`;

const RULESET = `name enforcement target updatedAt conditions{refName{include exclude}}
bypassActors(first:30){nodes{bypassMode organizationAdmin repositoryRoleName actor{__typename}}}
rules(first:50){nodes{type parameters{__typename
...on PullRequestParameters{dismissStaleReviewsOnPush requireCodeOwnerReview requireLastPushApproval requiredApprovingReviewCount}
...on RequiredStatusChecksParameters{strictRequiredStatusChecksPolicy requiredStatusChecks{context}}}}}`;

/** A page of rulesets: the first, or one behind a cursor. */
export function rulesets(after?: string): string {
  const page = after === undefined ? RULESETS_PAGE : `${RULESETS_REST},after:${JSON.stringify(after)}`;
  return `rulesets(first:${page}){nodes{${RULESET}} pageInfo{hasNextPage endCursor}}`;
}

const CHECKS = `status{contexts{context state targetUrl}}
checkSuites(first:30){nodes{status conclusion app{slug}}}`;

const ACTOR = 'login resourcePath';

/** Whose check suites and statuses are wanted. */
export interface ChecksWanted {
  readonly ofPulls: boolean;
  readonly ofCommits: boolean;
}

/** A page of history; selection inside a `Commit`. */
export function history(first: number, after: string | undefined, checks: ChecksWanted): string {
  return `history(first:${first}${after === undefined ? '' : `,after:${JSON.stringify(after)}`}){
pageInfo{hasNextPage endCursor}
nodes{oid message committedDate author{name email user{login databaseId}} committer{name user{login}}
signature{isValid wasSignedByGitHub}${checks.ofCommits ? `\n${CHECKS}` : ''}
associatedPullRequests(first:${PULL_REQUESTS}){nodes{number headRefOid baseRefName mergedAt repository{nameWithOwner}
author{${ACTOR}} mergedBy{${ACTOR}} labels(last:30){nodes{name}}
reviews(last:30){nodes{state author{${ACTOR}}}}${checks.ofPulls ? `\ncommits(last:1){nodes{commit{${CHECKS}}}}` : ''}}}}}`;
}

const COMMIT_ID = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The commit to look at: the head of the default branch, or the asked one (`$rev`), inside `repository`. A name may be
 * that of an annotated tag, an id not; GitHub counts what either could bring.
 */
export function atCommit(alias: string, selection: string, rev: string | undefined): string {
  if (rev !== undefined && COMMIT_ID.test(rev))
    return `${alias}:object(expression:$rev){...on Commit{${selection}}}`;
  return rev !== undefined
    ? `${alias}:object(expression:$rev){...on Commit{${selection}} ...on Tag{target{...on Commit{${selection}}}}}`
    : `${alias}:defaultBranchRef{target{...on Commit{${selection}}}}`;
}

const CORE_FIELDS = [
  'nameWithOwner',
  'isArchived',
  'isDisabled',
  'isEmpty',
  'isPrivate',
  'createdAt',
  'pushedAt',
  'viewerPermission',
  'databaseId',
];
const CORE = `${CORE_FIELDS.join(' ')} owner{__typename} defaultBranchRef{name}`;

/**
 * By what it shows that nothing has changed: when things were last touched, and the rules of the default branch, which
 * have no time of their own.
 */
const LATEST = 'first:1,orderBy:{field:UPDATED_AT,direction:DESC}){totalCount nodes{updatedAt}}';
const SEEN = `seenRules:rulesets(first:50){totalCount nodes{name enforcement target updatedAt}}
seenIssues:issues(${LATEST} seenPulls:pullRequests(${LATEST}
seenReleases:releases(first:1,orderBy:{field:CREATED_AT,direction:DESC}){totalCount nodes{updatedAt}}
seenGuard:defaultBranchRef{${BRANCH}}`;

const TREE = '{...on Tree{entries{name type mode size oid}}}';

export interface PartOptions {
  /** The commit, tag or branch that was named. */
  readonly rev: string | undefined;
  readonly depth: number;
  readonly checks: ChecksWanted;
}

/** The text of a part. */
export function makePart(id: PartId, options: PartOptions): Part {
  const part = (text: string, ...names: string[]): Part => ({ id, names, text });
  switch (id) {
    case 'core':
      return part(
        `${CORE} ${atCommit('head', 'oid', options.rev)}`,
        ...CORE_FIELDS,
        'owner',
        'defaultBranchRef',
        'head',
      );
    case 'seen':
      return part(SEEN, 'seenRules', 'seenIssues', 'seenPulls', 'seenReleases', 'seenGuard');
    case 'languages':
      return part(
        'languages(first:100,orderBy:{field:SIZE,direction:DESC}){edges{size node{name}}}',
        'languages',
      );
    case 'license':
      return part(`licenseInfo{name spdxId} tree:object(expression:"HEAD:")${TREE}`, 'licenseInfo', 'tree');
    case 'commits': {
      const first = Math.min(options.depth, COMMITS_PAGE);
      return part(atCommit('log', history(first, undefined, options.checks), options.rev), 'log');
    }
    case 'issues':
      return part(
        `issues(first:30,orderBy:{field:UPDATED_AT,direction:DESC}){nodes{url state createdAt authorAssociation author{${ACTOR}}
comments(last:30){nodes{createdAt authorAssociation author{login}}}}}`,
        'issues',
      );
    case 'releases':
      return part('releases(first:1){totalCount}', 'releases');
    case 'rules':
      return part(`${rulesets()} guard:defaultBranchRef{${BRANCH}}`, 'rulesets', 'guard');
    case 'organisation':
      return { ...part(ORGANISATION, 'organisation'), beside: true };
    case 'branches':
    case 'people':
      throw new Error(`${id} are named by who asks`);
  }
}

/** Where a security policy of the organisation may lie, and its text under the usual names: beside `repository`. */
export const ORGANISATION = `organisation:repository(owner:$owner,name:".github"){nameWithOwner isPrivate
root:object(expression:"HEAD:")${TREE} hub:object(expression:"HEAD:.github")${TREE}
docs:object(expression:"HEAD:docs")${TREE} doc:object(expression:"HEAD:doc")${TREE}
policy:object(expression:"HEAD:SECURITY.md"){...on Blob{oid text isTruncated}}
hubPolicy:object(expression:"HEAD:.github/SECURITY.md"){...on Blob{oid text isTruncated}}}`;

/** Parts that serve facts, beside the core. */
const SERVES: Readonly<Partial<Record<FactKey, PartId>>> = {
  languages: 'languages',
  license: 'license',
  commits: 'commits',
  pullRequestChecks: 'commits',
  directChecks: 'commits',
  issues: 'issues',
  releases: 'releases',
  branches: 'rules',
};

/** Facts that only the newest state can tell (api-checks 3.1, "Non-HEAD"). */
export const HEAD_ONLY: ReadonlySet<FactKey> = new Set<FactKey>([
  'archived',
  'issues',
  'releases',
  'branches',
  'contributors',
  'webhooks',
  'defaultWorkflowPermissions',
]);

/** The parts of the query for these facts. */
export function partsFor(facts: readonly FactKey[], options: PartOptions, organisation: boolean): Part[] {
  const wanted = facts.filter((fact) => options.rev === undefined || !HEAD_ONLY.has(fact));
  const ids = new Set<PartId>(['core', ...wanted.flatMap((fact) => SERVES[fact] ?? [])]);
  if (wanted.includes('branches')) ids.add('releases');
  if (organisation) ids.add('organisation');
  return [...ids].map((id) => makePart(id, options));
}
