import type { ProbeCase } from '../../src/core/index.ts';

const asset = { name: 'tool.cdx.json', url: 'https://forge.example/tool.cdx.json' };

export const cases: readonly ProbeCase[] = [
  { name: 'none', evidence: { releaseSboms: { sboms: [] } }, findings: [{ outcome: 'False' }] },
  {
    name: 'one finding per release',
    evidence: { releaseSboms: { sboms: [asset] } },
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
    evidence: { releaseSboms: { sboms: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
];
