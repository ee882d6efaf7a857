import type { ProbeCase } from '../../src/core/index.ts';

const asset = { name: 'tool.cdx.json', url: 'https://forge.example/tool.cdx.json' };

export const cases: readonly ProbeCase[] = [
  {
    name: 'none',
    evidence: { releaseSboms: { sboms: [], latest: [] }, sbomFiles: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'releases first, then files',
    evidence: { releaseSboms: { sboms: [asset], latest: [] }, sbomFiles: [{ path: 'a.spdx' }] },
    findings: [
      { outcome: 'True', location: { path: asset.url, type: 'url', lineStart: 0 } },
      { outcome: 'True', location: { path: 'a.spdx', type: 'source', lineStart: 0 } },
    ],
  },
  {
    name: 'the releases cannot be listed',
    evidence: { releaseSboms: { sboms: [], latest: [], failed: 'no answer' }, sbomFiles: [] },
    cannotJudge: 'no answer',
  },
  {
    name: 'signatures are no documents',
    adopts: ['sbom-documents'],
    evidence: {
      releaseSboms: { sboms: [asset, { ...asset, name: 'a.spdx.json.sig' }], latest: [] },
      sbomFiles: [{ path: 'bom.json', beyond: true, format: 'CycloneDX' }, { path: 'a.spdx.sig' }],
    },
    findings: [
      { outcome: 'True', location: { path: asset.url, type: 'url', lineStart: 0 } },
      { outcome: 'True', location: { path: 'bom.json', type: 'source', lineStart: 0 } },
    ],
  },
  {
    name: 'an older release',
    adopts: ['latest-release'],
    evidence: { releaseSboms: { sboms: [asset], latest: [] }, sbomFiles: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the latest release',
    adopts: ['latest-release'],
    evidence: { releaseSboms: { sboms: [asset], latest: [asset] }, sbomFiles: [] },
    findings: [{ outcome: 'True' }],
  },
];
