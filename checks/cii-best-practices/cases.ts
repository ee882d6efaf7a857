import type { CheckCase } from '../../src/core/index.ts';

const probe = 'hasOpenSSFBadge';
const badge = (badgeLevel: string) => [{ probe, outcome: 'True' as const, values: { badgeLevel } }];

export const cases: readonly CheckCase[] = [
  { name: 'gold', findings: badge('Gold'), score: 10, reason: 'badge detected: Gold' },
  { name: 'silver', findings: badge('Silver'), score: 7, reason: 'badge detected: Silver' },
  { name: 'passing', findings: badge('Passing'), score: 5, reason: 'badge detected: Passing' },
  { name: 'in progress', findings: badge('InProgress'), score: 2, reason: 'badge detected: InProgress' },
  { name: 'none', findings: [{ probe, outcome: 'False' }], score: 0 },
  { name: 'unknown', findings: badge('Unknown'), score: 'error' },
  { name: 'no level', findings: [{ probe, outcome: 'True' }], score: 'error' },
  { name: 'two findings', findings: [...badge('Gold'), ...badge('Gold')], score: 'error' },
];
