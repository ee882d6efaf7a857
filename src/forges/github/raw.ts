/** Shapes of GitHub's answers, as far as they are read. Everything may be missing: the service decides. */

export type Maybe<T> = T | null | undefined;

export interface Nodes<T> {
  readonly nodes?: Maybe<readonly Maybe<T>[]>;
  readonly pageInfo?: { readonly hasNextPage?: boolean; readonly endCursor?: Maybe<string> };
}

/** The nodes that are there. */
export function nodesOf<T>(connection: Maybe<Nodes<T>>): T[] {
  const list = connection?.nodes;
  return Array.isArray(list) ? list.filter((node): node is T => node !== null && node !== undefined) : [];
}

export interface RawActor {
  readonly login?: string;
  readonly databaseId?: Maybe<number>;
  readonly resourcePath?: string;
}

export interface RawSuite {
  readonly status?: string;
  readonly conclusion?: Maybe<string>;
  readonly app?: Maybe<{ readonly slug?: string }>;
}

export interface RawStatus {
  readonly context?: string;
  readonly state?: string;
  readonly targetUrl?: Maybe<string>;
}

export interface RawHead {
  readonly oid?: string;
  readonly checkSuites?: Maybe<Nodes<RawSuite>>;
  readonly status?: Maybe<{ readonly contexts?: readonly (RawStatus | null)[] }>;
}

export interface RawPull {
  readonly number?: number;
  readonly headRefOid?: string;
  readonly mergedAt?: Maybe<string>;
  readonly repository?: Maybe<{ readonly nameWithOwner?: string }>;
  readonly author?: Maybe<RawActor>;
  readonly mergedBy?: Maybe<RawActor>;
  readonly labels?: Maybe<Nodes<{ readonly name?: string }>>;
  readonly reviews?: Maybe<Nodes<{ readonly state?: string; readonly author?: Maybe<RawActor> }>>;
  readonly baseRefName?: string;
  readonly commits?: Maybe<Nodes<{ readonly commit?: Maybe<RawHead> }>>;
}

export interface RawCommit extends RawHead {
  readonly message?: string;
  readonly committedDate?: string;
  readonly author?: Maybe<{
    readonly name?: Maybe<string>;
    readonly email?: Maybe<string>;
    readonly user?: Maybe<RawActor>;
  }>;
  readonly committer?: Maybe<{ readonly name?: Maybe<string>; readonly user?: Maybe<RawActor> }>;
  readonly signature?: Maybe<{ readonly isValid?: boolean; readonly wasSignedByGitHub?: boolean }>;
  readonly associatedPullRequests?: Maybe<Nodes<RawPull>>;
}

export interface RawIssue {
  readonly url?: string;
  readonly createdAt?: string;
  readonly state?: string;
  readonly authorAssociation?: string;
  readonly author?: Maybe<RawActor>;
  readonly comments?: Maybe<
    Nodes<{
      readonly createdAt?: string;
      readonly authorAssociation?: string;
      readonly author?: Maybe<RawActor>;
    }>
  >;
}

export interface RawSettings {
  readonly allowsDeletions?: Maybe<boolean>;
  readonly allowsForcePushes?: Maybe<boolean>;
  readonly requiredApprovingReviewCount?: Maybe<number>;
  readonly requiresCodeOwnerReviews?: Maybe<boolean>;
  readonly requiresLinearHistory?: Maybe<boolean>;
  readonly requiredStatusCheckContexts?: Maybe<readonly Maybe<string>[]>;
}

export interface RawClassic extends RawSettings {
  readonly dismissesStaleReviews?: Maybe<boolean>;
  readonly isAdminEnforced?: Maybe<boolean>;
  readonly requiresStatusChecks?: Maybe<boolean>;
  readonly requiresStrictStatusChecks?: Maybe<boolean>;
  readonly requireLastPushApproval?: Maybe<boolean>;
}

export interface RawBranch {
  readonly name?: string;
  readonly refUpdateRule?: Maybe<RawSettings>;
  readonly branchProtectionRule?: Maybe<RawClassic>;
}

export interface RawRule {
  readonly type?: string;
  readonly parameters?: Maybe<{
    readonly dismissStaleReviewsOnPush?: Maybe<boolean>;
    readonly requireCodeOwnerReview?: Maybe<boolean>;
    readonly requireLastPushApproval?: Maybe<boolean>;
    readonly requiredApprovingReviewCount?: Maybe<number>;
    readonly strictRequiredStatusChecksPolicy?: Maybe<boolean>;
    readonly requiredStatusChecks?: Maybe<readonly Maybe<{ readonly context?: Maybe<string> }>[]>;
  }>;
}

export interface RawBypass {
  readonly bypassMode?: Maybe<string>;
  readonly organizationAdmin?: Maybe<boolean>;
  readonly repositoryRoleName?: Maybe<string>;
  readonly actor?: Maybe<{ readonly __typename?: string }>;
}

export interface RawRuleset {
  readonly name?: string;
  readonly enforcement?: string;
  readonly target?: Maybe<string>;
  readonly updatedAt?: string;
  readonly conditions?: Maybe<{
    readonly refName?: Maybe<{ readonly include?: readonly string[]; readonly exclude?: readonly string[] }>;
  }>;
  readonly bypassActors?: Maybe<Nodes<RawBypass>>;
  readonly rules?: Maybe<Nodes<RawRule>>;
}

export interface RawTree {
  readonly entries?: Maybe<
    readonly {
      readonly name?: string;
      readonly type?: string;
      readonly mode?: number;
      readonly size?: number;
      readonly oid?: string;
    }[]
  >;
}
