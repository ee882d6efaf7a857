/** Pull requests with their reviews and what ran on their heads. */
import { moment, numId } from '../text.ts';
import type { Commit, Pull, Review } from './activity.ts';
import type { PullSpec } from './historySpec.ts';
import { checkRunsOf, dayBefore, type People, statusesOf } from './people.ts';

/** All pull requests by number; `heads` are the ids of their head commits. */
export function pullsOf(
  specs: ReadonlyMap<number, PullSpec>,
  commits: readonly Commit[],
  heads: ReadonlyMap<number, string>,
  fullName: string,
  people: People,
): Map<number, Pull> {
  const out = new Map<number, Pull>();
  for (const spec of specs.values()) {
    const key = `${fullName}:p${spec.number}`;
    const merged = spec.merged_at ? moment(spec.merged_at, people.now) : null;
    const opened = spec.created_at ?? (merged ? dayBefore(merged) : '-5d');
    const created = moment(opened, people.now);
    out.set(spec.number, {
      number: spec.number,
      title: spec.title ?? `Pull request ${spec.number}`,
      body: spec.body ?? '',
      user: spec.user === null ? null : people.get(spec.user ?? 'alice'),
      state: merged || spec.state === 'closed' ? 'closed' : 'open',
      merged_at: merged,
      merged_by: spec.merged_by ? people.get(spec.merged_by) : null,
      created_at: created,
      labels: spec.labels ?? [],
      author_association: spec.author_association ?? 'MEMBER',
      base_repo: spec.base_repo ?? null,
      head: { sha: heads.get(spec.number) ?? '', ref: spec.head?.ref ?? `topic-${spec.number}` },
      merge_commit_sha: commits.find((c) => c.prs.includes(spec.number))?.sha ?? null,
      draft: spec.draft ?? false,
      reviews: reviewsOf(spec, `${fullName}:pr${spec.number}`, created, people),
      check_runs: checkRunsOf(spec.check_runs, created, key),
      check_suites: spec.check_suites,
      statuses: statusesOf(spec.statuses, created, key),
    });
  }
  return out;
}

function reviewsOf(spec: PullSpec, key: string, created: string, people: People): Review[] {
  return (spec.reviews ?? []).map((review, j) => ({
    id: numId(`${key}:r${j}`),
    user: review.user === null ? null : people.get(review.user),
    state: review.state ?? 'APPROVED',
    body: review.body ?? '',
    submitted_at: review.submitted_at ? moment(review.submitted_at, people.now) : created,
    author_association: review.author_association ?? 'MEMBER',
  }));
}
