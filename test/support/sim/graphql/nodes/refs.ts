/** Branches and tags, and the classic protection of branches. */
import type * as S from '@octokit/graphql-schema';
import type { Release } from '../../model/activity.ts';
import { activeRules, canWrite, protectionOf } from '../../model/rules.ts';
import type { BranchProtectionSpec } from '../../model/spec.ts';
import type { Branch, Repo } from '../../model/types.ts';
import { globToRe, nodeId, numId } from '../../text.ts';
import { connection, nothing, type PageArgs } from '../connection.ts';
import { fieldForbidden, inaccessible } from '../errors.ts';
import type { Fields, Graph } from '../graph.ts';
import { commitBySha } from './commits.ts';
import { repositoryNode } from './repository.ts';
import { ruleNode } from './rulesets.ts';
import { accountNode } from './users.ts';

/** The ref of a full or short name, or null. */
export function refNode(g: Graph, r: Repo, name: string): Fields<S.Ref> | null {
  if (r.empty) return null;
  const isFull = name.startsWith('refs/');
  const branch = r.branches.find((b) => name === (isFull ? `refs/heads/${b.name}` : b.name));
  if (branch) return branchNode(g, r, branch);
  const tag = r.releases.find((x) => name === (isFull ? `refs/tags/${x.tag_name}` : x.tag_name));
  return tag ? tagNode(g, r, tag) : null;
}

/** All refs below a prefix. */
export function refConnection(
  g: Graph,
  r: Repo,
  a: PageArgs & {
    refPrefix: string;
    query?: string | null;
    orderBy?: { direction: string } | null;
    direction?: string | null;
  },
): object {
  const tags = a.refPrefix.startsWith('refs/tags');
  const names = tags
    ? r.releases.map((x) => `refs/tags/${x.tag_name}`)
    : r.branches.map((b) => `refs/heads/${b.name}`);
  const list = names.filter((name) => !a.query || name.includes(a.query)).sort();
  if ((a.orderBy?.direction ?? a.direction) === 'DESC') list.reverse();
  return connection(
    list.map((name) => refNode(g, r, name)),
    a,
  );
}

function branchNode(g: Graph, r: Repo, branch: Branch): Fields<S.Ref> {
  const rule = protectionOf(r, branch.name);
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${r.full_name}:refs/heads/${branch.name}`),
    name: branch.name,
    prefix: 'refs/heads/',
    repository: () => repositoryNode(g, r),
    target: () => commitBySha(g, r, branch.sha),
    branchProtectionRule: () => {
      if (!rule) return null;
      if (r.viewer.permission === 'ADMIN') return protectionNode(g, r, rule);
      // A classic token without the right sees no rule; other tokens are told so.
      if (r.viewer.token !== 'classic') throw fieldForbidden(inaccessible(r.viewer.token));
      return null;
    },
    refUpdateRule: () => (rule ? updateRuleNode(r, rule) : null),
    rules: (a: PageArgs) =>
      connection(
        activeRules(r, branch.name).map((x) => ruleNode(g, r, x.rule, x.set)),
        a,
      ),
    associatedPullRequests: nothing,
  };
}

const tagNode = (g: Graph, r: Repo, tag: Release): Fields<S.Ref> => ({
  __typename: 'Ref',
  id: nodeId('Ref', `${r.full_name}:refs/tags/${tag.tag_name}`),
  name: tag.tag_name,
  prefix: 'refs/tags/',
  repository: () => repositoryNode(g, r),
  target: () => commitBySha(g, r, tag.sha),
  associatedPullRequests: nothing,
});

const updateRuleNode = (r: Repo, p: BranchProtectionSpec): Fields<S.RefUpdateRule> => ({
  pattern: p.pattern,
  allowsDeletions: p.allowsDeletions ?? false,
  allowsForcePushes: p.allowsForcePushes ?? false,
  blocksCreations: p.blocksCreations ?? false,
  requiredApprovingReviewCount:
    p.requiresApprovingReviews === false ? null : (p.requiredApprovingReviewCount ?? null),
  requiredStatusCheckContexts: p.requiredStatusCheckContexts ?? [],
  requiresCodeOwnerReviews: p.requiresCodeOwnerReviews ?? false,
  requiresConversationResolution: p.requiresConversationResolution ?? false,
  requiresLinearHistory: p.requiresLinearHistory ?? false,
  requiresSignatures: p.requiresCommitSignatures ?? false,
  viewerAllowedToDismissReviews: false,
  viewerCanPush: canWrite(r),
});

/** A classic protection rule, as administrators see it. */
export function protectionNode(g: Graph, r: Repo, p: BranchProtectionSpec): Fields<S.BranchProtectionRule> {
  const contexts = p.requiredStatusCheckContexts ?? [];
  const requiresStatusChecks = p.requiresStatusChecks ?? contexts.length > 0;
  const count = p.requiredApprovingReviewCount ?? null;
  const matching = r.branches.filter((b) => globToRe(p.pattern).test(b.name));
  return {
    __typename: 'BranchProtectionRule',
    id: nodeId('BPR', `${r.full_name}:${p.pattern}`),
    databaseId: numId(`${r.full_name}:${p.pattern}`),
    pattern: p.pattern,
    repository: () => repositoryNode(g, r),
    creator: () => accountNode(g, g.world.people.get(r.ownerLogin)),
    allowsDeletions: p.allowsDeletions ?? false,
    allowsForcePushes: p.allowsForcePushes ?? false,
    blocksCreations: p.blocksCreations ?? false,
    dismissesStaleReviews: p.dismissesStaleReviews ?? false,
    isAdminEnforced: p.isAdminEnforced ?? false,
    lockBranch: p.lockBranch ?? false,
    requireLastPushApproval: p.requireLastPushApproval ?? false,
    requiredApprovingReviewCount: count,
    requiredStatusCheckContexts: contexts,
    requiredStatusChecks: contexts.map((context) => ({ context, app: null })),
    requiresApprovingReviews: p.requiresApprovingReviews ?? count !== null,
    requiresCodeOwnerReviews: p.requiresCodeOwnerReviews ?? false,
    requiresCommitSignatures: p.requiresCommitSignatures ?? false,
    requiresConversationResolution: p.requiresConversationResolution ?? false,
    requiresLinearHistory: p.requiresLinearHistory ?? false,
    requiresStatusChecks,
    // GitHub answers true here when no status checks are required at all.
    requiresStrictStatusChecks: requiresStatusChecks ? (p.requiresStrictStatusChecks ?? false) : true,
    restrictsPushes: p.restrictsPushes ?? false,
    matchingRefs: (a: PageArgs) =>
      connection(
        matching.map((b) => branchNode(g, r, b)),
        a,
      ),
    branchProtectionRuleConflicts: nothing,
    bypassForcePushAllowances: nothing,
    bypassPullRequestAllowances: nothing,
    pushAllowances: nothing,
    reviewDismissalAllowances: nothing,
  };
}
