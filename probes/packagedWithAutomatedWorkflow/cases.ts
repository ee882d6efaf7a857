import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/release.yml';
const found = (runs: readonly string[] | 'unsupported') => ({ path, line: 9, runs });
const error = { path: 'b.yml', line: 2, message: 'not YAML' };

export const cases: readonly ProbeCase[] = [
  {
    name: 'published',
    evidence: { packagingRuns: { asked: [found([]), found(['https://run/1'])] } },
    findings: [{ outcome: 'True', location: { path, type: 'source', lineStart: 9 } }],
  },
  {
    name: 'a folder cannot tell whether it ran',
    evidence: { packagingRuns: { asked: [found('unsupported')] } },
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'never ran',
    evidence: { packagingRuns: { asked: [found([])] } },
    findings: [{ outcome: 'False', message: `${path} would publish packages, but has no successful run` }],
  },
  { name: 'no packaging', evidence: { packagingRuns: { asked: [] } }, findings: [{ outcome: 'False' }] },
  {
    name: 'a broken file ends the reference view',
    evidence: { packagingRuns: { asked: [], error } },
    cannotJudge: 'b.yml cannot be judged',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: { packagingRuns: { asked: [found(['r'])], error } },
    adopts: 'all',
    findings: [{ outcome: 'Error' }, { outcome: 'True' }],
  },
];
