import type { CheckCase } from '../../src/core/index.ts';

/** Findings in the order of the check's probes: present, links, disclosure, text. */
const findings = (...answers: readonly boolean[]) =>
  [
    'securityPolicyPresent',
    'securityPolicyContainsLinks',
    'securityPolicyContainsVulnerabilityDisclosure',
    'securityPolicyContainsText',
  ].map((probe, index) => ({ probe, outcome: answers[index] ? ('True' as const) : ('False' as const) }));

export const cases: readonly CheckCase[] = [
  {
    name: 'all',
    findings: findings(true, true, true, true),
    score: 10,
    levels: ['Info', 'Info', 'Info', 'Info'],
  },
  { name: 'links and text', findings: findings(true, true, false, true), score: 9 },
  { name: 'links only', findings: findings(true, true, false, false), score: 6 },
  { name: 'text only', findings: findings(true, false, false, true), score: 3 },
  { name: 'text and disclosure', findings: findings(true, false, true, true), score: 4 },
  { name: 'empty policy', findings: findings(true, false, false, false), score: 0, reason: 'detected' },
  {
    name: 'no policy',
    findings: findings(false, false, false, false),
    score: 0,
    reason: 'no security policy',
    levels: ['Warn', 'Warn', 'Warn', 'Warn'],
  },
  { name: 'content without a policy', findings: findings(false, true, false, false), score: 'error' },
  {
    name: 'a private way to report without a policy',
    findings: findings(false, true, false, false),
    adopts: ['private-reporting'],
    score: 6,
    reason: 'a private way to report',
    levels: ['Warn', 'Info', 'Warn', 'Warn'],
  },
];
