/** The five tiers of Branch-Protection and the arithmetic over them. Reference: api-checks 6.5. */
import type { Finding } from '../../src/core/index.ts';

const REVIEWERS = 'numberOfRequiredReviewers';
const TIER_WEIGHTS = [3, 3, 2, 1, 1] as const;

/** Points a finding can give: in which tier, how many, and when they count as reachable. */
interface Points {
  readonly tier: number;
  readonly worth: number;
  /** A setting that cannot be seen is left out of what could be reached. */
  readonly onlyIfSeen: boolean;
  readonly earned: (finding: Finding) => boolean;
}

const isTrue = (finding: Finding): boolean => finding.outcome === 'True';
const asks = (least: number) => (finding: Finding) =>
  finding.outcome === 'True' && Number(finding.values?.[REVIEWERS]) >= least;
const simple = (tier: number, onlyIfSeen: boolean): readonly Points[] => [
  { tier, worth: 1, onlyIfSeen, earned: isTrue },
];

const POINTS: Readonly<Record<string, readonly Points[]>> = {
  blocksDeleteOnBranches: simple(0, false),
  blocksForcePushOnBranches: simple(0, false),
  requiresApproversForPullRequests: [
    { tier: 1, worth: 2, onlyIfSeen: false, earned: asks(1) },
    { tier: 3, worth: 1, onlyIfSeen: false, earned: asks(2) },
  ],
  requiresUpToDateBranches: simple(1, true),
  requiresLastPushApproval: simple(1, true),
  requiresPRsToChangeCode: simple(1, true),
  runsStatusChecksBeforeMerging: simple(2, false),
  requiresCodeOwnersReview: simple(3, false),
  dismissesStaleReviews: simple(4, true),
  branchProtectionAppliesToAdmins: simple(4, true),
};

/**
 * The score over all branches: points and reachable points are summed over the branches, tier by tier, and the walk
 * stops after the first tier that is not full. The reference takes the reachable points of one branch, chosen by chance,
 * for all; here each branch counts with its own, so that equal findings give equal scores.
 */
export function tierScore(findings: readonly Finding[]): number {
  const got = [0, 0, 0, 0, 0];
  const reachable = [0, 0, 0, 0, 0];
  for (const finding of findings) {
    if (finding.outcome === 'NotApplicable') continue;
    for (const { tier, worth, onlyIfSeen, earned } of POINTS[finding.probe] ?? []) {
      if (onlyIfSeen && finding.outcome === 'NotAvailable') continue;
      reachable[tier]! += worth;
      if (earned(finding)) got[tier]! += worth;
    }
  }
  let score = 0;
  for (const [tier, weight] of TIER_WEIGHTS.entries()) {
    score += reachable[tier] === 0 ? weight : (weight * got[tier]!) / reachable[tier]!;
    if (got[tier]! < reachable[tier]!) break;
  }
  return Math.trunc(score);
}

/** The findings with every hidden setting taken as met or unmet. */
export function assuming(findings: readonly Finding[], met: boolean): Finding[] {
  return findings.map((finding) => {
    if (finding.outcome !== 'NotAvailable') return finding;
    const values = { ...finding.values, [REVIEWERS]: met ? '2' : '0' };
    return { ...finding, outcome: met ? 'True' : 'False', values };
  });
}

/** Is the number of reviewers of a finding about them given and readable? */
export function hasReviewerCount(finding: Finding): boolean {
  const counted = finding.outcome === 'True' || finding.outcome === 'False';
  if (finding.probe !== 'requiresApproversForPullRequests' || !counted) return true;
  return /^-?\d+$/.test(finding.values?.[REVIEWERS] ?? '');
}

/** Does the finding ask for two reviewers or more? */
export const asksForTwo = asks(2);
