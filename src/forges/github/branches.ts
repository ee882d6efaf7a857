/** Branches and what guards them, unmerged (api-checks 6.1). Pure. */
import {
  type Answer,
  type Branch,
  type BypassActor,
  type ClassicBranchRule,
  known,
  type PublicBranchRule,
  type Ruleset,
  type RulesetRule,
} from '../../core/index.ts';
import {
  type Maybe,
  nodesOf,
  type RawBranch,
  type RawBypass,
  type RawClassic,
  type RawRule,
  type RawRuleset,
  type RawSettings,
} from './raw.ts';

export function rulesetOf(raw: RawRuleset): Ruleset {
  const { include = [], exclude = [] } = raw.conditions?.refName ?? {};
  return {
    name: raw.name ?? '',
    enforcement: (raw.enforcement ?? '').toLowerCase(),
    target: raw.target?.toLowerCase(),
    include: texts(include),
    exclude: texts(exclude),
    bypass: bypassesOf(raw.bypassActors?.nodes),
    rules: nodesOf(raw.rules).map(ruleOf),
  };
}

/** Null where they are hidden; one that is hidden alone counts, as in the reference. */
const bypassesOf = (nodes: Maybe<readonly Maybe<RawBypass>[]>): BypassActor[] | null =>
  nodes?.map((node) => bypassOf(node ?? {})) ?? null;

function bypassOf(raw: RawBypass): BypassActor {
  return { mode: raw.bypassMode === 'PULL_REQUEST' ? 'pull_request' : 'always', who: whoOf(raw) };
}

function whoOf(raw: RawBypass): string {
  if (raw.organizationAdmin) return 'organization admin';
  if (raw.repositoryRoleName) return `role ${raw.repositoryRoleName}`;
  return raw.actor?.__typename?.toLowerCase() ?? 'somebody';
}

function ruleOf(raw: RawRule): RulesetRule {
  const type = (raw.type ?? '').toLowerCase();
  const { parameters } = raw;
  if (type === 'pull_request') {
    return {
      type,
      pullRequest: {
        dismissStaleReviews: parameters?.dismissStaleReviewsOnPush ?? null,
        codeOwnerReview: parameters?.requireCodeOwnerReview ?? null,
        lastPushApproval: parameters?.requireLastPushApproval ?? null,
        approvals: parameters?.requiredApprovingReviewCount ?? null,
      },
    };
  }
  if (type === 'required_status_checks') {
    const contexts = texts((parameters?.requiredStatusChecks ?? []).map((check) => check?.context));
    return { type, statusChecks: { strict: parameters?.strictRequiredStatusChecksPolicy ?? null, contexts } };
  }
  return { type };
}

/** `refused` is the answer where GitHub would not show the classic rule. */
export function branchOf(raw: RawBranch, isDefault: boolean, refused: Answer<never> | undefined): Branch {
  return {
    name: raw.name ?? '',
    isDefault,
    classic: refused ?? known(raw.branchProtectionRule ? classicOf(raw.branchProtectionRule) : null),
    publicRule: raw.refUpdateRule ? publicOf(raw.refUpdateRule) : null,
  };
}

function publicOf(raw: RawSettings): PublicBranchRule {
  return {
    allowsDeletions: raw.allowsDeletions ?? null,
    allowsForcePushes: raw.allowsForcePushes ?? null,
    requiresLinearHistory: raw.requiresLinearHistory ?? null,
    requiredApprovingReviewCount: raw.requiredApprovingReviewCount ?? null,
    requiresCodeOwnerReviews: raw.requiresCodeOwnerReviews ?? null,
    requiredStatusCheckContexts: texts(raw.requiredStatusCheckContexts),
  };
}

function classicOf(raw: RawClassic): ClassicBranchRule {
  return {
    ...publicOf(raw),
    dismissesStaleReviews: raw.dismissesStaleReviews ?? null,
    isAdminEnforced: raw.isAdminEnforced ?? null,
    requiresStatusChecks: raw.requiresStatusChecks ?? null,
    requiresStrictStatusChecks: raw.requiresStrictStatusChecks ?? null,
    requireLastPushApproval: raw.requireLastPushApproval ?? null,
  };
}

const COMMIT = /^[a-f0-9]{40}$/;
/** A branch that was renamed all over the world; GitHub forwards it, its API does not. */
const MOVED: ReadonlyMap<string, string> = new Map([['master', 'main']]);

/** Names that releases most often give beside the default branch: asked for at once, so that no second query is needed. */
export const LIKELY: readonly string[] = [...MOVED].flat();

/** Names to look up for the targets of releases, beside the default branch. */
export function branchesToAsk(targets: readonly string[], defaultName: string): string[] {
  const names = targets.filter((target) => target !== '' && !COMMIT.test(target));
  const all = names.flatMap((name) => [name, ...(MOVED.has(name) ? [MOVED.get(name)!] : [])]);
  return [...new Set(all)].filter((name) => name !== defaultName);
}

/** The branches to judge, in the reference's order; `found` holds those that exist. */
export function chooseBranches(
  defaultBranch: Branch | undefined,
  targets: readonly string[],
  found: ReadonlyMap<string, Branch>,
): Branch[] {
  const chosen = new Map<string, Branch>();
  if (defaultBranch !== undefined) chosen.set(defaultBranch.name, defaultBranch);
  for (const target of targets) {
    const moved = MOVED.get(target);
    if (COMMIT.test(target) || chosen.has(target) || (moved !== undefined && chosen.has(moved))) continue;
    const branch = found.get(target) ?? (moved === undefined ? undefined : found.get(moved));
    if (branch !== undefined) chosen.set(branch.name, branch);
  }
  return [...chosen.values()];
}

function texts(list: Maybe<readonly Maybe<string>[]>): string[] {
  return (list ?? []).filter((text): text is string => typeof text === 'string');
}
