import type { ProbeCase } from '../../src/core/index.ts';

const level = (known: string) => ({ badge: { known } });
const at = (badgeLevel: string) => [{ outcome: 'True' as const, values: { badgeLevel } }];

export const cases: readonly ProbeCase[] = [
  { name: 'gold', evidence: level('gold'), findings: at('Gold') },
  { name: 'silver', evidence: level('silver'), findings: at('Silver') },
  { name: 'passing', evidence: level('passing'), findings: at('Passing') },
  { name: 'in progress', evidence: level('in_progress'), findings: at('InProgress') },
  {
    name: 'the first word that fits counts',
    evidence: level('gold_in_progress'),
    findings: at('InProgress'),
  },
  { name: 'not registered', evidence: level('not_found'), findings: [{ outcome: 'False' }] },
  { name: 'an unknown level', evidence: level('platinum'), cannotJudge: 'platinum' },
  {
    name: 'the service does not answer',
    evidence: { badge: { unknown: 'failed', why: '503' } },
    cannotJudge: '503',
  },
];
