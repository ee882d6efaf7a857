import { defineBranchProbe } from '../branchProbe.ts';

export const runsStatusChecksBeforeMerging = defineBranchProbe({
  id: 'runsStatusChecksBeforeMerging',
  setting: 'contexts',
  what: 'the required status checks',
  effort: 'Medium',
  act: 'Require status checks',
  summary: 'Must status checks pass before a change is merged?',
  motivation:
    'Tests and scanners help only if a change that fails them stays out. A required check makes that a rule instead of a habit.',
  implementation: 'True when the classic rule or a ruleset names at least one required status check.',
  yes: 'At least one status check is required.',
  no: 'No status check is required.',
  hidden: 'Assay view only: the token cannot see branches at all.',
  steps: [
    'In the branch ruleset tick "Require status checks to pass" and add the jobs that build and test a change.',
  ],
  example: {
    before: { rules: [{ type: 'deletion' }] },
    after: {
      rules: [
        { type: 'deletion' },
        { type: 'required_status_checks', statusChecks: { strict: true, contexts: ['test'] } },
      ],
    },
  },
  judge: ({ contexts }, branch) =>
    contexts.length > 0
      ? { outcome: 'True', message: `branch ${branch.name} requires the checks ${shown(contexts)}` }
      : { outcome: 'False', message: `branch ${branch.name} requires no status check` },
});

function shown(contexts: readonly string[]): string {
  const some = contexts.slice(0, 5).join(', ');
  return contexts.length > 5 ? `${some} and ${contexts.length - 5} more` : some;
}
