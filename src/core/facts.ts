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
  readonly status: string;
  readonly conclusion: string;
  readonly app: string;
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
  readonly state: string;
}

export interface PullRequest {
  readonly number: number;
  /** `owner/name` of the repository it belongs to. */
  readonly repository: string;
  readonly author: Actor;
  readonly mergedBy: Actor | undefined;
  readonly mergedAt: string | undefined;
  readonly headSha: string;
  readonly labels: readonly string[];
  readonly reviews: readonly Review[];
}

export interface Commit {
  readonly sha: string;
  readonly message: string;
  readonly committedAt: string;
  readonly author: Actor;
  readonly committer: Actor;
  /** Merged or open pull requests the commit belongs to, as the forge orders them. */
  readonly pullRequests: readonly PullRequest[];
}

/** Checks and statuses of one commit (a pull request's head, or a commit of the default branch). */
export interface CommitChecks {
  readonly sha: string;
  readonly checkRuns: readonly CheckRun[];
  readonly statuses: readonly CommitStatus[];
}

export interface IssueComment {
  readonly association: string;
  readonly createdAt: string;
  readonly author: string;
}

export interface Issue {
  readonly url: string;
  readonly createdAt: string;
  readonly author: Actor;
  readonly association: string;
  readonly comments: readonly IssueComment[];
}

export interface ReleaseAsset {
  readonly name: string;
  readonly url: string;
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

/** One branch with every setting that governs it; null = not visible. */
export interface BranchRules {
  readonly name: string;
  readonly protected: boolean;
  readonly allowDeletions: boolean | null;
  readonly allowForcePushes: boolean | null;
  readonly linearHistory: boolean | null;
  readonly enforceAdmins: boolean | null;
  readonly lastPushApproval: boolean | null;
  readonly dismissStaleReviews: boolean | null;
  readonly codeOwnerReviews: boolean | null;
  readonly reviewCount: number | null;
  readonly pullRequestRequired: boolean | null;
  readonly requiresStatusChecks: boolean | null;
  readonly upToDate: boolean | null;
  readonly contexts: readonly string[];
  /** Where the settings were read: `classic`, `refUpdateRule`, `ruleset:NAME`. */
  readonly sources: readonly string[];
  /** Settings hidden from the token, with the permission that would show them. */
  readonly hidden: readonly { readonly setting: string; readonly needs: string }[];
}

export interface Contributor {
  readonly login: string;
  readonly isBot: boolean;
  readonly contributions: number;
  readonly company: string;
  readonly organizations: readonly string[];
  /** Commits in the recent window, when known. */
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
  readonly defaultBranch: Answer<string>;
  readonly createdAt: Answer<string>;
  readonly archived: Answer<boolean>;
  /** Language name to bytes, largest first. */
  readonly languages: Answer<Readonly<Record<string, number>>>;
  readonly license: Answer<LicenseFact | null>;
  readonly commits: Answer<readonly Commit[]>;
  /** By head commit of the merged pull requests in `commits`. */
  readonly pullRequestChecks: Answer<readonly CommitChecks[]>;
  readonly issues: Answer<readonly Issue[]>;
  readonly releases: Answer<readonly Release[]>;
  readonly branches: Answer<readonly BranchRules[]>;
  readonly contributors: Answer<readonly Contributor[]>;
  readonly webhooks: Answer<readonly Webhook[]>;
  /** Private vulnerability reporting is switched on. */
  readonly privateReporting: Answer<boolean>;
  /** The Actions default for GITHUB_TOKEN. */
  readonly defaultWorkflowPermissions: Answer<'read' | 'write'>;
}

export type FactKey = keyof Facts;
