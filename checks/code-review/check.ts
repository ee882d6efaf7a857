import { codeApproved } from '../../probes/codeApproved/probe.ts';
import {
  type Detail,
  defineCheck,
  detail,
  inconclusive,
  proportional,
  scored,
} from '../../src/core/index.ts';

export const codeReview = defineCheck({
  name: 'Code-Review',
  risk: 'High',
  tags: ['supply-chain', 'security', 'source-code', 'code-reviews'],
  forges: ['github', 'gitlab', 'azure'],
  atCommit: true,
  onFolder: false,
  summary: 'Were recent changes reviewed before they got in?',
  motivation:
    'Review finds flaws before users do and keeps one stolen or malicious account from changing the code unseen. This check looks at what was done with the latest changes, whatever the rules say.',
  scoring:
    '10 when every recent change of a person was approved by somebody else, otherwise the share of approved changes, rounded down. Inconclusive when there is no change of a person to look at. A merge by somebody other than the author counts as an approval; in the Assay view only if that somebody is a person.',
  remediation: [
    'Bring changes in by pull request and have a second person approve each.',
    'Require approvals by branch protection, so that no change is forgotten.',
    'A project of one person can invite reviews, e.g. by swapping them with a neighbouring project; nothing in the settings can replace the second person.',
  ],
  probes: [codeApproved],
  score: (findings) => {
    const [summary] = findings;
    if (summary === undefined) return scored(10, 'all changesets reviewed');
    const details = findings.slice(1).map((one): Detail => {
      return detail(one.outcome === 'True' ? 'Info' : one.outcome === 'False' ? 'Warn' : 'Debug', one);
    });
    if (summary.outcome === 'NotApplicable') return inconclusive(summary.message, details);
    if (summary.outcome === 'True') return scored(10, 'all changesets reviewed', details);
    if (summary.outcome === 'Error') return { score: 'error', reason: summary.message };
    const approved = Number.parseInt(summary.values?.approvedChangesets ?? '', 10);
    const total = Number.parseInt(summary.values?.totalChangesets ?? '', 10);
    if (Number.isNaN(approved) || Number.isNaN(total))
      return { score: 'error', reason: 'the number of approved changesets is missing' };
    return proportional(approved, total, `Found ${approved}/${total} approved changesets`, details);
  },
});
