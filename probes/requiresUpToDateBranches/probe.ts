import { defineBranchProbe } from '../branchProbe.ts';

export const requiresUpToDateBranches = defineBranchProbe({
  id: 'requiresUpToDateBranches',
  setting: 'upToDate',
  what: 'whether branches must be up to date before merging',
  effort: 'High',
  act: 'Require up-to-date branches',
  summary: 'Must a branch be up to date with its target before it is merged?',
  motivation:
    'Checks that passed on an old base say little about the merged result. Two harmless changes can break a safety property together.',
  implementation:
    'True when required status checks are strict in the classic rule or in a ruleset that lists at least one check.',
  yes: 'Only up-to-date branches are merged.',
  no: 'Outdated branches may be merged.',
  hidden: 'The token cannot see the setting, or no rule that could make it governs the branch.',
  steps: [
    'Require at least one status check and tick "Require branches to be up to date before merging", or use a merge queue.',
  ],
  example: {
    before: {
      rules: [{ type: 'required_status_checks', statusChecks: { strict: false, contexts: ['test'] } }],
    },
    after: {
      rules: [{ type: 'required_status_checks', statusChecks: { strict: true, contexts: ['test'] } }],
    },
  },
  judge: (settings, branch) => {
    if (settings.upToDate === null) return undefined;
    return settings.upToDate === true
      ? { outcome: 'True', message: `only up-to-date branches are merged into branch ${branch.name}` }
      : { outcome: 'False', message: `outdated branches may be merged into branch ${branch.name}` };
  },
});
