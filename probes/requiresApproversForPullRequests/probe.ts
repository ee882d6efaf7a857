import { defineBranchProbe, pullRequestRule } from '../branchProbe.ts';

/** Value with the number of approvals asked for. */
export const REVIEWERS = 'numberOfRequiredReviewers';

export const requiresApproversForPullRequests = defineBranchProbe({
  id: 'requiresApproversForPullRequests',
  setting: 'reviewCount',
  what: 'the number of required approvals',
  effort: 'High',
  act: 'Require approvals',
  takesTwo: true,
  losesRemediation: true,
  summary: 'Do pull requests need an approval before they are merged?',
  motivation:
    'A second person who looks at every change catches mistakes and makes it hard for one stolen account to get malicious code in.',
  implementation:
    'True when the classic rule or the pull request rule of a ruleset asks for at least one approval; the largest number counts and is given with the finding.',
  yes: 'At least one approval is required.',
  no: 'No approval is required.',
  hidden: 'The token cannot see the number, or no rule that could set it governs the branch.',
  steps: ['In the pull request rule of the branch ruleset set "Required approvals" to 1, better to 2.'],
  example: { before: pullRequestRule({ approvals: 0 }), after: pullRequestRule({}) },
  judge: ({ reviewCount }, branch) => {
    if (reviewCount === null) return undefined;
    if (reviewCount < 0) throw new RangeError(`branch ${branch.name} asks for ${reviewCount} approvals`);
    const values = { [REVIEWERS]: String(reviewCount) };
    return reviewCount > 0
      ? { outcome: 'True', message: `branch ${branch.name} asks for ${reviewCount} approval(s)`, values }
      : { outcome: 'False', message: `branch ${branch.name} asks for no approval`, values };
  },
});
