import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/release.yml';
const found = (runs: readonly string[] | 'unsupported') => ({ path, line: 9, runs });
const error = { path: 'b.yml', line: 2, message: 'not YAML' };

const npm = { path, job: 'j', line: 12, by: 'npm publish', what: 'npm', isCalled: false };

export const cases: readonly ProbeCase[] = [
  {
    name: 'published',
    evidence: { publishers: [], packagingRuns: { asked: [found([]), found(['https://run/1'])] } },
    findings: [{ outcome: 'True', location: { path, type: 'source', lineStart: 9 } }],
  },
  {
    name: 'a folder cannot tell whether it ran',
    evidence: { publishers: [], packagingRuns: { asked: [found('unsupported')] } },
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'a pipeline of GitLab in a folder',
    evidence: {
      publishers: [],
      packagingRuns: { asked: [found('unsupported')], pipeline: { path: 'ci.yaml', line: 3 } },
    },
    findings: [
      { outcome: 'True', location: { path, type: 'source', lineStart: 9 } },
      { outcome: 'True', location: { path: 'ci.yaml', type: 'source', lineStart: 3 } },
    ],
  },
  {
    name: 'never ran',
    evidence: { publishers: [], packagingRuns: { asked: [found([])] } },
    findings: [{ outcome: 'False', message: `${path} would publish packages, but has no successful run` }],
  },
  {
    name: 'no packaging',
    evidence: { publishers: [], packagingRuns: { asked: [] } },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a broken file ends the reference view',
    evidence: { publishers: [], packagingRuns: { asked: [], error } },
    cannotJudge: 'b.yml cannot be judged',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: { publishers: [npm], packagingRuns: { asked: [found(['r'])], error } },
    adopts: ['one-file'],
    findings: [{ outcome: 'Error' }, { outcome: 'True' }],
  },
  {
    name: 'every publishing pipeline, each kind once',
    evidence: {
      publishers: [npm, npm, { ...npm, path: 'b.yml', by: 'docker push', what: 'image' }],
      packagingRuns: { asked: [] },
    },
    adopts: ['true-publishers'],
    findings: [
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 12 },
        values: { what: 'npm', by: 'npm publish' },
      },
      { outcome: 'True', values: { what: 'image', by: 'docker push' } },
    ],
  },
  {
    name: 'one that never ran, unless others call it',
    evidence: {
      publishers: [npm, { ...npm, path: 'called.yml', isCalled: true }],
      packagingRuns: { asked: [found([]), { ...found([]), path: 'called.yml' }] },
    },
    adopts: ['true-publishers'],
    findings: [{ outcome: 'True', location: { path: 'called.yml', type: 'source', lineStart: 12 } }],
  },
  {
    name: 'a build without push',
    evidence: { publishers: [], packagingRuns: { asked: [found(['r'])] } },
    adopts: ['true-publishers'],
    findings: [{ outcome: 'False', message: 'no pipeline publishes packages' }],
  },
  {
    name: 'only one that never ran',
    evidence: { publishers: [npm], packagingRuns: { asked: [found([])] } },
    adopts: ['true-publishers'],
    findings: [{ outcome: 'False', message: `${path} would publish packages, but has no successful run` }],
  },
];
