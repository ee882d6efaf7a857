import type { ProbeCase } from '../../src/core/index.ts';
import { location, policy, policyWith, sharedCases } from '../policyCases.ts';

const path = 'https://github.com/o/.github/SECURITY.md';

export const cases: readonly ProbeCase[] = [
  ...sharedCases,
  { name: 'a policy', evidence: policy(1), findings: [{ outcome: 'True', location }] },
  {
    name: 'the policy of the organisation',
    evidence: policyWith({ path, ofOrganisation: true }),
    findings: [{ outcome: 'True', location: { path, type: 'url', lineStart: 1 } }],
  },
];
