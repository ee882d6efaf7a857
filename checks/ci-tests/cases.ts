import type { CheckCase } from '../../src/core/index.ts';

const probe = 'testsRunInCI';
const tested = (yes: number, total: number) =>
  Array.from({ length: total }, (_, index) => ({
    probe,
    outcome: index < yes ? ('True' as const) : ('False' as const),
  }));

export const cases: readonly CheckCase[] = [
  { name: 'one of one', findings: tested(1, 1), score: 10, levels: ['Debug'] },
  {
    name: '3 of 4',
    findings: tested(3, 4),
    score: 7,
    reason: '3 out of 4 merged PRs checked by a CI test -- score normalized to 7',
  },
  { name: '3 of 12', findings: tested(3, 12), score: 2 },
  { name: 'none', findings: tested(0, 5), score: 0 },
  {
    name: 'direct commits too',
    findings: tested(1, 2),
    adopts: 'all',
    score: 5,
    reason: '1 out of 2 changes checked',
  },
  {
    name: 'no pull requests',
    findings: [{ probe, outcome: 'NotApplicable' }],
    score: 'inconclusive',
    reason: 'no pull request found',
  },
  {
    name: 'no rights',
    findings: [{ probe, outcome: 'NotAvailable', message: 'forbidden' }],
    adopts: 'all',
    score: 'inconclusive',
    reason: 'forbidden',
    levels: ['Warn'],
  },
];
