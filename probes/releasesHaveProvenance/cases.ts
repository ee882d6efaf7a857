import type { ProbeCase } from '../../src/core/index.ts';
import { of, release, sharedCases } from '../releaseCases.ts';

const attested = (predicate: string) =>
  of([release('1', ['tool'])], [{ tag: '1', asset: 'tool', predicates: [predicate] }]);

export const cases: readonly ProbeCase[] = [
  ...sharedCases('.intoto.jsonl'),
  {
    name: 'a signature is no provenance',
    evidence: of([release('1', ['tool.sig'])]),
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'an attestation of another kind',
    evidence: attested('https://example/any'),
    adopts: ['forge-attestations'],
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'provenance the forge keeps',
    evidence: attested('https://slsa.dev/provenance/v1'),
    adopts: ['forge-attestations'],
    findings: [{ outcome: 'True', values: { releaseName: '1', assetName: 'tool', proof: 'attestation' } }],
  },
];
