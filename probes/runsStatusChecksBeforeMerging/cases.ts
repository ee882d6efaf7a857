import type { ProbeCase } from '../../src/core/index.ts';
import { branch, of, sharedCases } from '../branchCases.ts';

export const cases: readonly ProbeCase[] = [
  ...sharedCases({ contexts: ['unit'] }),
  {
    name: 'no check, whether hidden or absent',
    evidence: of(branch({})),
    findings: [{ outcome: 'False', values: { branchName: 'main' } }],
  },
  {
    name: 'the rule it comes from',
    evidence: of(branch({ contexts: ['unit'] }, { sources: { contexts: 'ruleset guard' } })),
    adopts: ['setting-source'],
    findings: [{ outcome: 'True', values: { branchName: 'main', source: 'ruleset guard' } }],
  },
];
