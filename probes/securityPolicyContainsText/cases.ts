import type { ProbeCase } from '../../src/core/index.ts';
import { location, policy, sharedCases } from '../policyCases.ts';

export const cases: readonly ProbeCase[] = [
  ...sharedCases,
  {
    name: 'text beyond a link',
    evidence: policy(20, ['link', 'https://a.example']),
    findings: [{ outcome: 'True', location }],
  },
  {
    name: 'a link and a line end',
    evidence: policy(19, ['link', 'https://a.example']),
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the same link twice counts once',
    evidence: policy(34, ['link', 'https://a.example'], ['link', 'https://a.example']),
    findings: [{ outcome: 'True', location }],
  },
  { name: 'nothing', evidence: policy(1), findings: [{ outcome: 'False' }] },
];
