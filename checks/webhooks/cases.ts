import type { CheckCase } from '../../src/core/index.ts';

const probe = 'webhooksUseSecrets';
const hooks = (withSecret: number, total: number) =>
  Array.from({ length: total }, (_, index) => ({
    probe,
    outcome: index < withSecret ? ('True' as const) : ('False' as const),
  }));

export const cases: readonly CheckCase[] = [
  {
    name: 'no webhooks',
    findings: [{ probe, outcome: 'NotApplicable' }],
    score: 10,
    reason: 'project does not have webhook',
  },
  { name: 'all', findings: hooks(2, 2), score: 10 },
  { name: 'none', findings: hooks(0, 3), score: 0, levels: [] },
  { name: '1 of 2', findings: hooks(1, 2), score: 5, reason: '-- score normalized to 5' },
  { name: '3 of 5', findings: hooks(3, 5), score: 6 },
  { name: '2 of 3', findings: hooks(2, 3), score: 6 },
  { name: '11 of 12', findings: hooks(11, 12), score: 9 },
  { name: 'each is told', findings: hooks(1, 2), adopts: 'all', score: 5, levels: ['Info', 'Warn'] },
  {
    name: 'no rights',
    findings: [{ probe, outcome: 'NotAvailable', message: 'not listed' }],
    adopts: 'all',
    score: 'inconclusive',
    reason: 'not listed',
    levels: ['Warn'],
  },
];
