import type { ProbeCase } from '../../src/core/index.ts';

const silent = { packageProvenance: { unknown: 'failed', why: '503' } };

export const cases: readonly ProbeCase[] = [
  {
    name: 'no packages',
    evidence: { packageProvenance: { known: [] } },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'one finding per version, without place and values',
    evidence: { packageProvenance: { known: [true, false] } },
    findings: [
      { outcome: 'True', message: 'a package version has verified provenance' },
      { outcome: 'False', message: 'a package version has no verified provenance' },
    ],
  },
  { name: 'no answer, reference', evidence: silent, findings: [{ outcome: 'NotApplicable' }] },
  { name: 'no answer', evidence: silent, adopts: ['index-silent'], findings: [{ outcome: 'NotAvailable' }] },
];
