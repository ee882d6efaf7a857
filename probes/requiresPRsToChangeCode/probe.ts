import { defineBranchProbe } from '../branchProbe.ts';

export const requiresPRsToChangeCode = defineBranchProbe({
  id: 'requiresPRsToChangeCode',
  setting: 'pullRequestRequired',
  what: 'whether changes must come by pull request',
  effort: 'Low',
  act: 'Require pull requests',
  losesRemediation: true,
  summary: 'Do changes have to come by pull request?',
  motivation:
    'A direct push leaves no place for a review, a discussion or a check to happen before the code is in.',
  implementation:
    'True when a ruleset holds a pull request rule, or the classic rule makes any demand that only a pull request can meet.',
  yes: 'Changes come by pull request only.',
  no: 'Direct pushes are allowed.',
  hidden: 'The public part of the rules does not tell, or no rule governs the branch.',
  steps: [
    'In the branch ruleset tick "Require a pull request before merging"; a required count of 0 approvals is fine for a project of one person.',
  ],
  example: { before: { rules: [] }, after: { rules: [{ type: 'pull_request' }] } },
  judge: (settings, branch) => {
    if (settings.pullRequestRequired === null) return undefined;
    return settings.pullRequestRequired === true
      ? { outcome: 'True', message: `changes to branch ${branch.name} must come by pull request` }
      : { outcome: 'False', message: `changes to branch ${branch.name} may be pushed directly` };
  },
});
