/** Branches, their classic protection, rulesets and hooks as REST gives them. */
import { findCommit } from '../../git/resolve.ts';
import { activeRules, hasPermission, protectionOf, rulesetId } from '../../model/rules.ts';
import type { BranchProtectionSpec, RulesetSpec } from '../../model/spec.ts';
import type { Branch, Hook, Repo } from '../../model/types.ts';
import { nodeId, numId } from '../../text.ts';
import type { Call } from '../reply.ts';
import { commitShape } from './commit.ts';
import { apiUrl, webUrl } from './repository.ts';

const checks = (contexts: readonly string[]): object[] =>
  contexts.map((context) => ({ context, app_id: null }));

export const isProtected = (r: Repo, branch: string): boolean =>
  protectionOf(r, branch) !== undefined || activeRules(r, branch).length > 0;

export function branchShape(c: Call, r: Repo, b: Branch): object {
  const rule = protectionOf(r, b.name);
  const contexts = rule?.requiredStatusCheckContexts ?? [];
  const enforcement_level = contexts.length ? (rule?.isAdminEnforced ? 'everyone' : 'non_admins') : 'off';
  return {
    name: b.name,
    commit: { sha: b.sha, url: `${apiUrl(c, r)}/commits/${b.sha}` },
    protected: isProtected(r, b.name),
    protection: {
      enabled: !!rule,
      required_status_checks: { enforcement_level, contexts, checks: checks(contexts) },
    },
    protection_url: `${apiUrl(c, r)}/branches/${b.name}/protection`,
  };
}

/** A single branch, with its commit in full. */
export function fullBranchShape(c: Call, r: Repo, b: Branch): object {
  const commit = findCommit(r, b.sha);
  return {
    ...branchShape(c, r, b),
    commit: commit && commitShape(c, r, commit),
    _links: { self: `${apiUrl(c, r)}/branches/${b.name}`, html: `${webUrl(c, r)}/tree/${b.name}` },
  };
}

export function protectionShape(c: Call, r: Repo, b: Branch, p: BranchProtectionSpec): object {
  const url = `${apiUrl(c, r)}/branches/${b.name}/protection`;
  const enabled = (value: boolean | undefined): object => ({ enabled: value ?? false });
  return {
    url,
    enforce_admins: { url: `${url}/enforce_admins`, ...enabled(p.isAdminEnforced) },
    required_linear_history: enabled(p.requiresLinearHistory),
    allow_force_pushes: enabled(p.allowsForcePushes),
    allow_deletions: enabled(p.allowsDeletions),
    block_creations: enabled(p.blocksCreations),
    required_conversation_resolution: enabled(p.requiresConversationResolution),
    lock_branch: enabled(p.lockBranch),
    allow_fork_syncing: enabled(false),
    required_signatures: { url: `${url}/required_signatures`, ...enabled(p.requiresCommitSignatures) },
    ...requiredChecks(url, p),
    ...requiredReviews(url, p),
  };
}

function requiredChecks(url: string, p: BranchProtectionSpec): object {
  const contexts = p.requiredStatusCheckContexts ?? [];
  if (!(p.requiresStatusChecks ?? contexts.length > 0)) return {};
  const own = `${url}/required_status_checks`;
  const strict = p.requiresStrictStatusChecks ?? false;
  return {
    required_status_checks: {
      url: own,
      strict,
      contexts,
      contexts_url: `${own}/contexts`,
      checks: checks(contexts),
    },
  };
}

function requiredReviews(url: string, p: BranchProtectionSpec): object {
  const count = p.requiredApprovingReviewCount;
  if (
    count === undefined &&
    !p.requiresCodeOwnerReviews &&
    !p.dismissesStaleReviews &&
    !p.requireLastPushApproval
  )
    return {};
  return {
    required_pull_request_reviews: {
      url: `${url}/required_pull_request_reviews`,
      dismiss_stale_reviews: p.dismissesStaleReviews ?? false,
      require_code_owner_reviews: p.requiresCodeOwnerReviews ?? false,
      require_last_push_approval: p.requireLastPushApproval ?? false,
      required_approving_review_count: count ?? 0,
    },
  };
}

export function rulesetShape(c: Call, r: Repo, set: RulesetSpec): object {
  const id = rulesetId(set);
  return {
    id,
    name: set.name,
    target: set.target ?? 'branch',
    source_type: set.source_type ?? 'Repository',
    source: r.full_name,
    enforcement: set.enforcement ?? 'active',
    node_id: nodeId('RRS', set.name),
    _links: {
      self: { href: `${apiUrl(c, r)}/rulesets/${id}` },
      html: { href: `${webUrl(c, r)}/rules/${id}` },
    },
    created_at: r.created_at,
    updated_at: r.updated_at,
  };
}

/** A single ruleset; readers are not told who may bypass it. */
export const fullRulesetShape = (c: Call, r: Repo, set: RulesetSpec): object => ({
  ...rulesetShape(c, r, set),
  conditions: set.conditions ?? {},
  rules: set.rules ?? [],
  current_user_can_bypass: 'never',
  ...(hasPermission(r, 'WRITE') ? { bypass_actors: set.bypass_actors ?? [] } : {}),
});

/** A webhook; its secret is masked. */
export function hookShape(c: Call, r: Repo, hook: Hook): object {
  const index = r.hooks.indexOf(hook);
  const secret = hook.config?.secret ? { secret: '********' } : {};
  return {
    type: 'Repository',
    id: hook.id ?? numId(`${r.full_name}:hook${index}`),
    name: 'web',
    active: hook.active ?? true,
    events: hook.events ?? ['push'],
    config: {
      content_type: 'json',
      insecure_ssl: '0',
      url: 'https://hooks.example.org/in',
      ...hook.config,
      ...secret,
    },
    updated_at: r.updated_at,
    created_at: r.created_at,
    url: `${apiUrl(c, r)}/hooks/${index}`,
    test_url: '',
    ping_url: '',
    last_response: { code: null, status: 'unused', message: null },
  };
}
