import { describe, expect, it } from 'vitest';
import { type Commit, known, type PullRequest, unknown } from '../core/index.ts';
import { type CiRecords, ciRecords } from './ciRecords.ts';

const ann = { login: 'ann', isBot: false };
const pull = (number: number, headSha: string, more: Partial<PullRequest> = {}): PullRequest => ({
  number,
  repository: 'o/n',
  foreign: false,
  author: ann,
  mergedBy: ann,
  mergedAt: '2026-01-01T00:00:00Z',
  headSha,
  labels: [],
  reviews: [],
  ...more,
});
const commit = (sha: string, ...pullRequests: PullRequest[]): Commit => ({
  sha,
  message: '',
  committedAt: '2026-01-01T00:00:00Z',
  author: ann,
  committer: ann,
  pullRequests,
});
const checks = (sha: string) => ({
  sha,
  checkRuns: [],
  statuses: [{ state: 'success', context: sha, url: '', targetUrl: '' }],
});
const of = (evidence: object) =>
  (ciRecords.derive as (evidence: unknown) => CiRecords)({
    commits: known([]),
    pullRequestChecks: known([]),
    directChecks: known([]),
    ...evidence,
  });

describe('what ran on changes', () => {
  it('is put together by head, in the order of commits; the last number names the record', () => {
    const { reference } = of({
      commits: known([
        commit('c', pull(2, 'h')),
        commit('b'),
        commit('a', pull(1, 'h')),
        commit('z', pull(3, 'g')),
      ]),
      pullRequestChecks: known([checks('g'), checks('h')]),
    });
    expect(reference.map((one) => [one.sha, one.pullRequest, one.commits, one.statuses[0]?.context])).toEqual(
      [
        ['h', 1, 2, 'h'],
        ['g', 3, 1, 'g'],
      ],
    );
  });
  it('leaves out open and foreign pull requests in the reference, and picks the merged one in truth', () => {
    const open = pull(1, 'o', { mergedAt: undefined });
    const foreign = pull(2, 'f', { foreign: true });
    const { reference, actual } = of({
      commits: known([commit('a', open, pull(3, 'm')), commit('b', foreign)]),
    });
    expect(reference).toEqual([]);
    expect(actual.map((one) => one.sha)).toEqual(['m', 'f']);
  });
  it('has nothing for a head nobody ran anything on', () => {
    const { reference } = of({ commits: known([commit('a', pull(1, 'h'))]) });
    expect(reference[0]).toMatchObject({ sha: 'h', checkRuns: [], statuses: [] });
  });
  it('knows direct commits where the forge tells', () => {
    expect(of({ directChecks: known([checks('a')]) }).direct).toHaveLength(1);
    expect(of({ directChecks: unknown('unsupported', 'no') }).direct).toEqual([]);
  });
  it('is unknown where commits are, or checks that somebody needs', () => {
    const forbidden = unknown('forbidden', 'no', 'checks: read');
    expect(of({ commits: unknown('unsupported', 'folder') }).unknown).toEqual({
      why: 'folder',
      unsupported: true,
    });
    expect(of({ pullRequestChecks: forbidden }).unknown).toBeUndefined();
    expect(of({ commits: known([commit('a', pull(1, 'h'))]), pullRequestChecks: forbidden }).unknown).toEqual(
      {
        why: 'no',
        needs: 'checks: read',
        unsupported: false,
      },
    );
  });
});
