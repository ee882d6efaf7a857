/** Issues and their comments. */
import { notFound } from '../../http/exchange.ts';
import type { Issue } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { type Call, json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { commentShape, issueShape } from '../shapes/pull.ts';

export const issueRoutes: RepoRoutes = {
  '/issues': (c, r) => list(c, filtered(c, r), (x) => issueShape(c, r, x)),
  '/issues/comments': (c, r) => {
    const all = r.issues.flatMap((issue) => issue.comments.map((comment) => ({ issue, comment })));
    return list(c, all, ({ issue, comment }) => commentShape(c, r, issue, comment));
  },
  '/issues/{number}': (c, r) => json(issueShape(c, r, findIssue(c, r))),
  '/issues/{number}/comments': (c, r) => {
    const issue = findIssue(c, r);
    return list(c, issue.comments, (comment) => commentShape(c, r, issue, comment));
  },
};

function filtered(c: Call, r: Repo): Issue[] {
  const state = c.query.get('state') ?? 'open';
  const since = c.query.get('since') ?? '';
  const key = c.query.get('sort') === 'updated' ? 'updated_at' : 'created_at';
  const issues = r.issues.filter((x) => (state === 'all' || x.state === state) && x.updated_at >= since);
  issues.sort((a, b) => (a[key] < b[key] ? 1 : -1));
  return c.query.get('direction') === 'asc' ? issues.reverse() : issues;
}

function findIssue(c: Call, r: Repo): Issue {
  const issue = r.issues.find((x) => x.number === Number(c.params.number));
  if (!issue) throw notFound();
  return issue;
}
