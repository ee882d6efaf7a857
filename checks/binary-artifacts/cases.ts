import type { CheckCase } from '../../src/core/index.ts';

const probe = 'hasUnverifiedBinaryArtifacts';
const files = (count: number) => Array.from({ length: count }, () => ({ probe, outcome: 'True' as const }));

export const cases: readonly CheckCase[] = [
  { name: 'none', findings: [{ probe, outcome: 'False' }], score: 10, levels: [] },
  { name: 'one file', findings: files(1), score: 9, levels: ['Warn'] },
  { name: 'three files', findings: files(3), score: 7 },
  { name: 'ten files', findings: files(10), score: 0 },
  { name: 'twelve files', findings: files(12), score: 0 },
];
