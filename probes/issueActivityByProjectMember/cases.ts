import type { ProbeCase } from '../../src/core/index.ts';

const NEW = '2025-12-20T00:00:00Z';
const EDGE = '2025-10-03T00:00:00Z';
const OLD = '2024-02-01T00:00:00Z';

const issue = (association: string, createdAt: string, comments: object[] = [], state = 'open') => ({
  url: '',
  author: { login: 'x', isBot: false },
  association,
  createdAt,
  comments,
  state,
});
const comment = (association: string, createdAt: string) => ({ association, createdAt, author: 'y' });
const issues = (...list: object[]) => ({ issues: { known: list } });
const values = (count: string) => ({ numberOfIssuesUpdatedWithinThreshold: count, lookBackDays: '90' });
const none = [{ outcome: 'False' as const, values: values('0') }];
const one = [{ outcome: 'True' as const, values: values('1') }];

export const cases: readonly ProbeCase[] = [
  { name: 'no issues', evidence: issues(), findings: none },
  { name: 'opened by a collaborator', evidence: issues(issue('collaborator', NEW)), findings: one },
  { name: 'opened by a member', evidence: issues(issue('member', NEW)), findings: one },
  { name: 'opened by an owner', evidence: issues(issue('owner', NEW)), findings: one },
  { name: 'opened by a contributor', evidence: issues(issue('contributor', NEW)), findings: none },
  { name: 'opened by somebody unknown', evidence: issues(issue('', NEW)), findings: none },
  { name: 'opened too long ago', evidence: issues(issue('owner', EDGE)), findings: none },
  {
    name: 'an old one with a new comment of an owner',
    evidence: issues(issue('none', OLD, [comment('owner', NEW)])),
    findings: one,
  },
  { name: 'an old comment', evidence: issues(issue('none', NEW, [comment('owner', OLD)])), findings: none },
  {
    name: 'a comment of an outsider',
    evidence: issues(issue('none', NEW, [comment('none', NEW)])),
    findings: none,
  },
  {
    name: 'each issue counts once',
    evidence: issues(
      issue('owner', NEW, [comment('owner', NEW), comment('member', NEW)]),
      issue('owner', NEW),
    ),
    findings: [{ outcome: 'True', values: values('2') }],
  },
  {
    name: 'what waits for an answer',
    evidence: issues(
      issue('none', NEW),
      issue('none', OLD),
      issue('none', NEW, [comment('owner', NEW)]),
      issue('none', NEW, [], 'closed'),
      issue('none', OLD, [], 'closed'),
      issue('owner', NEW),
    ),
    adopts: ['waiting-issues'],
    findings: [{ outcome: 'True', values: { ...values('2'), issuesByOutsiders: '4', issuesWaiting: '2' } }],
  },
  {
    name: 'not known at another commit',
    evidence: { issues: { unknown: 'unsupported', why: 'only known for the newest commit' } },
    cannotJudge: 'issues: only known for the newest commit',
  },
];
