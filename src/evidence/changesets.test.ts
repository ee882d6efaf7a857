import { describe, expect, it } from 'vitest';
import { type Commit, known, type PullRequest, unknown } from '../core/index.ts';
import { type Changesets, changesets } from './changesets.ts';

const ann = { login: 'ann', isBot: false };
const bob = { login: 'bob', isBot: false };

const pull = (more: Partial<PullRequest> = {}): PullRequest => ({
  number: 7,
  repository: 'o/n',
  foreign: false,
  author: ann,
  mergedBy: bob,
  mergedAt: '2026-01-01T00:00:00Z',
  headSha: 'head',
  base: 'main',
  labels: [],
  reviews: [],
  ...more,
});

const commit = (message: string, pullRequests: PullRequest[] = [], more: Partial<Commit> = {}): Commit => ({
  sha: `sha-${message}`,
  message,
  committedAt: '2026-01-01T00:00:00Z',
  author: ann,
  authorName: 'Ann Lee',
  committer: ann,
  pullRequests,
  ...more,
});

const of = (...commits: Commit[]) =>
  (changesets.derive as (evidence: unknown) => Changesets)({
    commits: known(commits),
    defaultBranch: known('main'),
  });
const one = (...commits: Commit[]) => of(...commits).reference[0]!;

describe('where a change was reviewed', () => {
  it.each<[string, Commit, string, string]>([
    ['a merged pull request', commit('x', [pull()]), 'GitHub', '7'],
    ['an open one', commit('x', [pull({ mergedAt: undefined })]), 'Unknown', 'sha-x'],
    ['without a number', commit('x', [pull({ number: 0 })]), 'Unknown', 'sha-x'],
    ['lgtm', commit('x', [pull({ labels: ['size/s', 'lgtm'] })]), 'Prow', '7'],
    ['approved', commit('x', [pull({ labels: ['approved'] })]), 'Prow', '7'],
    [
      'approved without a number',
      commit('x', [pull({ number: 0, labels: ['approved'] })]),
      'Unknown',
      'sha-x',
    ],
    ['lgtm, not merged', commit('x', [pull({ mergedAt: undefined, labels: ['lgtm'] })]), 'Unknown', 'sha-x'],
    ['Phabricator', commit('a\nDifferential Revision: https://x/D12'), 'Phabricator', 'D12'],
    ['the last revision of the line', commit('Differential Revision: D1 D23'), 'Phabricator', 'D23'],
    [
      'no revision on the line',
      commit('Differential Revision:\nD12'),
      'Unknown',
      'sha-Differential Revision:\nD12',
    ],
    ['Reviewed By alone', commit('Reviewed By: bob'), 'Unknown', 'sha-Reviewed By: bob'],
    [
      'Gerrit',
      commit('Reviewed-on: https://x\nReviewed-by: bob'),
      'Gerrit',
      'sha-Reviewed-on: https://x\nReviewed-by: bob',
    ],
    ['half of Gerrit', commit('Reviewed-by: bob'), 'Unknown', 'sha-Reviewed-by: bob'],
    ['Piper', commit('PiperOrigin-RevId: 444529962'), 'Piper', '444529962'],
    ['Piper with two digits', commit('PiperOrigin-RevId: 44'), 'Unknown', 'sha-PiperOrigin-RevId: 44'],
    ['pull request before message', commit('PiperOrigin-RevId: 444', [pull()]), 'GitHub', '7'],
  ])('%s', (_, input, platform, id) => {
    expect(one(input)).toMatchObject({ platform, id });
  });
});

describe('changesets', () => {
  it('put commits of one pull request together; the first gives title and reviews', () => {
    const { reference } = of(commit('a\n\nmore', [pull()]), commit('b'), commit('c', [pull()]));
    expect(reference.map((one) => [one.id, one.commits, one.title])).toEqual([
      ['7', 2, 'a'],
      ['sha-b', 1, 'b'],
    ]);
  });
  it('end with the merge as an approval of the merger, whose account may be gone', () => {
    const reviews = [
      { author: bob, state: 'COMMENTED' },
      { author: undefined, state: 'APPROVED' },
    ];
    expect(one(commit('x', [pull({ reviews, mergedBy: undefined })])).votes).toEqual([
      { by: bob, state: 'COMMENTED', kind: 'review' },
      { by: { login: '', isBot: false }, state: 'APPROVED', kind: 'review' },
      { by: { login: '', isBot: false }, state: 'APPROVED', kind: 'merge' },
    ]);
  });
  it('leave author and reviews of other platforms empty', () => {
    expect(one(commit('x', [pull({ labels: ['lgtm'] })]))).toMatchObject({
      author: { login: '' },
      votes: [],
    });
  });
  it('know the first pull request only in the reference, the one that brought the commit in truth', () => {
    const foreign = pull({ foreign: true, repository: 'up/n', number: 3 });
    const stacked = pull({ number: 4, base: 'topic' });
    const main = pull({ number: 5 });
    expect(of(commit('x', [foreign, main])).reference[0]!.platform).toBe('Unknown');
    expect(of(commit('x', [foreign, stacked, main])).actual[0]!.id).toBe('5');
    expect(of(commit('x', [foreign, stacked])).actual[0]!.id).toBe('4');
    expect(of(commit('x', [foreign])).actual[0]!.id).toBe('3');
  });
  it('say why when commits are not known', () => {
    const derived = (changesets.derive as (evidence: unknown) => unknown)({
      commits: unknown('failed', 'timeout'),
      defaultBranch: known('main'),
    });
    expect(derived).toEqual({ unknown: 'timeout' });
  });
});

describe('review trailers', () => {
  it.each<[string, string, string[]]>([
    [
      'with a link',
      'x\n\nReviewed-by: Bob Stone <b@x.org>\n(Merged from https://github.com/o/n/pull/9)',
      ['Bob Stone'],
    ],
    ['without a link', 'x\n\nReviewed-by: Bob Stone <b@x.org>', []],
    ['by the author', 'x\n\nReviewed-by: ann lee <a@x.org>\nLink: https://lists.x.org/1', []],
    [
      'of several kinds',
      'x\nAcked-by: Bob\nApproved-by: Cy\nSigned-off-by: Dee\nLink: https://x',
      ['Bob', 'Cy'],
    ],
    ['in the middle of a line', 'x says Reviewed-by: Bob\nLink: https://x', []],
  ])('%s', (_, message, expected) => {
    expect(one(commit(message)).trailers).toEqual(expected);
  });
});
