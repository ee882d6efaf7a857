import type { ProbeCase } from '../../src/core/index.ts';

const run = (app: string, more: object = {}) => ({
  name: '',
  status: 'completed',
  conclusion: 'success',
  app,
  url: '',
  ...more,
});
const record = (commits: number, checkRuns: object[], statuses: object[] = []) => ({
  sha: 'abc',
  pullRequest: 7,
  commits,
  checkRuns,
  statuses,
});
const of = (...records: object[]) => ({ ciRecords: { reference: records, actual: records, direct: [] } });
const values = (analysed: number, merged: number) => ({
  totalPullRequestsAnalyzed: `${analysed}`,
  totalPullRequestsMerged: `${merged}`,
});
const none = [{ outcome: 'False' as const, values: values(0, 1), remediated: false }];
const one = [{ outcome: 'True' as const, values: values(1, 1) }];
const unknown = (more: object) => ({
  ciRecords: { unknown: { why: 'not told', ...more }, reference: [], actual: [], direct: [] },
});

export const cases: readonly ProbeCase[] = [
  { name: 'no merged pull requests', evidence: of(), findings: [{ outcome: 'NotApplicable' }] },
  ...['github-advanced-security', 'github-code-scanning', 'lgtm-com', 'sonarcloud', 'sonarqubecloud'].map(
    (app): ProbeCase => ({ name: app, evidence: of(record(1, [run(app)])), findings: one }),
  ),
  { name: 'neutral', evidence: of(record(1, [run('sonarcloud', { conclusion: 'neutral' })])), findings: one },
  { name: 'failed', evidence: of(record(1, [run('sonarcloud', { conclusion: 'failure' })])), findings: none },
  {
    name: 'running',
    evidence: of(record(1, [run('sonarcloud', { status: 'in_progress' })])),
    findings: none,
  },
  { name: 'another app', evidence: of(record(1, [run('github-actions')])), findings: none },
  {
    name: 'commits of one pull request count separately',
    evidence: of(record(3, [run('sonarcloud')]), record(2, [])),
    findings: [{ outcome: 'False', values: values(3, 5) }],
  },
  { name: 'Semgrep, reference', evidence: of(record(1, [run('semgrep-app')])), findings: none },
  {
    name: 'Semgrep',
    evidence: of(record(1, [run('semgrep-app')])),
    adopts: ['more-analyzers'],
    findings: one,
  },
  {
    name: 'a status',
    evidence: of(
      record(1, [], [{ state: 'success', context: 'security/snyk (org)', url: '', targetUrl: '' }]),
    ),
    adopts: ['more-analyzers'],
    findings: one,
  },
  {
    name: 'commits the source does not have',
    evidence: unknown({ unsupported: true }),
    findings: [{ outcome: 'NotApplicable' }],
  },
  { name: 'checks that failed to load', evidence: unknown({ unsupported: false }), cannotJudge: 'not told' },
];
