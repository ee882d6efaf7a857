import type { ProbeCase } from '../../src/core/index.ts';
import { location, noPolicy, policy, policyWith, sharedCases } from '../policyCases.ts';

const on = { privateReporting: { known: true } };
const hidden = { privateReporting: { unknown: 'unsupported', why: 'a folder cannot tell' } };
const contact = { contact: 'private-reporting' };

export const cases: readonly ProbeCase[] = [
  ...sharedCases,
  {
    name: 'a link',
    evidence: policy(40, ['link', 'https://a.example']),
    findings: [{ outcome: 'True', location }],
  },
  {
    name: 'an address',
    evidence: policy(40, ['email', 'a@b.example']),
    findings: [{ outcome: 'True', location }],
  },
  { name: 'neither', evidence: policy(40, ['text', 'vuln']), findings: [{ outcome: 'False' }] },
  {
    name: 'private reporting is nothing to the reference',
    evidence: { ...noPolicy, ...on },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'private reporting without a policy',
    evidence: { ...noPolicy, ...on },
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
    evidence: { ...noPolicy, ...hidden },
    adopts: ['private-reporting'],
    findings: [{ outcome: 'False' }],
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
    evidence: policy(40, ['link', 'https://a.example']),
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a private contact',
    adopts: ['private-contact'],
    evidence: policyWith({ meaning: { process: true, contact: 'a@b.org' } }),
    findings: [
      { outcome: 'True', message: 'reports go to a@b.org', location, values: { contact: 'a@b.org' } },
    ],
  },
];
