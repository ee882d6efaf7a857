import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const hit = { job: 'j', line: 6, snippet: ' github.head_ref ' };

export const cases: readonly ProbeCase[] = [
  { name: 'no workflows', evidence: { injections: [] }, findings: [{ outcome: 'NotApplicable' }] },
  {
    name: 'nothing spliced',
    evidence: { injections: [{ path, hits: [] }] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'two expressions',
    evidence: { injections: [{ path, hits: [hit, hit] }] },
    findings: [
      { outcome: 'True', location: { path, type: 'source', lineStart: 6, snippet: ' github.head_ref ' } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'one broken file ends the reference view',
    evidence: {
      injections: [
        { path, hits: [hit] },
        { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } },
      ],
    },
    cannotJudge: 'b.yml cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: {
      injections: [
        { path, hits: [hit] },
        { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } },
      ],
    },
    adopts: ['one-file'],
    findings: [
      { outcome: 'Error', location: { path: 'b.yml', type: 'source', lineStart: 3 } },
      { outcome: 'True' },
    ],
  },
];
