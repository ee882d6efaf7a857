import { defineBranchProbe } from '../branchProbe.ts';

export const blocksForcePushOnBranches = defineBranchProbe({
  id: 'blocksForcePushOnBranches',
  setting: 'allowForcePushes',
  what: 'whether force pushes are allowed',
  effort: 'Low',
  act: 'Block force pushes',
  summary: 'Are force pushes to the default and release branches blocked?',
  motivation:
    'A force push replaces history. Reviewed commits can vanish or change their content while everybody who fetched before holds something else.',
  implementation:
    'True when no rule allows force pushes: `allowsForcePushes` of the classic rule is off, or a ruleset holds the rule "block force pushes".',
  yes: 'Force pushes are blocked.',
  no: 'Force pushes are allowed.',
  hidden: 'The token cannot see whether force pushes are allowed, or no rule governs the branch.',
  steps: [
    'Open Settings > Rules > Rulesets, add a branch ruleset for the default branch and every release branch, and tick "Block force pushes".',
    'With classic protection instead: leave "Allow force pushes" unticked.',
  ],
  example: { before: { rules: [] }, after: { rules: [{ type: 'non_fast_forward' }] } },
  judge: (settings, branch) => {
    if (settings.allowForcePushes === null) return undefined;
    return settings.allowForcePushes === false
      ? { outcome: 'True', message: `force pushes to branch ${branch.name} are blocked` }
      : { outcome: 'False', message: `force pushes to branch ${branch.name} are allowed` };
  },
});
