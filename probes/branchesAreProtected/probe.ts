import { defineBranchProbe } from '../branchProbe.ts';

export const branchesAreProtected = defineBranchProbe({
  id: 'branchesAreProtected',
  setting: 'protected',
  what: 'the protection',
  effort: 'Low',
  act: 'Protect the default and release branches',
  summary: 'Does any protection rule apply to the default and release branches?',
  motivation:
    'Everybody with write access can rewrite, delete or push to a branch without rules. A rule of any kind is the first step; the other probes ask what it demands.',
  implementation:
    'True when a classic rule, its public part or an active ruleset applies to the branch, whatever it demands.',
  yes: 'A rule applies to the branch.',
  no: 'No rule applies to the branch.',
  hidden: 'Assay view only: the token cannot see branches at all.',
  steps: [
    'Open Settings > Rules > Rulesets and add an active branch ruleset that includes the default branch and every release branch.',
  ],
  example: { after: { rules: [{ type: 'deletion' }, { type: 'non_fast_forward' }] } },
  judge: (_, branch) =>
    branch.protected
      ? { outcome: 'True', message: `branch ${branch.name} has protection rules` }
      : { outcome: 'False', message: `branch ${branch.name} has no protection rule` },
});
