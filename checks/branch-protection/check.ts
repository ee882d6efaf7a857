import { blocksDeleteOnBranches } from '../../probes/blocksDeleteOnBranches/probe.ts';
import { blocksForcePushOnBranches } from '../../probes/blocksForcePushOnBranches/probe.ts';
import { branchesAreProtected } from '../../probes/branchesAreProtected/probe.ts';
import { branchProtectionAppliesToAdmins } from '../../probes/branchProtectionAppliesToAdmins/probe.ts';
import { dismissesStaleReviews } from '../../probes/dismissesStaleReviews/probe.ts';
import { requiresApproversForPullRequests } from '../../probes/requiresApproversForPullRequests/probe.ts';
import { requiresCodeOwnersReview } from '../../probes/requiresCodeOwnersReview/probe.ts';
import { requiresLastPushApproval } from '../../probes/requiresLastPushApproval/probe.ts';
import { requiresPRsToChangeCode } from '../../probes/requiresPRsToChangeCode/probe.ts';
import { requiresUpToDateBranches } from '../../probes/requiresUpToDateBranches/probe.ts';
import { runsStatusChecksBeforeMerging } from '../../probes/runsStatusChecksBeforeMerging/probe.ts';
import {
  type Detail,
  defineCheck,
  detail,
  type Finding,
  inconclusive,
  type Judgement,
  type Level,
  line,
  type View,
} from '../../src/core/index.ts';
import { asksForTwo, assuming, hasReviewerCount, tierScore } from './tiers.ts';

const NO_BRANCH = 'unable to detect any development/release branches';

export const branchProtection = defineCheck({
  name: 'Branch-Protection',
  risk: 'High',
  tags: ['supply-chain', 'security', 'source-code', 'code-reviews'],
  forges: ['github', 'gitlab', 'azure'],
  atCommit: false,
  onFolder: false,
  summary: 'Are the default and release branches protected by rules?',
  motivation:
    'Rules on a branch decide how code gets in: whether history can be rewritten, whether somebody else has to look, and whether checks have to pass. Without them one stolen account is enough to change what everybody builds.',
  scoring:
    'Five tiers, worth 3, 3, 2, 1 and 1 points: (1) no deletion, no force pushes; (2) an approval, up-to-date branches, approval of the last push, changes by pull request only; (3) a required status check; (4) two approvals, code owners; (5) stale approvals dismissed, rules bind administrators. Each tier counts by the share of its points reached over all branches; a tier that is not full ends the count. What a token cannot see in tiers 2 and 5 is left out; the Assay view gives the range of scores that remain possible.',
  remediation: [
    'Add one branch ruleset for the default branch and all release branches: rulesets are readable by anybody, so that this check needs no special token.',
    'Restrict deletions and block force pushes.',
    'Require a pull request with at least one approval, better two, from code owners, given after the last push; dismiss stale approvals.',
    'Require the status checks that build and test a change, with branches up to date.',
    'Leave the bypass list empty.',
  ],
  probes: [
    blocksDeleteOnBranches,
    blocksForcePushOnBranches,
    branchesAreProtected,
    branchProtectionAppliesToAdmins,
    dismissesStaleReviews,
    requiresApproversForPullRequests,
    requiresCodeOwnersReview,
    requiresLastPushApproval,
    requiresUpToDateBranches,
    runsStatusChecksBeforeMerging,
    requiresPRsToChangeCode,
  ],
  improvements: {
    'score-range': {
      what: 'Where settings that count are hidden, the range of scores is given: all hidden ones off ... all on.',
      why: 'The reference leaves hidden settings out, so that a token with fewer rights can give a higher score.',
    },
  },
  score,
});

function score(findings: readonly Finding[], view: View): Judgement {
  const unnamed = findings.find((finding) => !finding.values?.branchName);
  if (unnamed !== undefined) {
    if (unnamed.outcome === 'NotApplicable') return inconclusive(NO_BRANCH);
    if (unnamed.outcome === 'NotAvailable') return inconclusive(unnamed.message, [detail('Warn', unnamed)]);
    return { score: 'error', reason: `a finding of ${unnamed.probe} names no branch` };
  }
  if (!findings.every(hasReviewerCount))
    return { score: 'error', reason: 'a branch without a readable number of required approvals' };
  if (findings.length === 0) return inconclusive(NO_BRANCH);
  const reached = tierScore(findings);
  const ranged = view.adopts('score-range');
  const details = detailsOf(findings, ranged);
  const reason = reasonFor(reached);
  if (!ranged) return { score: reached, reason, details };
  const min = Math.min(reached, tierScore(assuming(findings, false)));
  const max = Math.max(reached, tierScore(assuming(findings, true)));
  if (min === max) return { score: reached, reason, details };
  const range = { min, max };
  return {
    score: reached,
    reason: `${reason}; ${min} to ${max} with settings hidden from this token`,
    details,
    range,
  };
}

function reasonFor(reached: number): string {
  if (reached === 0) return 'branch protection is not enabled on development and release branches';
  if (reached === 10) return 'branch protection is fully enabled on development and all release branches';
  return 'branch protection is not maximal on development and all release branches';
}

/** Which outcomes are told at which level; a level left out keeps quiet. */
const TOLD: Readonly<Record<string, Readonly<Partial<Record<string, Level>>>>> = {
  blocksDeleteOnBranches: { True: 'Info', False: 'Warn' },
  blocksForcePushOnBranches: { True: 'Info', False: 'Warn' },
  branchProtectionAppliesToAdmins: { True: 'Info', False: 'Warn', NotAvailable: 'Debug' },
  dismissesStaleReviews: { True: 'Info', False: 'Warn', NotAvailable: 'Debug' },
  requiresApproversForPullRequests: { True: 'Info', False: 'Warn' },
  requiresCodeOwnersReview: { True: 'Info', False: 'Warn', NotAvailable: 'Warn' },
  requiresLastPushApproval: { True: 'Info', False: 'Warn', NotAvailable: 'Debug' },
  requiresUpToDateBranches: { True: 'Info', False: 'Warn', NotAvailable: 'Debug' },
  runsStatusChecksBeforeMerging: { True: 'Info', False: 'Warn', NotAvailable: 'Warn' },
  requiresPRsToChangeCode: { True: 'Info', False: 'Warn', NotAvailable: 'Debug' },
};

/**
 * Unprotected branches get one line each; of protected ones every setting is told, with `ranged` also each hidden one
 * with the permission that would show it.
 */
function detailsOf(findings: readonly Finding[], ranged: boolean): Detail[] {
  const open = new Set<string>();
  const details: Detail[] = [];
  for (const finding of findings) {
    if (finding.probe !== 'branchesAreProtected' || finding.outcome !== 'False') continue;
    open.add(finding.values!.branchName!);
    details.push(line('Warn', `branch protection is not enabled for branch ${finding.values!.branchName}`));
  }
  for (const finding of findings) {
    if (open.has(finding.values!.branchName!)) continue;
    if (ranged && finding.outcome === 'NotAvailable' && finding.probe !== 'branchesAreProtected') {
      const { needs } = finding.values!;
      details.push(
        detail('Info', finding, needs === undefined ? undefined : `${finding.message}: it takes ${needs}`),
      );
      continue;
    }
    let level = finding.outcome === 'NotApplicable' ? 'Info' : TOLD[finding.probe]?.[finding.outcome];
    if (finding.probe === 'requiresApproversForPullRequests' && finding.outcome === 'True')
      level = asksForTwo(finding) ? 'Info' : 'Warn';
    if (level !== undefined) details.push(detail(level as Level, finding));
  }
  return details;
}
