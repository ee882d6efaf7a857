import type { ProbeCase } from '../../src/core/index.ts';

const none = { policy: null };
const silent = { unknown: 'unsupported', why: 'a folder cannot tell' };

const policy = (size: number, ...hits: readonly (readonly [string, string])[]) => ({
  bestPolicy: none,
  privateReporting: silent,
  referencePolicy: {
    policy: {
      meaning: { process: false },
      path: 'SECURITY.md',
      ofOrganisation: false,
      size,
      hits: hits.map(([type, match]) => ({ type, match, line: 1, offset: 0 })),
    },
  },
});
const location = { path: 'SECURITY.md', type: 'text', lineStart: 1 } as const;

export const cases: readonly ProbeCase[] = [
  { name: 'no policy', evidence: { ...policy(1), referencePolicy: none }, findings: [{ outcome: 'False' }] },
  {
    name: 'the organisation cannot be asked',
    evidence: { ...policy(1), referencePolicy: { policy: null, failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
  { name: 'a policy', evidence: policy(1), findings: [{ outcome: 'True', location: location }] },
  {
    name: 'the policy of the organisation',
    evidence: {
      ...policy(1),
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
  {
    name: 'a better policy in another place',
    adopts: ['best-policy'],
    evidence: {
      ...policy(1),
      bestPolicy: {
        policy: {
          path: 'docs/SECURITY',
          ofOrganisation: false,
          size: 80,
          hits: [
            { type: 'link', match: 'https://a.example', line: 1, offset: 0 },
            { type: 'text', match: 'vuln', line: 1, offset: 0 },
            { type: 'text', match: 'vuln', line: 2, offset: 0 },
          ],
          meaning: { process: true },
        },
      },
    },
    findings: [{ outcome: 'True', location: { path: 'docs/SECURITY', type: 'text', lineStart: 1 } }],
  },
  {
    name: 'no policy in any place',
    adopts: ['best-policy'],
    evidence: { ...policy(1), referencePolicy: { policy: null, failed: 'no answer' } },
    findings: [{ outcome: 'False' }],
  },
];
