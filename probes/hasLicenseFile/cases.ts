import type { ProbeCase } from '../../src/core/index.ts';

const mit = {
  path: 'LICENSE-MIT',
  spdxId: 'MIT',
  name: 'MIT License',
  approved: true,
  source: 'builtinHeuristics',
};

export const cases: readonly ProbeCase[] = [
  { name: 'none', evidence: { referenceLicenses: { licenses: [] } }, findings: [{ outcome: 'False' }] },
  {
    name: 'one finding per licence, at line 0',
    evidence: { referenceLicenses: { licenses: [mit, { ...mit, path: 'COPYING' }] } },
    findings: [
      { outcome: 'True', location: { path: 'LICENSE-MIT', type: 'source', lineStart: 0 } },
      { outcome: 'True', location: { path: 'COPYING', type: 'source', lineStart: 0 } },
    ],
  },
  {
    name: 'the forge does not answer',
    evidence: { referenceLicenses: { licenses: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
];
