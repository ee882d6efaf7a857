import type { ProbeCase } from '../../src/core/index.ts';

const mit = {
  path: 'LICENSE-MIT',
  spdxId: 'MIT',
  name: 'MIT License',
  approved: true,
  source: 'builtinHeuristics',
};
const other = {
  path: 'LICENSE',
  spdxId: 'NOASSERTION',
  name: 'Other',
  approved: false,
  source: 'repositoryAPI',
};

const none = { byText: [], declared: [] };

export const cases: readonly ProbeCase[] = [
  {
    name: 'none',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [] } },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'the first approved one',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [other, mit] } },
    findings: [
      {
        outcome: 'True',
        message: 'approved licence: MIT License',
        location: { path: 'LICENSE-MIT', type: 'source', lineStart: 0 },
      },
    ],
  },
  {
    name: 'no approved one',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [other] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the forge does not answer',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
  {
    name: 'by text',
    adopts: ['by-text'],
    evidence: {
      referenceLicenses: { licenses: [other] },
      projectLicenses: { byText: [mit, { ...mit, name: 'ISC License' }], declared: [] },
    },
    findings: [{ outcome: 'True', message: 'approved licence: MIT License, ISC License' }],
  },
  {
    name: 'declared by the manifest beside an unknown text',
    adopts: ['declared-license'],
    evidence: {
      referenceLicenses: { licenses: [other] },
      projectLicenses: { byText: [], declared: [{ ...mit, path: 'package.json' }] },
    },
    findings: [{ outcome: 'True', location: { path: 'package.json', type: 'source', lineStart: 0 } }],
  },
];
