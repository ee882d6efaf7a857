import type { CheckCase, Outcome } from '../../src/core/index.ts';

const findings = (file: readonly Outcome[], approved: Outcome) => [
  ...file.map((outcome) => ({ probe: 'hasLicenseFile', outcome })),
  { probe: 'hasFSFOrOSIApprovedLicense', outcome: approved },
];

export const cases: readonly CheckCase[] = [
  { name: 'approved', findings: findings(['True'], 'True'), score: 10, levels: ['Info', 'Info'] },
  { name: 'file only', findings: findings(['True'], 'False'), score: 9, levels: ['Info', 'Warn'] },
  { name: 'several files count once', findings: findings(['True', 'True'], 'True'), score: 10 },
  { name: 'no file', findings: findings(['False'], 'NotApplicable'), score: 0, levels: ['Warn', 'Debug'] },
  { name: 'approved without a file', findings: findings(['False'], 'True'), score: 'error' },
];
