import type { ProbeCase } from '../../src/core/index.ts';

const asset = { name: 'tool.cdx.json', url: 'https://forge.example/tool.cdx.json' };

export const cases: readonly ProbeCase[] = [
  {
    name: 'none',
    evidence: { releaseSboms: { sboms: [] }, sbomFiles: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'releases first, then files',
    evidence: { releaseSboms: { sboms: [asset] }, sbomFiles: [{ path: 'a.spdx' }] },
    findings: [
      { outcome: 'True', location: { path: asset.url, type: 'url', lineStart: 0 } },
      { outcome: 'True', location: { path: 'a.spdx', type: 'source', lineStart: 0 } },
    ],
  },
  {
    name: 'the releases cannot be listed',
    evidence: { releaseSboms: { sboms: [], failed: 'no answer' }, sbomFiles: [] },
    cannotJudge: 'no answer',
  },
];
