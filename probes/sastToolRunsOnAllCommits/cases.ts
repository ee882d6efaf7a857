import type { ProbeCase } from '../../src/core/index.ts';

const values = (analysed: number, merged: number) => ({
  totalPullRequestsAnalyzed: String(analysed),
  totalPullRequestsMerged: String(merged),
});

export const cases: readonly ProbeCase[] = [
  {
    name: 'no changes',
    evidence: { sastCoverage: { analysed: 0, merged: 0 } },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'all',
    evidence: { sastCoverage: { analysed: 3, merged: 3 } },
    findings: [{ outcome: 'True', values: values(3, 3) }],
  },
  {
    name: 'some',
    evidence: { sastCoverage: { analysed: 1, merged: 3 } },
    findings: [{ outcome: 'False', values: values(1, 3) }],
  },
];
