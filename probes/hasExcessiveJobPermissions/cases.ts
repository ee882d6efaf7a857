import type { ProbeCase } from '../../src/core/index.ts';
import { noPlaceCases, withPlaces } from '../placeCases.ts';

const path = '.github/workflows/a.yml';
const grant = { path, job: 'j', line: 6, scope: 'contents', verdict: 'true', idleJobs: ['j'] };

export const cases: readonly ProbeCase[] = [
  ...noPlaceCases('grants', grant),
  {
    name: 'of a job, and of all',
    evidence: withPlaces(
      'grants',
      grant,
      { ...grant, line: 3, job: undefined, scope: 'write-all', idleJobs: ['a', 'b'] },
      { ...grant, line: 9, verdict: 'false', reason: 'needed' },
    ),
    findings: [
      {
        outcome: 'True',
        message: 'job j may write contents, which no step needs',
        location: { path, type: 'source', lineStart: 6 },
        values: { tokenName: 'contents', jobs: 'j' },
      },
      {
        outcome: 'True',
        message: 'every job may write every scope: not needed by a, b',
        location: { path, type: 'source', lineStart: 3 },
        values: { tokenName: 'write-all', jobs: 'a b' },
      },
    ],
  },
];
