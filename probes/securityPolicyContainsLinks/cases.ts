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

/** Private vulnerability reporting is off unless a case says otherwise. */
const off = { privateReporting: { known: false } };
const on = { privateReporting: { known: true } };
const hidden = { privateReporting: { unknown: 'unsupported', why: 'a folder cannot tell' } };
const contact = { contact: 'private-reporting' };

const policyCases: readonly ProbeCase[] = [
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

export const cases: readonly ProbeCase[] = [
  ...policyCases.map((one): ProbeCase => ({ ...one, evidence: { ...one.evidence, ...off } })),
  {
    name: 'private reporting is nothing to the reference',
    evidence: { referencePolicy: { policy: null }, ...on },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'private reporting without a policy',
    evidence: { referencePolicy: { policy: null }, ...on },
    adopts: ['private-reporting'],
    findings: [{ outcome: 'True', values: contact }],
  },
  {
    name: 'private reporting beside a policy without a link',
    evidence: { ...policy(40, ['text', 'vuln']), ...on },
    adopts: ['private-reporting'],
    findings: [{ outcome: 'True', location, values: contact }],
  },
  {
    name: 'a source that does not tell',
    evidence: { referencePolicy: { policy: null }, ...hidden },
    adopts: ['private-reporting'],
    findings: [{ outcome: 'False' }],
  },
];
