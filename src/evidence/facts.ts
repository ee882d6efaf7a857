/** Facts of the forge as evidence, one kind each. Every value is an answer: a probe decides what not knowing means. */
import { type FactKey, type Facts, type ForgeEvidence, fromForge, unknown } from '../core/index.ts';

function fact<K extends FactKey>(key: K): ForgeEvidence<Facts[K]> {
  return fromForge<Facts[K]>({
    id: key,
    version: 1,
    facts: [key],
    read: (facts) =>
      (facts as Partial<Facts>)[key] ??
      (unknown('unsupported', `the source of this scan does not tell ${key}`) as Facts[K]),
  });
}

/** `owner/name` after renames. */
export const fullName = fact('fullName');
export const archivedFlag = fact('archived');
export const createdAt = fact('createdAt');
export const defaultBranch = fact('defaultBranch');
/** Bytes by language name, largest first. */
export const languages = fact('languages');
/** Recent commits of the default branch with their pull requests. */
export const commits = fact('commits');
/** Checks and statuses at the heads of merged pull requests. */
export const pullRequestChecks = fact('pullRequestChecks');
/** Checks and statuses of commits that no pull request brought. */
export const directChecks = fact('directChecks');
export const issues = fact('issues');
export const releases = fact('releases');
/** Branches, classic rules and rulesets, unmerged. */
export const branchFacts = fact('branches');
export const contributors = fact('contributors');
export const webhooks = fact('webhooks');
