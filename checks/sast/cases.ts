import type { CheckCase } from '../../src/core/index.ts';

const tool = (name: string) => ({
  probe: 'sastToolConfigured',
  outcome: 'True' as const,
  values: { tool: name },
});
const told = (name: string, kind: string, run = 'ci') => ({
  ...tool(name),
  values: { tool: name, kind, runs: run },
});
const none = { probe: 'sastToolConfigured', outcome: 'False' as const };
const runs = (analysed: number, merged: number) => ({
  probe: 'sastToolRunsOnAllCommits',
  outcome: analysed === merged ? ('True' as const) : ('False' as const),
  values: { totalPullRequestsAnalyzed: String(analysed), totalPullRequestsMerged: String(merged) },
});
const unseen = { probe: 'sastToolRunsOnAllCommits', outcome: 'NotApplicable' as const };

/** Reference: file-checks 9.3, row by row. */
export const cases: readonly CheckCase[] = [
  {
    name: 'another tool',
    findings: [tool('CodeQL'), tool('Sonar'), runs(0, 5)],
    score: 10,
    levels: ['Info', 'Info', 'Warn'],
  },
  { name: 'all analysed', findings: [none, runs(5, 5)], score: 10, levels: ['Info'] },
  { name: 'half analysed', findings: [none, runs(1, 2)], score: 5, reason: 'score normalized to 5' },
  { name: 'none analysed, CodeQL', findings: [tool('CodeQL'), runs(0, 5)], score: 7 },
  { name: 'nine tenths, CodeQL', findings: [tool('CodeQL'), runs(9, 10)], score: 9 },
  { name: 'CodeQL, no changes', findings: [tool('CodeQL'), unseen], score: 10, levels: ['Info', 'Warn'] },
  { name: 'nothing', findings: [none, unseen], score: 0, levels: ['Warn'] },
  {
    name: 'a linter and an analyser of code',
    findings: [told('ESLint', 'general'), told('Semgrep', 'code'), runs(0, 5)],
    score: 10,
    levels: ['Info', 'Info', 'Warn'],
  },
  { name: 'CodeQL told apart, half', findings: [told('CodeQL', 'code'), runs(1, 2)], score: 8 },
  { name: 'CodeQL told apart, no changes', findings: [told('CodeQL', 'code'), unseen], score: 10 },
  { name: 'only set up', findings: [told('Sonar', 'code', 'configured'), unseen], score: 7 },
  {
    name: 'only set up, all analysed',
    findings: [told('Sonar', 'code', 'configured'), runs(5, 5)],
    score: 10,
  },
  {
    name: 'general analysis only',
    findings: [told('ESLint', 'general'), runs(0, 5)],
    score: 3,
    reason: 'no tool looks for weaknesses',
  },
  { name: 'workflows only', findings: [told('zizmor', 'workflow'), unseen], score: 0 },
];
