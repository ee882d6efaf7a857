import type { CheckCase } from '../../src/core/index.ts';

const probe = 'hasOSVVulnerabilities';
const found = (count: number) => Array.from({ length: count }, () => ({ probe, outcome: 'True' as const }));

export const cases: readonly CheckCase[] = [
  { name: 'none', findings: [{ probe, outcome: 'False' }], score: 10, reason: '0', levels: [] },
  { name: 'one', findings: found(1), score: 9, reason: '1', levels: ['Warn'] },
  { name: 'ten', findings: found(10), score: 0, reason: '10' },
  {
    name: 'nobody could be asked',
    findings: [{ probe, outcome: 'NotAvailable', message: 'no network' }],
    score: 'inconclusive',
    reason: 'no network',
  },
  { name: 'more than ten', findings: found(13), score: 0, reason: '13' },
];
