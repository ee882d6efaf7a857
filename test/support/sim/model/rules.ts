/** Who may do what: permissions of the token, classic protection and rulesets of a branch. */
import { globToRe, numId } from '../text.ts';
import type { BranchProtectionSpec, RuleSpec, RulesetSpec } from './spec.ts';
import type { Permission, Repo } from './types.ts';

const LEVELS: readonly Permission[] = ['NONE', 'READ', 'TRIAGE', 'WRITE', 'MAINTAIN', 'ADMIN'];

/** Whether the token has at least this permission. */
export const hasPermission = (r: Repo, level: Permission): boolean =>
  LEVELS.indexOf(r.viewer.permission) >= LEVELS.indexOf(level);

export const isAdmin = (r: Repo): boolean => hasPermission(r, 'ADMIN');
export const canWrite = (r: Repo): boolean => hasPermission(r, 'WRITE');

export const rulesetId = (set: RulesetSpec): number => set.id ?? numId(set.name);

/** The classic protection rule that fits a branch. */
export const protectionOf = (r: Repo, branch: string): BranchProtectionSpec | undefined =>
  r.protectionRules.find((rule) => globToRe(rule.pattern).test(branch));

/** The rules of all active rulesets that hold for a branch. */
export function activeRules(
  r: Repo,
  branch: string,
): { readonly rule: RuleSpec; readonly set: RulesetSpec }[] {
  const active = r.rulesets.filter(
    (s) => (s.enforcement ?? 'active') === 'active' && (s.target ?? 'branch') === 'branch',
  );
  return active
    .filter((set) => covers(set, branch, branch === r.default_branch))
    .flatMap((set) => (set.rules ?? []).map((rule) => ({ rule, set })));
}

function covers(set: RulesetSpec, branch: string, isDefault: boolean): boolean {
  const { include = [], exclude = [] } = set.conditions?.ref_name ?? {};
  const fits = (pattern: string): boolean => {
    if (pattern === '~ALL') return true;
    if (pattern.startsWith('~')) return pattern === '~DEFAULT_BRANCH' && isDefault;
    return globToRe(pattern).test(`refs/heads/${branch}`);
  };
  if (exclude.some(fits)) return false;
  return include.length ? include.some(fits) : exclude.length > 0;
}
