import type { CheckCase, Outcome } from '../../src/core/index.ts';

const findings = (any: Outcome, release: Outcome) => [
  { probe: 'hasSBOM', outcome: any },
  { probe: 'hasReleaseSBOM', outcome: release },
];

export const cases: readonly CheckCase[] = [
  { name: 'with a release', findings: findings('True', 'True'), score: 10, levels: ['Info', 'Info'] },
  { name: 'in the repository', findings: findings('True', 'False'), score: 5, levels: ['Info', 'Warn'] },
  { name: 'none', findings: findings('False', 'False'), score: 0, levels: ['Warn', 'Warn'] },
];
