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

export const cases: readonly ProbeCase[] = [
  {
    name: 'none',
    evidence: { referenceLicenses: { licenses: [] } },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'the first approved one',
    evidence: { referenceLicenses: { licenses: [other, mit] } },
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
    evidence: { referenceLicenses: { licenses: [other] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the forge does not answer',
    evidence: { referenceLicenses: { licenses: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
];
