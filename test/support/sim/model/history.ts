/** Expands `history` (a generator) and `commits`/`pulls` (explicit) into plain lists of commits and pull requests. */
import { addMs, asList, moment, spanMs } from '../text.ts';
import type { CommitSpec, HistorySpec, PullSpec } from './historySpec.ts';
import type { RepoSpec } from './spec.ts';

/** A commit whose date is known and whose pull requests are named by number. */
export interface CommitDraft extends CommitSpec {
  readonly at: string;
  readonly prNumbers: readonly number[];
}

export interface HistoryDraft {
  /** Newest first. */
  readonly commits: readonly CommitDraft[];
  readonly pulls: ReadonlyMap<number, PullSpec>;
}

/** Commits newest first and all pull requests of a repository; none of either when it is empty. */
export function expandHistory(spec: RepoSpec, now: number): HistoryDraft {
  const pulls = new Map<number, PullSpec>();
  if (spec.empty) return { commits: [], pulls };
  for (const pull of spec.pulls ?? []) pulls.set(pull.number, pull);
  const list = [...(spec.commits ?? [])];
  const generators = spec.history === undefined && !spec.commits ? [{}] : asList<HistorySpec>(spec.history);
  let nextPull = 900;
  for (const generator of generators) {
    for (let i = 0; i < (generator.commits ?? 5); i++) {
      const commit = generated(generator, i, now, nextPull);
      if (commit.pr !== undefined) nextPull--;
      list.push(commit);
    }
  }
  const commits = list.map((commit, i): CommitDraft => {
    const prNumbers = asList<number | PullSpec>(commit.prs ?? commit.pr).map((pull) => {
      if (typeof pull === 'number') return pull;
      pulls.set(pull.number, pull);
      return pull.number;
    });
    const message = commit.message ?? `Change ${list.length - i}`;
    return { ...commit, message, prNumbers, at: moment(commit.date ?? `-${2 + i}d`, now) };
  });
  return { commits, pulls };
}

/** The i-th newest commit of a generator; with a pull request of the given number unless pushed directly. */
function generated(h: HistorySpec, i: number, now: number, pullNumber: number): CommitSpec {
  const date = addMs(moment(h.newest ?? '-2d', now), -i * spanMs(h.step ?? '1d'));
  const authors = h.authors ?? ['alice'];
  const author = authors[i % authors.length] as string;
  const left = (h.commits ?? 5) - i;
  const message = h.message ? h.message.replace('%d', String(left)) : `Change number ${left}`;
  if ((h.via ?? 'direct') === 'direct' || isEvery(h.direct_every, i)) {
    return { message, author, date, committer: h.committer, check_runs: h.direct_check_runs };
  }
  const unreviewed = isEvery(h.unreviewed_every, i);
  const reviewers = (h.reviewers ?? []).filter((reviewer) => reviewer !== author);
  const reviewer = unreviewed ? undefined : reviewers[i % reviewers.length];
  const pr: PullSpec = {
    number: pullNumber,
    user: author,
    merged_at: date,
    merged_by: unreviewed ? author : (h.merged_by ?? author),
    labels: h.labels,
    reviews: reviewer ? [{ user: reviewer, state: h.review_state ?? 'APPROVED' }] : [],
    check_runs: h.checks_every && !isEvery(h.checks_every, i) ? [] : h.check_runs,
    statuses: h.statuses_every && !isEvery(h.statuses_every, i) ? [] : h.statuses,
  };
  return { message, author, date, committer: h.committer ?? 'web-flow', pr };
}

/** Whether the i-th item (from 0) is one of "every n-th". */
const isEvery = (n: number | undefined, i: number): boolean => !!n && (i + 1) % n === 0;
