import type { ProbeCase } from '../../src/core/index.ts';
import { of, release, sharedCases } from '../releaseCases.ts';

const attested = of(
  [release('1', ['tool'])],
  [{ tag: '1', asset: 'tool', predicates: ['https://example/any'] }],
);
const fixed = of([release('1', ['tool'], { immutable: true })]);

export const cases: readonly ProbeCase[] = [
  ...sharedCases('.sig'),
  ...['.asc', '.minisig', '.sign', '.sigstore', '.sigstore.json'].map(
    (ending): ProbeCase => ({
      name: ending,
      evidence: of([release('1', [`tool${ending}`])]),
      findings: [{ outcome: 'True' }],
    }),
  ),
  {
    name: 'provenance is no signature',
    evidence: of([release('1', ['tool.intoto.jsonl'])]),
    findings: [{ outcome: 'False' }],
  },
  { name: 'an attestation, reference', evidence: attested, findings: [{ outcome: 'False' }] },
  {
    name: 'an attestation',
    evidence: attested,
    adopts: ['forge-attestations'],
    findings: [{ outcome: 'True', values: { releaseName: '1', assetName: 'tool', proof: 'attestation' } }],
  },
  { name: 'immutable, reference', evidence: fixed, findings: [{ outcome: 'False' }] },
  {
    name: 'immutable',
    evidence: fixed,
    adopts: ['immutable-releases'],
    findings: [{ outcome: 'True', values: { releaseName: '1', assetName: 'tool', proof: 'immutable' } }],
  },
];
