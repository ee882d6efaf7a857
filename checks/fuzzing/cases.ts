import type { CheckCase } from '../../src/core/index.ts';

const probe = 'fuzzed';

export const cases: readonly CheckCase[] = [
  {
    name: 'fuzzed',
    findings: [
      { probe, outcome: 'True' },
      { probe, outcome: 'True' },
    ],
    score: 10,
    levels: ['Info', 'Info'],
  },
  { name: 'not fuzzed', findings: [{ probe, outcome: 'False' }], score: 0, levels: ['Warn'] },
];
