import { defineBranchProbe, pullRequestRule } from '../branchProbe.ts';

export const dismissesStaleReviews = defineBranchProbe({
  id: 'dismissesStaleReviews',
  setting: 'dismissStaleReviews',
  what: 'whether new commits void earlier approvals',
  effort: 'High',
  act: 'Dismiss stale approvals',
  summary: 'Do new commits void the approvals given before them?',
  motivation:
    'An approval is for the code that was looked at. Where approvals survive later pushes, unreviewed code can be added between approval and merge.',
  implementation:
    'True when the classic rule or the pull request rule of a ruleset dismisses stale approvals.',
  yes: 'New commits void earlier approvals.',
  no: 'Approvals survive later commits.',
  hidden: 'The token cannot see the setting, or no rule that could make it governs the branch.',
  steps: [
    'In the pull request rule of the branch ruleset tick "Dismiss stale pull request approvals when new commits are pushed"; classic protection has the same box.',
  ],
  example: { before: pullRequestRule({}), after: pullRequestRule({ dismissStaleReviews: true }) },
  judge: (settings, branch) => {
    if (settings.dismissStaleReviews === null) return undefined;
    return settings.dismissStaleReviews === true
      ? { outcome: 'True', message: `new commits void earlier approvals on branch ${branch.name}` }
      : { outcome: 'False', message: `approvals on branch ${branch.name} survive later commits` };
  },
});
