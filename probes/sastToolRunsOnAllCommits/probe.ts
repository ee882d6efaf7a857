import { CannotJudge, defineProbe, no, notApplicable, type View, yes } from '../../src/core/index.ts';
import { type CiRecord, ciRecords } from '../../src/evidence/ciRecords.ts';
import { checkRunExample, passed } from '../toldExamples.ts';

/** Reference: file-checks 9.1. */
const ANALYZERS: ReadonlySet<string> = new Set([
  'github-advanced-security',
  'github-code-scanning',
  'lgtm-com',
  'sonarcloud',
  'sonarqubecloud',
]);

const MORE_ANALYZERS: ReadonlySet<string> = new Set([
  'codacy-production',
  'codefactor-io',
  'deepsource-io',
  'qodana-cloud',
  'semgrep-app',
  'semgrep-cloud-platform',
  'snyk-io',
]);

export const sastToolRunsOnAllCommits = defineProbe({
  id: 'sastToolRunsOnAllCommits',
  lifecycle: 'experimental',
  summary: 'Was every recently merged change analysed for security flaws?',
  motivation:
    'Static analysis helps most where it looks at a change before it is merged: a flaw is cheapest to mend while its author still has it in mind.',
  implementation:
    'For the recent commits that came with a merged pull request, looks among the check runs at its head for a completed one, successful or neutral, of a known analyser. Several commits of one request count separately.',
  outcomes: {
    True: 'All were analysed; the values hold the numbers.',
    False: 'Some were not; the values hold the numbers.',
    NotApplicable: 'No recent commit came with a merged pull request.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Run static analysis on every pull request',
    steps: ['Run code scanning, e.g. CodeQL, on `pull_request` as well as on `push`.'],
  },
  forges: ['github', 'gitlab'],
  needs: { ciRecords },
  improvements: {
    'more-analyzers': {
      what: 'More analysers are known: Semgrep, Snyk, DeepSource, Codacy, CodeFactor, Qodana Cloud, and commit statuses that name one.',
      why: 'The list of the reference dates from the time of LGTM (ossf/scorecard#4237, #5040).',
    },
  },
  example: checkRunExample(
    [passed('unit tests', 'github-actions')],
    passed('CodeQL', 'github-code-scanning'),
  ),
  run: ({ ciRecords }, view) => {
    const { unknown, reference } = ciRecords;
    if (unknown !== undefined && !unknown.unsupported)
      throw new CannotJudge(`check runs cannot be read: ${unknown.why}`);
    const sum = (records: readonly CiRecord[]) =>
      records.reduce((total, record) => total + record.commits, 0);
    const merged = sum(reference);
    if (merged === 0) return [notApplicable('no merged pull requests found')];
    const analysed = sum(reference.filter((record) => isAnalysed(record, view)));
    const values = { totalPullRequestsAnalyzed: String(analysed), totalPullRequestsMerged: String(merged) };
    return [
      analysed === merged
        ? yes(`all ${merged} merged changes were analysed`, { values })
        : no(`${analysed} of ${merged} merged changes were analysed`, { values, remediated: false }),
    ];
  },
});

function isAnalysed({ checkRuns, statuses }: CiRecord, view: View): boolean {
  const more = view.adopts('more-analyzers');
  const done = checkRuns.some(
    ({ status, conclusion, app }) =>
      status === 'completed' &&
      (conclusion === 'success' || conclusion === 'neutral') &&
      (ANALYZERS.has(app) || (more && MORE_ANALYZERS.has(app))),
  );
  return done || (more && statuses.some(({ state, context }) => state === 'success' && names(context)));
}

const STATUS =
  /(?:^|[^a-z])(?:snyk|semgrep|sonarqube|sonarcloud|codacy|deepsource|codeql|coverity|checkmarx|veracode)(?:[^a-z]|$)/;

const names = (context: string): boolean => STATUS.test(context.toLowerCase());
