import type { ProbeCase } from '../../src/core/index.ts';

const of = (spdxId: string, path = 'LICENSE') => ({
  path,
  spdxId,
  name: `${spdxId} by name`,
  approved: true,
  source: 'builtinHeuristics',
});

export const cases: readonly ProbeCase[] = [
  { name: 'none', evidence: { referenceLicenses: { licenses: [] } }, findings: [{ outcome: 'False' }] },
  {
    name: 'the first permissive one',
    evidence: { referenceLicenses: { licenses: [of('GPL-3.0-only'), of('ISC', 'LICENSE-ISC')] } },
    findings: [
      {
        outcome: 'True',
        message: 'ISC by name',
        location: { path: 'LICENSE-ISC', type: 'source', lineStart: 0, lineEnd: 0, snippet: '' },
      },
    ],
  },
  {
    name: 'no permissive one',
    evidence: { referenceLicenses: { licenses: [of('MPL-2.0')] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'ids are compared letter by letter',
    evidence: { referenceLicenses: { licenses: [of('UNLICENSE')] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the forge does not answer',
    evidence: { referenceLicenses: { licenses: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
];
