import type { CheckCase } from '../../src/core/index.ts';

const probe = 'contributorsFromOrgOrCompany';
const named = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    probe,
    outcome: 'True' as const,
    message: `org${index} stands behind contributors`,
  }));

export const cases: readonly CheckCase[] = [
  { name: 'none', findings: [{ probe, outcome: 'False' }], score: 0, levels: [] },
  { name: 'one', findings: named(1), score: 3, levels: ['Info'] },
  {
    name: 'two',
    findings: named(2),
    score: 6,
    reason: 'project has 2 contributing companies or organizations -- score normalized to 6',
  },
  { name: 'three', findings: named(3), score: 10 },
  { name: 'four', findings: named(4), score: 10, levels: ['Info'] },
];
