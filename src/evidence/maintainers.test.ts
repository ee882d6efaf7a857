import { describe, expect, it } from 'vitest';
import { type Actor, type Commit, known, type PullRequest, unknown } from '../core/index.ts';
import { isMachine, type Maintainers, maintainers, onlyMaintainer } from './maintainers.ts';

const person = (login: string): Actor => ({ login, isBot: false });
const push = (login: string): Commit => ({
  sha: login,
  message: '',
  committedAt: '2026-01-01T00:00:00Z',
  author: person(login),
  committer: person(login),
  pullRequests: [],
});
const merged = (author: string, mergedBy: string, approvedBy?: string): Commit => {
  const pull: PullRequest = {
    number: 1,
    repository: 'o/n',
    foreign: false,
    author: person(author),
    mergedBy: person(mergedBy),
    mergedAt: '2026-01-01T00:00:00Z',
    headSha: '',
    labels: [],
    reviews: approvedBy === undefined ? [] : [{ author: person(approvedBy), state: 'APPROVED' }],
  };
  return { ...push(author), pullRequests: [pull] };
};
const of = (...commits: Commit[]) =>
  (maintainers.derive as (evidence: unknown) => Maintainers)({ commits: known(commits) });
const five = (one: Commit) => [one, one, one, one, one];

describe('the only maintainer', () => {
  it.each<[string, Commit[], string | undefined]>([
    ['pushes all', five(push('ann')), 'ann'],
    ['merges all, whoever wrote it', five(merged('bob', 'ann')), 'ann'],
    ['beside a bot that pushes', [...five(push('ann')), push('renovate[bot]')], 'ann'],
    ['too little seen', five(push('ann')).slice(1), undefined],
    ['two people decide', [...five(push('ann')), push('bob')], undefined],
    ['somebody else approves', [...five(push('ann')), merged('ann', 'ann', 'bob')], undefined],
    ['own approvals are none', [...five(push('ann')), merged('bob', 'ann', 'ann')], 'ann'],
    ['nobody known', five(push('')), undefined],
  ])('%s', (_, commits, expected) => {
    expect(onlyMaintainer(of(...commits))).toBe(expected);
  });
  it('is not concluded where commits are not known', () => {
    const derived = (maintainers.derive as (evidence: unknown) => Maintainers)({
      commits: unknown('failed', '502'),
    });
    expect(onlyMaintainer(derived)).toBeUndefined();
  });
});

describe('machines', () => {
  it.each([
    ['renovate', true],
    ['dependabot[bot]', true],
    ['k8s-ci-robot', true],
    ['acme-bot', true],
    ['web-flow', true],
    ['abbot', false],
    ['robothief', false],
    ['', false],
  ])('%s: %s', (login, expected) => {
    expect(isMachine(person(login))).toBe(expected);
  });
});
