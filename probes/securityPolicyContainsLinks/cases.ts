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
    name: 'a link',
    evidence: policy(40, ['link', 'https://a.example']),
    findings: [{ outcome: 'True', location: location }],
  },
  {
    name: 'an address',
    evidence: policy(40, ['email', 'a@b.example']),
    findings: [{ outcome: 'True', location: location }],
  },
  { name: 'neither', evidence: policy(40, ['text', 'vuln']), findings: [{ outcome: 'False' }] },
];
