import type { ProbeCase } from '../../src/core/index.ts';

const at = (committedAt: string, login = 'ann') => ({ committedAt, author: { login, isBot: false } });
const commits = (...list: object[]) => ({ commits: { known: list } });
const values = (count: string) => ({ commitsWithinThreshold: count, lookBackDays: '90' });
const bot = commits(at('2025-12-30T00:00:00Z', 'renovate[bot]'), at('2025-12-01T00:00:00Z'));

export const cases: readonly ProbeCase[] = [
  { name: 'no commits', evidence: commits(), findings: [{ outcome: 'False', values: values('0') }] },
  {
    name: 'inside, at the edge, outside',
    evidence: commits(at('2025-12-30T00:00:00Z'), at('2025-10-03T00:00:00Z'), at('2024-01-01T00:00:00Z')),
    findings: [{ outcome: 'True', values: values('1') }],
  },
  {
    name: 'machines count in the reference',
    evidence: bot,
    findings: [{ outcome: 'True', values: values('2') }],
  },
  {
    name: 'machines do not keep a project alive',
    evidence: bot,
    adopts: ['commits-of-people'],
    findings: [{ outcome: 'True', values: values('1') }],
  },
  {
    name: 'the last commit',
    evidence: commits(at('2024-01-01T00:00:00Z'), at('2023-01-01T00:00:00Z')),
    adopts: ['last-commit'],
    findings: [{ outcome: 'False', values: { ...values('0'), daysSinceLastCommit: '731' } }],
  },
  {
    name: 'not known',
    evidence: { commits: { unknown: 'failed', why: 'timeout' } },
    cannotJudge: 'recent commits: timeout',
  },
];
