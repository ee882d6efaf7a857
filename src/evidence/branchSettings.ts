/**
 * What protects a branch, as one record of settings: the translation of classic rules, public rules and rulesets, and
 * the two ways to merge them. Reference: api-checks 6.2 and 6.3.
 */
import type { Branch, ClassicBranchRule, PublicBranchRule, Ruleset } from '../core/index.ts';
import { fnmatch } from '../parse/fnmatch.ts';

/** Settings that count; null = not known. */
export interface BranchSettings {
  readonly allowDeletions: boolean | null;
  readonly allowForcePushes: boolean | null;
  readonly enforceAdmins: boolean | null;
  readonly lastPushApproval: boolean | null;
  readonly dismissStaleReviews: boolean | null;
  readonly codeOwnerReviews: boolean | null;
  readonly reviewCount: number | null;
  readonly pullRequestRequired: boolean | null;
  readonly upToDate: boolean | null;
  readonly contexts: readonly string[];
}

export type SettingName = keyof BranchSettings;

export const NOTHING_KNOWN: BranchSettings = {
  allowDeletions: null,
  allowForcePushes: null,
  enforceAdmins: null,
  lastPushApproval: null,
  dismissStaleReviews: null,
  codeOwnerReviews: null,
  reviewCount: null,
  pullRequestRequired: null,
  upToDate: null,
  contexts: [],
};

/** What holds where no rule says anything. */
export const ALL_OFF: BranchSettings = {
  allowDeletions: true,
  allowForcePushes: true,
  enforceAdmins: false,
  lastPushApproval: false,
  dismissStaleReviews: false,
  codeOwnerReviews: false,
  reviewCount: 0,
  pullRequestRequired: false,
  upToDate: false,
  contexts: [],
};

/** A classic rule as an administrator sees it. */
export function fromClassic(rule: ClassicBranchRule): BranchSettings {
  return {
    allowDeletions: rule.allowsDeletions,
    allowForcePushes: rule.allowsForcePushes,
    enforceAdmins: rule.isAdminEnforced,
    lastPushApproval: rule.requireLastPushApproval,
    dismissStaleReviews: rule.dismissesStaleReviews,
    codeOwnerReviews: rule.requiresCodeOwnerReviews,
    reviewCount: rule.requiredApprovingReviewCount,
    // a count means that pull requests are asked for; the other flags are false where they are not
    pullRequestRequired:
      rule.requiredApprovingReviewCount !== null ||
      rule.requiresCodeOwnerReviews === true ||
      rule.dismissesStaleReviews === true ||
      rule.requireLastPushApproval === true,
    // the forge answers `strict` even where no checks are required
    upToDate:
      rule.requiresStatusChecks === null || rule.requiresStrictStatusChecks === null
        ? null
        : rule.requiresStatusChecks && rule.requiresStrictStatusChecks,
    contexts: rule.requiredStatusCheckContexts,
  };
}

/** What is public of a classic rule. */
export function fromPublic(rule: PublicBranchRule): BranchSettings {
  const needsReview = (rule.requiredApprovingReviewCount ?? 0) > 0 || rule.requiresCodeOwnerReviews === true;
  return {
    ...NOTHING_KNOWN,
    allowDeletions: rule.allowsDeletions,
    allowForcePushes: rule.allowsForcePushes,
    codeOwnerReviews: rule.requiresCodeOwnerReviews,
    reviewCount: rule.requiredApprovingReviewCount,
    pullRequestRequired: needsReview ? true : null,
    contexts: rule.requiredStatusCheckContexts,
  };
}

/** One ruleset; a hidden bypass list looks empty, as in the reference. */
export function fromRuleset(ruleset: Ruleset): BranchSettings {
  let settings: BranchSettings = {
    ...NOTHING_KNOWN,
    allowDeletions: true,
    allowForcePushes: true,
    pullRequestRequired: false,
    enforceAdmins: (ruleset.bypass ?? []).length === 0,
  };
  for (const { type, pullRequest, statusChecks } of ruleset.rules) {
    if (type === 'deletion') settings = { ...settings, allowDeletions: false };
    else if (type === 'non_fast_forward') settings = { ...settings, allowForcePushes: false };
    else if (type === 'pull_request') {
      settings = {
        ...settings,
        pullRequestRequired: true,
        dismissStaleReviews: pullRequest?.dismissStaleReviews ?? null,
        codeOwnerReviews: pullRequest?.codeOwnerReview ?? null,
        lastPushApproval: pullRequest?.lastPushApproval ?? null,
        reviewCount: pullRequest?.approvals ?? null,
      };
    } else if (type === 'required_status_checks' && (statusChecks?.contexts.length ?? 0) > 0) {
      settings = {
        ...settings,
        upToDate: statusChecks!.strict,
        contexts: [...settings.contexts, ...statusChecks!.contexts],
      };
    }
  }
  return settings;
}

const stricterBoolean =
  (strict: boolean) =>
  (a: boolean | null, b: boolean | null): boolean | null =>
    a === null || b === strict ? b : a;
const off = stricterBoolean(false);
const on = stricterBoolean(true);

/** Both sets of rules together: what is known beats what is not, then the stricter wins. */
export function merge(a: BranchSettings, b: BranchSettings): BranchSettings {
  return {
    allowDeletions: off(a.allowDeletions, b.allowDeletions),
    allowForcePushes: off(a.allowForcePushes, b.allowForcePushes),
    // one bypass anywhere lowers it: the reference's simplification (issues 3480 and 3502 there)
    enforceAdmins: off(a.enforceAdmins, b.enforceAdmins),
    lastPushApproval: on(a.lastPushApproval, b.lastPushApproval),
    dismissStaleReviews: on(a.dismissStaleReviews, b.dismissStaleReviews),
    codeOwnerReviews: on(a.codeOwnerReviews, b.codeOwnerReviews),
    reviewCount:
      a.reviewCount === null || a.reviewCount < (b.reviewCount ?? 0) ? b.reviewCount : a.reviewCount,
    pullRequestRequired: on(a.pullRequestRequired, b.pullRequestRequired),
    upToDate: on(a.upToDate, b.upToDate),
    contexts: [...new Set([...a.contexts, ...b.contexts])],
  };
}

/**
 * Active branch rulesets that apply to a branch.
 * @throws Error when a pattern is broken, which ends the check in the reference.
 */
export function rulesetsFor(
  branch: Pick<Branch, 'name' | 'isDefault'>,
  rulesets: readonly Ruleset[],
): Ruleset[] {
  const ref = `refs/heads/${branch.name}`;
  const hits = (pattern: string): boolean => {
    const hit = fnmatch(pattern, ref);
    if (hit === undefined) throw new Error(`a ruleset has the broken branch pattern ${pattern}`);
    return hit;
  };
  return rulesets.filter((ruleset) => {
    if (ruleset.enforcement !== 'active') return false;
    if (ruleset.target !== undefined && ruleset.target !== 'branch') return false;
    if (ruleset.exclude.some(hits)) return false;
    if (ruleset.include.length === 0) return ruleset.exclude.length > 0;
    return ruleset.include.some(
      (pattern) => pattern === '~ALL' || (pattern === '~DEFAULT_BRANCH' && branch.isDefault) || hits(pattern),
    );
  });
}
