import type { ProbeCase } from '../../src/core/index.ts';
import { branch, of, secondPersonCases, settingCases } from '../branchCases.ts';

export const cases: readonly ProbeCase[] = [
  ...settingCases('reviewCount', { met: 1, unmet: 0 }),
  ...secondPersonCases('reviewCount', 0),
  {
    name: 'the number is given',
    evidence: of(branch({ reviewCount: 2 })),
    findings: [{ outcome: 'True', values: { branchName: 'main', numberOfRequiredReviewers: '2' } }],
  },
  {
    name: 'none asked for: the number is given too, without remediation as in the reference',
    evidence: of(branch({ reviewCount: 0 })),
    findings: [
      {
        outcome: 'False',
        values: { branchName: 'main', numberOfRequiredReviewers: '0' },
        remediated: false,
      },
    ],
  },
  {
    name: 'an impossible number',
    evidence: of(branch({ reviewCount: -1 })),
    cannotJudge: '-1 approvals',
  },
];
