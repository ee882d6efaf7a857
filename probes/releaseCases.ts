/** Builders and shared cases of the release probes. */
import type { ProbeCase, Release } from '../src/core/index.ts';

export const release = (tag: string, names: readonly string[], more: Partial<Release> = {}): Release => ({
  tag,
  target: 'main',
  htmlUrl: `https://example/releases/tag/${tag}`,
  apiUrl: `https://api.example/releases/${tag}`,
  publishedAt: '2025-12-01T00:00:00Z',
  draft: false,
  prerelease: false,
  assets: names.map((name) => ({ name, url: '' })),
  ...more,
});

export const of = (releases: readonly Release[], proofs: readonly object[] = []) => ({
  releases: { known: releases },
  releaseProofs: { known: proofs },
});

/** Cases both probes have; `ending` is one that counts. */
export function sharedCases(ending: string): ProbeCase[] {
  const good = `tool.tar.gz${ending}`;
  const plain = ['tool.tar.gz'];
  const six = ['6', '5', '4', '3', '2', '1'].map((tag) => release(tag, plain));
  const draft = [release('draft', plain, { draft: true }), release('1', [good])];
  const sbom = [release('2', ['tool.spdx.json']), release('1', plain)];
  return [
    { name: 'no releases', evidence: of([]), findings: [{ outcome: 'NotApplicable' }] },
    { name: 'no files', evidence: of([release('1', [])]), findings: [{ outcome: 'NotApplicable' }] },
    {
      name: 'a proof',
      evidence: of([release('1', ['tool.tar.gz', good, `other${ending}`])]),
      findings: [
        {
          outcome: 'True',
          location: { path: 'https://example/releases/tag/1', type: 'url' },
          values: { releaseName: '1', assetName: good },
        },
      ],
    },
    {
      name: 'none',
      evidence: of([release('1', plain)]),
      findings: [
        {
          outcome: 'False',
          location: { path: 'https://api.example/releases/1', type: 'url' },
          values: { releaseName: '1' },
        },
      ],
    },
    {
      name: 'endings are compared with their case',
      evidence: of([release('1', [good.toUpperCase()])]),
      findings: [{ outcome: 'False' }],
    },
    {
      name: 'five releases at most',
      evidence: of(six),
      findings: ['6', '5', '4', '3', '2'].map((releaseName) => ({
        outcome: 'False',
        values: { releaseName },
      })),
    },
    {
      name: 'a release without files uses up its place',
      evidence: of([release('7', []), ...six]),
      findings: ['6', '5', '4', '3'].map((releaseName) => ({ outcome: 'False', values: { releaseName } })),
    },
    {
      name: 'releases that cannot be listed',
      evidence: { ...of([]), releases: { unknown: 'failed', why: '502' } },
      cannotJudge: 'releases: 502',
    },
    {
      name: 'a draft, reference',
      evidence: of(draft),
      findings: [{ outcome: 'False' }, { outcome: 'True' }],
    },
    {
      name: 'a draft',
      evidence: of(draft),
      adopts: ['published-releases'],
      findings: [{ outcome: 'True', values: { releaseName: '1' } }],
    },
    {
      name: 'nothing but an SBOM',
      evidence: of(sbom),
      adopts: ['something-to-sign'],
      findings: [{ outcome: 'False', values: { releaseName: '1' } }],
    },
    {
      name: 'checksums and texts describe',
      evidence: of([release('2', ['SHA256SUMS.txt', 'tool.sha256', 'notes.md']), release('1', plain)]),
      adopts: ['something-to-sign'],
      findings: [{ outcome: 'False', values: { releaseName: '1' } }],
    },
    {
      name: 'a proof of the source archive needs no other file',
      evidence: of([release('1', [good])]),
      adopts: ['something-to-sign'],
      findings: [{ outcome: 'True' }],
    },
    {
      name: 'attestations that cannot be read prove nothing',
      evidence: { ...of([release('1', plain)]), releaseProofs: { unknown: 'failed', why: '502' } },
      adopts: 'all',
      findings: [{ outcome: 'False' }],
    },
  ];
}
