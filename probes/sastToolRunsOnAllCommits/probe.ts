import { defineProbe, no, notApplicable, yes } from '../../src/core/index.ts';
import { sastCoverage } from '../../src/evidence/sastCoverage.ts';

export const sastToolRunsOnAllCommits = defineProbe({
  id: 'sastToolRunsOnAllCommits',
  lifecycle: 'experimental',
  summary: 'Was every recent merged change analysed?',
  motivation: 'An analyser that only sometimes runs lets flaws through on the changes it misses.',
  implementation:
    'Looks at the check runs of the pull requests behind recent commits for a successful run of a known analysis service.',
  outcomes: {
    True: 'All merged changes were analysed.',
    False: 'Some were not.',
    NotApplicable: 'No merged pull request is among the recent commits.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    steps: ['Let the analyser run on every pull request, and require its result before merging.'],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { sastCoverage },
  run: ({ sastCoverage: { analysed, merged } }) => {
    if (merged === 0) return [notApplicable('no merged pull request was found')];
    const values = { totalPullRequestsAnalyzed: String(analysed), totalPullRequestsMerged: String(merged) };
    return analysed === merged
      ? [yes(`all ${merged} merged changes were analysed`, { values })]
      : // The reference loses the remediation of this finding (file-checks 9.2).
        [no(`${analysed} of ${merged} merged changes were analysed`, { values, remediated: false })];
  },
});
