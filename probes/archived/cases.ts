import type { ProbeCase } from '../../src/core/index.ts';

export const cases: readonly ProbeCase[] = [
  { name: 'archived', evidence: { archivedFlag: { known: true } }, findings: [{ outcome: 'True' }] },
  { name: 'not archived', evidence: { archivedFlag: { known: false } }, findings: [{ outcome: 'False' }] },
  {
    name: 'not told at another commit',
    evidence: { archivedFlag: { unknown: 'unsupported', why: 'only known for the newest commit' } },
    cannotJudge: 'only known for the newest commit',
  },
];
