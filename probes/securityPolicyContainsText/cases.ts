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
  {
    name: 'text beyond a link',
    evidence: policy(20, ['link', 'https://a.example']),
    findings: [{ outcome: 'True', location: location }],
  },
  {
    name: 'a link and a line end',
    evidence: policy(19, ['link', 'https://a.example']),
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the same link twice counts once',
    evidence: policy(34, ['link', 'https://a.example'], ['link', 'https://a.example']),
    findings: [{ outcome: 'True', location: location }],
  },
  { name: 'nothing', evidence: policy(1), findings: [{ outcome: 'False' }] },
];
