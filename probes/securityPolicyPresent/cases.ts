import type { ProbeCase } from '../../src/core/index.ts';

const policy = (size: number, ...hits: readonly (readonly [string, string])[]) => ({
  referencePolicy: {
    policy: {
      path: 'SECURITY.md',
      ofOrganisation: false,
      size,
      hits: hits.map(([type, match]) => ({ type, match, line: 1, offset: 0 })),
    },
  },
});
const location = { path: 'SECURITY.md', type: 'text', lineStart: 1 } as const;

export const cases: readonly ProbeCase[] = [
  { name: 'no policy', evidence: { referencePolicy: { policy: null } }, findings: [{ outcome: 'False' }] },
  {
    name: 'the organisation cannot be asked',
    evidence: { referencePolicy: { policy: null, failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
  { name: 'a policy', evidence: policy(1), findings: [{ outcome: 'True', location: location }] },
  {
    name: 'the policy of the organisation',
    evidence: {
      referencePolicy: {
        policy: { path: 'https://github.com/o/.github/SECURITY.md', ofOrganisation: true, size: 9, hits: [] },
      },
    },
    findings: [
      {
        outcome: 'True',
        location: { path: 'https://github.com/o/.github/SECURITY.md', type: 'url', lineStart: 1 },
      },
    ],
  },
];
