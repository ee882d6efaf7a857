import type { ProbeCase } from '../../src/core/index.ts';

const created = (time: string) => ({ createdAt: { known: time } });
const values = { lookBackDays: '90' };

export const cases: readonly ProbeCase[] = [
  { name: 'yesterday', evidence: created('2025-12-31T00:00:00Z'), findings: [{ outcome: 'True', values }] },
  {
    name: 'a second inside',
    evidence: created('2025-10-03T00:00:01Z'),
    findings: [{ outcome: 'True', values }],
  },
  {
    name: 'at the edge',
    evidence: created('2025-10-03T00:00:00Z'),
    findings: [{ outcome: 'False', values }],
  },
  { name: 'years ago', evidence: created('2019-01-01T00:00:00Z'), findings: [{ outcome: 'False', values }] },
  {
    name: 'not known',
    evidence: { createdAt: { unknown: 'failed', why: 'timeout' } },
    cannotJudge: 'timeout',
  },
];
