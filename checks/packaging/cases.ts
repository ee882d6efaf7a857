import type { CheckCase } from '../../src/core/index.ts';

const probe = 'packagedWithAutomatedWorkflow';

export const cases: readonly CheckCase[] = [
  { name: 'published', findings: [{ probe, outcome: 'True' }], score: 10, levels: ['Info'] },
  { name: 'not found', findings: [{ probe, outcome: 'False' }], score: 'inconclusive', levels: ['Warn'] },
];
