import type { CheckCase, Outcome } from '../../src/core/index.ts';

interface Facts {
  readonly archived?: boolean;
  readonly young?: boolean;
  readonly commits?: number;
  readonly issues?: number;
  readonly asked?: number;
  readonly waiting?: number;
  readonly days?: number;
}

const outcome = (yes: boolean | undefined): Outcome => (yes ? 'True' : 'False');

function findings({
  archived,
  young,
  commits = 0,
  issues = 0,
  asked,
  waiting = 0,
  days = 200,
}: Facts): CheckCase['findings'] {
  const answers: Record<string, string> =
    asked === undefined ? {} : { issuesByOutsiders: `${asked}`, issuesWaiting: `${waiting}` };
  return [
    { probe: 'archived', outcome: outcome(archived) },
    {
      probe: 'hasRecentCommits',
      outcome: outcome(commits > 0),
      values: { commitsWithinThreshold: `${commits}`, daysSinceLastCommit: `${days}` },
    },
    {
      probe: 'issueActivityByProjectMember',
      outcome: outcome(issues > 0),
      values: { numberOfIssuesUpdatedWithinThreshold: `${issues}`, ...answers },
    },
    { probe: 'createdRecently', outcome: outcome(young) },
  ];
}

const quiet = findings({ asked: 4, waiting: 1 });

export const cases: readonly CheckCase[] = [
  {
    name: 'nothing',
    findings: findings({}),
    score: 0,
    reason: '0 commit(s) and 0 issue activity',
    levels: [],
  },
  { name: '2 commits, 1 issue', findings: findings({ commits: 2, issues: 1 }), score: 2 },
  { name: '4 commits', findings: findings({ commits: 4 }), score: 3, reason: ' -- score normalized to 3' },
  { name: 'one issue', findings: findings({ issues: 1 }), score: 0 },
  { name: '11 together', findings: findings({ commits: 10, issues: 1 }), score: 9 },
  { name: '12 together', findings: findings({ commits: 11, issues: 1 }), score: 10 },
  { name: 'more than enough', findings: findings({ commits: 30, issues: 30 }), score: 10 },
  {
    name: 'archived',
    findings: findings({ archived: true, commits: 20 }),
    score: 0,
    reason: 'project is archived',
    levels: ['Warn'],
  },
  {
    name: 'created yesterday',
    findings: findings({ young: true, commits: 4 }),
    score: 0,
    reason: 'created within the last 90 days',
    levels: ['Warn'],
  },
  {
    name: 'archived and young: both are told',
    findings: findings({ archived: true, young: true }),
    score: 0,
    reason: 'project is archived',
    levels: ['Warn', 'Warn'],
  },
  { name: 'a probe is missing', findings: findings({}).slice(1), score: 'error' },
  {
    name: 'a number is missing',
    findings: [
      ...findings({}).filter((one) => one.probe !== 'hasRecentCommits'),
      { probe: 'hasRecentCommits', outcome: 'True' },
    ],
    score: 'error',
  },
  {
    name: 'too young to judge',
    findings: findings({ young: true, commits: 30 }),
    adopts: ['young-project'],
    score: 'inconclusive',
    levels: ['Warn'],
  },
  {
    name: 'left three years ago',
    findings: findings({ asked: 4, waiting: 0, days: 1100 }),
    adopts: 'all',
    score: 0,
  },
  { name: 'a quiet project, reference', findings: quiet, score: 0 },
  {
    name: 'a quiet project that answers',
    findings: quiet,
    adopts: ['finished-project'],
    score: 7,
    reason: '3 of 4 issues of outsiders do not wait',
    levels: ['Info'],
  },
  {
    name: 'a busy project is judged as ever',
    findings: findings({ commits: 12, asked: 10, waiting: 10 }),
    adopts: 'all',
    score: 10,
  },
  {
    name: 'a neglected one is not saved',
    findings: findings({ commits: 2, asked: 10, waiting: 10 }),
    adopts: 'all',
    score: 1,
  },
  {
    name: 'nothing happened, nothing asked',
    findings: findings({ asked: 0 }),
    adopts: 'all',
    score: 'inconclusive',
  },
  {
    name: 'something happened, nothing asked',
    findings: findings({ commits: 6, asked: 0 }),
    adopts: 'all',
    score: 5,
  },
];
