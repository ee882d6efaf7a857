import type { ProbeCase } from '../../src/core/index.ts';

const asset = { name: 'tool.cdx.json', url: 'https://forge.example/tool.cdx.json' };

export const cases: readonly ProbeCase[] = [
  { name: 'none', evidence: { releaseSboms: { sboms: [], latest: [] } }, findings: [{ outcome: 'False' }] },
  {
    name: 'one finding per release',
    evidence: { releaseSboms: { sboms: [asset], latest: [] } },
    findings: [
      {
        outcome: 'True',
        location: { path: asset.url, type: 'url', lineStart: 0 },
        values: { assetName: asset.name, assetURL: asset.url },
      },
    ],
  },
  {
    name: 'the releases cannot be listed',
    evidence: { releaseSboms: { sboms: [], latest: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
  {
    name: 'signatures are no documents',
    adopts: ['sbom-documents'],
    evidence: {
      releaseSboms: { sboms: [asset, { ...asset, name: 'a.spdx.json.sig' }], latest: [] },
    },
    findings: [{ outcome: 'True', location: { path: asset.url, type: 'url', lineStart: 0 } }],
  },
  {
    name: 'an older release',
    adopts: ['latest-release'],
    evidence: { releaseSboms: { sboms: [asset], latest: [] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the latest release',
    adopts: ['latest-release'],
    evidence: { releaseSboms: { sboms: [asset], latest: [asset] } },
    findings: [{ outcome: 'True' }],
  },
];
