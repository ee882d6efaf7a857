import { defineBranchProbe } from '../branchProbe.ts';

export const blocksDeleteOnBranches = defineBranchProbe({
  id: 'blocksDeleteOnBranches',
  setting: 'allowDeletions',
  what: 'whether the branch may be deleted',
  effort: 'Low',
  act: 'Restrict the deletion of branches',
  summary: 'Can the default and release branches not be deleted?',
  motivation:
    'Deleting a branch and creating it anew throws away its history and every rule tied to the old one: the quickest way to slip in code that nobody reviewed.',
  implementation:
    'True when no rule allows deletion: `allowsDeletions` of the classic rule is off, or a ruleset holds the rule "restrict deletions".',
  yes: 'Deleting the branch is blocked.',
  no: 'The branch may be deleted.',
  hidden: 'The token cannot see whether deletion is allowed, or no rule governs the branch.',
  steps: [
    'Open Settings > Rules > Rulesets, add a branch ruleset for the default branch and every release branch, and tick "Restrict deletions".',
    'With classic protection instead: leave "Allow deletions" unticked.',
  ],
  example: { before: { rules: [] }, after: { rules: [{ type: 'deletion' }] } },
  judge: (settings, branch) => {
    if (settings.allowDeletions === null) return undefined;
    return settings.allowDeletions === false
      ? { outcome: 'True', message: `deletion of branch ${branch.name} is blocked` }
      : { outcome: 'False', message: `branch ${branch.name} may be deleted` };
  },
});
