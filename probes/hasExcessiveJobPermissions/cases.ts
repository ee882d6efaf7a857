import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const workflow = { path, hasCommands: true };
const place = { path, job: 'j', line: 6, scope: 'contents', verdict: 'true', idleJobs: ['j'] };

export const cases: readonly ProbeCase[] = [
  {
    name: 'no workflows',
    evidence: { workflows: [], grants: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'nothing of the kind',
    evidence: { workflows: [workflow], grants: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a workflow that cannot be read',
    evidence: {
      workflows: [workflow, { path: 'b.yml', hasCommands: true, error: { line: 3, message: 'not YAML' } }],
      grants: [place],
    },
    findings: [
      { outcome: 'Error', location: { path: 'b.yml', type: 'source', lineStart: 3 } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'of a job, and of all',
    evidence: {
      workflows: [workflow],
      grants: [
        place,
        { ...place, line: 3, job: undefined, scope: 'write-all', idleJobs: ['a', 'b'] },
        { ...place, line: 9, verdict: 'false', reason: 'needed' },
      ],
    },
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
