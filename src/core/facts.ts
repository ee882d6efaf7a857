/**
 * Facts: what a forge tells about a repository, in Assay's own words. Every fact is an answer or the reason why there
 * is none, so that a probe can say "not available" on purpose. Times are ISO 8601 in UTC.
 */

/** Why something is not known. */
export type Unknown = 'forbidden' | 'unsupported' | 'missing' | 'failed';

export type Answer<T> =
  | { readonly known: T }
  | {
      readonly unknown: Unknown;
      /** One sentence for the user. */
      readonly why: string;
      /** The token scope or permission that would show it. */
      readonly needs?: string;
    };

export const known = <T>(value: T): Answer<T> => ({ known: value });
export const unknown = (reason: Unknown, why: string, needs?: string): Answer<never> =>
  needs === undefined ? { unknown: reason, why } : { unknown: reason, why, needs };

export function isKnown<T>(answer: Answer<T> | undefined): answer is { readonly known: T } {
  return answer !== undefined && 'known' in answer;
}

export interface Actor {
  /** Empty when the account is gone. */
  readonly login: string;
  readonly isBot: boolean;
}

export interface CheckRun {
  readonly name: string;
  /** Lower case: `completed`, `in_progress`, ... */
  readonly status: string;
  /** Lower case: `success`, `neutral`, `failure`, ...; empty while running. */
  readonly conclusion: string;
  /** Slug of the app that ran it. */
  readonly app: string;
  /** Empty for a check suite: the reference shows an address only where it read single runs. */
  readonly url: string;
}

export interface CommitStatus {
  readonly state: string;
  readonly context: string;
  readonly url: string;
  readonly targetUrl: string;
}

export interface Review {
  readonly author: Actor | undefined;
  /** As the forge writes it: `APPROVED`, `CHANGES_REQUESTED`, ... */
  readonly state: string;
}

export interface PullRequest {
  readonly number: number;
  /** `owner/name` of the repository it belongs to. */
  readonly repository: string;
  /** It belongs to another repository than the scanned one, e.g. to the one this was forked from. */
  readonly foreign: boolean;
  readonly author: Actor;
  readonly mergedBy: Actor | undefined;
  readonly mergedAt: string | undefined;
  readonly headSha: string;
  /** Branch it was opened against, when asked for. */
  readonly base?: string;
  readonly labels: readonly string[];
  /** The last 30, oldest first. */
  readonly reviews: readonly Review[];
}

export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly committedAt: string;
  readonly author: Actor;
  /** Name in the commit itself, when asked for. */
  readonly authorName?: string;
  /** `github` when the forge itself made and signed the commit (api-checks 3.2). */
  readonly committer: Actor;
  /**
   * Merged or open pull requests the commit belongs to, as the forge orders them, those of other repositories
   * included: the reference looks at the first only, the Assay view at all.
   */
  readonly pullRequests: readonly PullRequest[];
}

/** Checks and statuses of one commit (a pull request's head, or a commit of the default branch). */
export interface CommitChecks {
  readonly sha: string;
  readonly checkRuns: readonly CheckRun[];
  readonly statuses: readonly CommitStatus[];
}

/** How close a person is to the project, closest last; empty when the forge does not tell (api-checks 3.2). */
export const ASSOCIATIONS = [
  'mannequin',
  'none',
  'first-timer',
  'first-time-contributor',
  'contributor',
  'collaborator',
  'member',
  'maintainer',
  'owner',
] as const;

export type Association = (typeof ASSOCIATIONS)[number] | '';

export interface IssueComment {
  readonly association: Association;
  readonly createdAt: string;
  readonly author: string;
}

export interface Issue {
  readonly url: string;
  readonly createdAt: string;
  readonly author: Actor;
  readonly association: Association;
  readonly state?: 'open' | 'closed';
  /** The last 30, oldest first. */
  readonly comments: readonly IssueComment[];
}

export interface ReleaseAsset {
  readonly name: string;
  readonly url: string;
  /** `sha256:...` */
  readonly digest?: string;
}

export interface Release {
  readonly tag: string;
  readonly target: string;
  readonly htmlUrl: string;
  readonly apiUrl: string;
  readonly publishedAt: string | undefined;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly immutable?: boolean;
  readonly assets: readonly ReleaseAsset[];
}

/** What anybody may see of the protection of a branch; null = not told. */
export interface PublicBranchRule {
  readonly allowsDeletions: boolean | null;
  readonly allowsForcePushes: boolean | null;
  readonly requiresLinearHistory: boolean | null;
  readonly requiredApprovingReviewCount: number | null;
  readonly requiresCodeOwnerReviews: boolean | null;
  readonly requiredStatusCheckContexts: readonly string[];
}

