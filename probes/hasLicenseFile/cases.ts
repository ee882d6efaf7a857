import type { ProbeCase } from '../../src/core/index.ts';

const mit = {
  path: 'LICENSE-MIT',
  spdxId: 'MIT',
  name: 'MIT License',
  approved: true,
  source: 'builtinHeuristics',
};

const none = { byText: [], declared: [] };

export const cases: readonly ProbeCase[] = [
  {
    name: 'none',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'one finding per licence, at line 0',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [mit, { ...mit, path: 'COPYING' }] } },
    findings: [
      { outcome: 'True', location: { path: 'LICENSE-MIT', type: 'source', lineStart: 0 } },
      { outcome: 'True', location: { path: 'COPYING', type: 'source', lineStart: 0 } },
    ],
  },
  {
    name: 'the forge does not answer',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
  {
    name: 'by text: one finding per file, several licences in one',
    adopts: ['by-text'],
    evidence: {
      referenceLicenses: { licenses: [{ ...mit, path: 'PATENTS' }], failed: 'no answer' },
      projectLicenses: {
        byText: [mit, { ...mit, spdxId: 'ISC' }, { ...mit, path: 'LICENSE.ISC' }],
        declared: [],
      },
    },
    findings: [
      {
        outcome: 'True',
        location: { path: 'LICENSE-MIT', type: 'source', lineStart: 0 },
        values: { spdxId: 'MIT, ISC' },
      },
      { outcome: 'True', location: { path: 'LICENSE.ISC', type: 'source', lineStart: 0 } },
    ],
  },
];
