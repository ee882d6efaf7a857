import type { ProbeCase } from '../../src/core/index.ts';

const none = { policy: null };

const policy = (size: number, ...hits: readonly (readonly [string, string])[]) => ({
  bestPolicy: none,
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

/** Private vulnerability reporting is off unless a case says otherwise. */
const off = { privateReporting: { known: false } };
const on = { privateReporting: { known: true } };
const hidden = { privateReporting: { unknown: 'unsupported', why: 'a folder cannot tell' } };
const contact = { contact: 'private-reporting' };

const policyCases: readonly ProbeCase[] = [
  {
    name: 'no policy',
    evidence: { bestPolicy: none, referencePolicy: { policy: null } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the organisation cannot be asked',
    evidence: { bestPolicy: none, referencePolicy: { policy: null, failed: 'no answer' } },
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
    evidence: { bestPolicy: none, referencePolicy: { policy: null }, ...on },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'private reporting without a policy',
    evidence: { bestPolicy: none, referencePolicy: { policy: null }, ...on },
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
    evidence: { bestPolicy: none, referencePolicy: { policy: null }, ...hidden },
    adopts: ['private-reporting'],
    findings: [{ outcome: 'False' }],
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
          hits: [{ type: 'link', match: 'https://a.example', line: 1, offset: 0 }],
          meaning: { process: true },
        },
      },
      ...off,
    },
    findings: [{ outcome: 'True', location: { path: 'docs/SECURITY', type: 'text', lineStart: 1 } }],
  },
  {
    name: 'private reporting beside the best policy',
    evidence: { ...policy(1), ...on },
    adopts: ['private-reporting', 'best-policy'],
    findings: [{ outcome: 'True', values: contact }],
  },
  {
    name: 'a link alone is no private contact',
    adopts: ['private-contact'],
    evidence: { ...policy(40, ['link', 'https://a.example']), ...off },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a private contact',
    adopts: ['private-contact'],
    evidence: {
      ...off,
      bestPolicy: none,
      referencePolicy: {
        policy: { ...policy(40).referencePolicy.policy, meaning: { process: true, contact: 'a@b.org' } },
      },
    },
    findings: [
      { outcome: 'True', message: 'reports go to a@b.org', location, values: { contact: 'a@b.org' } },
    ],
  },
];
