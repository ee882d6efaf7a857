import type { ProbeCase } from '../../src/core/index.ts';

const status = (context: string, more: object = {}) => ({
  state: 'success',
  context,
  url: 'https://api.example/s/1',
  targetUrl: '',
  ...more,
});
const run = (app: string, more: object = {}) => ({
  name: '',
  status: 'completed',
  conclusion: 'success',
  app,
  url: '',
  ...more,
});
const record = (checkRuns: object[], statuses: object[] = [], more: object = {}) => ({
  sha: 'abc',
  pullRequest: 7,
  commits: 1,
  checkRuns,
  statuses,
  ...more,
});
const of = (...records: object[]) => ({ ciRecords: { reference: records, actual: records, direct: [] } });
const yes = [{ outcome: 'True' as const }];
const no = [{ outcome: 'False' as const }];

const NAMES = [
  'appveyor',
  'buildkite/x',
  'ci/circleci: build',
  'e2e',
  'jenkins',
  'mergeable',
  'packit-as-a-service',
  'semaphoreci',
  'unit test',
  'continuous-integration/travis-ci/pr',
  'flutter-dashboard',
  'cirrus-ci',
  'azure-pipelines',
  'ci/woodpecker/pr',
  'vstfs:///build/build/12',
  'GitHub-Actions',
];

export const cases: readonly ProbeCase[] = [
  { name: 'no merged pull requests', evidence: of(), findings: [{ outcome: 'NotApplicable' }] },
  ...NAMES.map(
    (name): ProbeCase => ({
      name: `the context ${name}`,
      evidence: of(record([], [status(name)])),
      findings: yes,
    }),
  ),
  {
    name: 'a status, with its address',
    evidence: of(record([], [status('ci/circleci: build')])),
    findings: [{ outcome: 'True', location: { path: 'https://api.example/s/1', type: 'url' } }],
  },
  {
    name: 'a status by its target',
    evidence: of(record([], [status('build', { targetUrl: 'https://app.circleci.com/1' })])),
    findings: yes,
  },
  { name: 'a failed status', evidence: of(record([], [status('test', { state: 'failure' })])), findings: no },
  { name: 'a status of something else', evidence: of(record([], [status('license/cla')])), findings: no },
  {
    name: 'a check run',
    evidence: of(record([run('github-actions')])),
    findings: [{ outcome: 'True', location: { path: '', type: 'url' } }],
  },
  {
    name: 'a running check run',
    evidence: of(record([run('github-actions', { status: 'in_progress' })])),
    findings: no,
  },
  {
    name: 'a neutral check run',
    evidence: of(record([run('github-actions', { conclusion: 'neutral' })])),
    findings: no,
  },
  { name: 'another app', evidence: of(record([run('dco')])), findings: no },
  {
    name: 'one finding per change',
    evidence: of(record([run('github-actions')]), record([], [], { sha: 'def', pullRequest: 6 })),
    findings: [
      { outcome: 'True' },
      { outcome: 'False', message: 'pull request 6 has no passed test at def' },
    ],
  },
  {
    name: 'four letters in another word, reference',
    evidence: of(record([], [status('deploy/latest')])),
    findings: yes,
  },
  {
    name: 'four letters in another word',
    evidence: of(record([], [status('deploy/latest'), status('attestation'), status('contest')])),
    adopts: ['test-words'],
    findings: no,
  },
  ...[
    'unit-tests',
    'pytest',
    'testing',
    'Test (macos)',
    'test_linux',
    'unittest',
    'zuul/check',
    'google-cloud-build',
  ].map(
    (name): ProbeCase => ({
      name: `the word ${name}`,
      evidence: of(record([], [status(name)])),
      adopts: ['test-words'],
      findings: yes,
    }),
  ),
  {
    name: 'a direct commit, reference',
    evidence: {
      ciRecords: {
        reference: [],
        actual: [],
        direct: [record([run('github-actions')], [], { pullRequest: undefined })],
      },
    },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'a direct commit',
    evidence: {
      ciRecords: {
        reference: [],
        actual: [],
        direct: [record([run('github-actions')], [], { pullRequest: undefined })],
      },
    },
    adopts: ['direct-commits'],
    findings: [{ outcome: 'True', message: 'test passed on commit abc: github-actions' }],
  },
  {
    name: 'commits pushed together with a checked one',
    evidence: {
      ciRecords: {
        reference: [],
        actual: [],
        direct: [record([run('github-actions')]), record([], [], { sha: 'def' })],
      },
    },
    adopts: ['direct-commits'],
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'direct commits of a project without any checks',
    evidence: { ciRecords: { reference: [], actual: [], direct: [record([]), record([])] } },
    adopts: ['direct-commits'],
    findings: [{ outcome: 'False' }, { outcome: 'False' }],
  },
  {
    name: 'the pull request that brought the commit',
    evidence: { ciRecords: { reference: [], actual: [record([run('github-actions')])], direct: [] } },
    adopts: ['merged-request'],
    findings: yes,
  },
  {
    name: 'no rights, reference',
    evidence: {
      ciRecords: {
        unknown: { why: 'forbidden', needs: 'checks: read', unsupported: false },
        reference: [],
        actual: [],
        direct: [],
      },
    },
    cannotJudge: 'forbidden',
  },
  {
    name: 'no rights',
    evidence: {
      ciRecords: {
        unknown: { why: 'forbidden', needs: 'checks: read', unsupported: false },
        reference: [],
        actual: [],
        direct: [],
      },
    },
    adopts: ['check-rights'],
    findings: [{ outcome: 'NotAvailable', values: { needs: 'checks: read' } }],
  },
  {
    name: 'a failure stays one',
    evidence: {
      ciRecords: { unknown: { why: 'timeout', unsupported: false }, reference: [], actual: [], direct: [] },
    },
    adopts: 'all',
    cannotJudge: 'timeout',
  },
];
