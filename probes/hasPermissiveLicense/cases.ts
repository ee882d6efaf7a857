import type { ProbeCase } from '../../src/core/index.ts';

const of = (spdxId: string, path = 'LICENSE') => ({
  path,
  spdxId,
  name: `${spdxId} by name`,
  approved: true,
  source: 'builtinHeuristics',
});

const none = { byText: [], declared: [] };

export const cases: readonly ProbeCase[] = [
  {
    name: 'none',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the first permissive one',
    evidence: {
      projectLicenses: none,
      referenceLicenses: { licenses: [of('GPL-3.0-only'), of('ISC', 'LICENSE-ISC')] },
    },
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
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [of('MPL-2.0')] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'ids are compared letter by letter',
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [of('UNLICENSE')] } },
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
      referenceLicenses: { licenses: [of('NOASSERTION')] },
      projectLicenses: { byText: [of('MIT')], declared: [] },
    },
    findings: [{ outcome: 'True', message: 'MIT by name' }],
  },
  {
    name: 'more permissive licences',
    adopts: ['more-permissive'],
    evidence: { projectLicenses: none, referenceLicenses: { licenses: [of('bsl-1.0')] } },
    findings: [{ outcome: 'True', message: 'bsl-1.0 by name' }],
  },
];
