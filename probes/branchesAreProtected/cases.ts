import type { ProbeCase } from '../../src/core/index.ts';
import { branch, of, sharedCases } from '../branchCases.ts';

export const cases: readonly ProbeCase[] = [
  ...sharedCases({}),
  {
    name: 'no rule applies',
    evidence: of(branch({}, { protected: false })),
    findings: [{ outcome: 'False', values: { branchName: 'main' } }],
  },
  {
    name: 'a rule that demands nothing is a rule',
    evidence: of(branch({ allowDeletions: true, allowForcePushes: true })),
    findings: [{ outcome: 'True', values: { branchName: 'main' } }],
  },
];
