/** Issues and their comments. */
import { moment, numId } from '../text.ts';
import type { Comment, Issue } from './activity.ts';
import type { People } from './people.ts';
import type { IssueSpec } from './spec.ts';

export function issuesOf(specs: readonly IssueSpec[], fullName: string, people: People): Issue[] {
  return specs.map((spec, i) => {
    const created = moment(spec.created_at ?? `-${10 + i}d`, people.now);
    const comments = commentsOf(spec, `${fullName}:i${i}`, created, people);
    const newest = [created, ...comments.map((c) => c.created_at)].sort().at(-1) as string;
    const state = spec.state ?? 'open';
    return {
      number: spec.number ?? 1000 + i,
      title: spec.title ?? `Issue ${i + 1}`,
      body: spec.body ?? '',
      user: spec.user === null ? null : people.get(spec.user ?? 'dana'),
      author_association: spec.author_association ?? 'NONE',
      state,
      created_at: created,
      updated_at: spec.updated_at ? moment(spec.updated_at, people.now) : newest,
      closed_at: state === 'closed' ? moment(spec.closed_at ?? created, people.now) : null,
      labels: spec.labels ?? [],
      comments,
    };
  });
}

function commentsOf(spec: IssueSpec, key: string, created: string, people: People): Comment[] {
  return (spec.comments ?? []).map((comment, j) => ({
    id: numId(`${key}:c${j}`),
    user: people.get(comment.user ?? 'bob'),
    author_association: comment.author_association ?? 'NONE',
    created_at: moment(comment.created_at ?? created, people.now),
    body: comment.body ?? 'A comment.',
  }));
}
