import type { CheckCase } from '../../src/core/index.ts';

const probe = 'dependencyUpdateToolConfigured';

export const cases: readonly CheckCase[] = [
  { name: 'a tool', findings: [{ probe, outcome: 'True' }], score: 10, levels: ['Info'] },
  { name: 'no tool', findings: [{ probe, outcome: 'False' }], score: 0, levels: ['Warn'] },
];