/** A classic branch protection rule as its administrators see it. */
export interface ClassicBranchRule extends PublicBranchRule {
  readonly dismissesStaleReviews: boolean | null;
  readonly isAdminEnforced: boolean | null;
  readonly requiresStatusChecks: boolean | null;
  readonly requiresStrictStatusChecks: boolean | null;
  readonly requireLastPushApproval: boolean | null;
}

/** Who may pass by a ruleset. */
export interface BypassActor {
  /** `always`, or `pull_request`: only when merging a pull request. */
  readonly mode: 'always' | 'pull_request';
  /** What the forge tells of the actor, e.g. `organization admin`, `role maintain`, `team`, `app renovate`. */
  readonly who: string;
}

/** One rule of a ruleset, type in the forge's spelling, lower case: `deletion`, `pull_request`, ... */
export interface RulesetRule {
  readonly type: string;
  readonly pullRequest?: {
    readonly dismissStaleReviews: boolean | null;
    readonly codeOwnerReview: boolean | null;
    readonly lastPushApproval: boolean | null;
    readonly approvals: number | null;
  };
  readonly statusChecks?: { readonly strict: boolean | null; readonly contexts: readonly string[] };
}

export interface Ruleset {
  readonly name: string;
  /** Lower case: `active`, `evaluate`, `disabled`. */
  readonly enforcement: string;
  /** Lower case: `branch`, `tag`, `push`; undefined when not told. */
  readonly target: string | undefined;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** null = hidden from the token. */
  readonly bypass: readonly BypassActor[] | null;
  readonly rules: readonly RulesetRule[];
}

/** One existing branch and what directly governs it; rulesets are matched to it by name. */
export interface Branch {
  readonly name: string;
  readonly isDefault: boolean;
  /** null = the token sees none, which for a token without admin rights does not mean that there is none. */
  readonly classic: Answer<ClassicBranchRule | null>;
  readonly publicRule: PublicBranchRule | null;
}

/** Branches and everything that guards them, unmerged. */
export interface BranchFacts {
  readonly rulesets: readonly Ruleset[];
  /**
   * The default branch, then every existing branch that a release names as its target (the first 30 releases; 40
   * lower-case hex digits are no branch). For a target `master` that does not exist, `main` is looked up instead.
   */
  readonly branches: readonly Branch[];
  /** The token administers the repository, so a missing classic rule means that there is none. */
  readonly admin: boolean;
}

export interface Contributor {
  readonly login: string;
  readonly isBot: boolean;
  /** The account is an organisation's, e.g. one that was a user's before. */
  readonly isOrganization?: boolean;
  readonly contributions: number;
  readonly company: string;
  readonly organizations: readonly string[];
  /** Commits in the last twelve months, when known. */
  readonly recent?: number;
}

export interface LicenseFact {
  readonly spdxId: string;
  readonly name: string;
  readonly path: string;
}

export interface Webhook {
  readonly url: string;
  readonly hasSecret: boolean;
}

/** Everything a forge may be asked for in its one batch. */
export interface Facts {
  /** `owner/name` as the forge spells it, after renames. */
  readonly fullName: Answer<string>;
  readonly defaultBranch: Answer<string>;
  readonly createdAt: Answer<string>;
  readonly archived: Answer<boolean>;
  /** Language name to bytes, largest first. */
  readonly languages: Answer<Readonly<Record<string, number>>>;
  readonly license: Answer<LicenseFact | null>;
  readonly commits: Answer<readonly Commit[]>;
  /** By head commit of the merged pull requests in `commits`. */
  readonly pullRequestChecks: Answer<readonly CommitChecks[]>;
  /** By commit, for those of `commits` that no merged pull request brought. */
  readonly directChecks: Answer<readonly CommitChecks[]>;
  /** The 30 most recently updated. */
  readonly issues: Answer<readonly Issue[]>;
  /** The first 30, newest first. */
  readonly releases: Answer<readonly Release[]>;
  readonly branches: Answer<BranchFacts>;
  readonly contributors: Answer<readonly Contributor[]>;
  readonly webhooks: Answer<readonly Webhook[]>;
  /** The Actions default for GITHUB_TOKEN. */
  readonly defaultWorkflowPermissions: Answer<'read' | 'write'>;
}

export type FactKey = keyof Facts;
