/** Pull requests. */
import { findCommit } from '../../git/resolve.ts';
import { notFound } from '../../http/exchange.ts';
import type { Pull } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { type Call, json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { commitShape } from '../shapes/commit.ts';
import { fullPullShape, pullShape, reviewShape } from '../shapes/pull.ts';

export const pullRoutes: RepoRoutes = {
  '/pulls': (c, r) => {
    const state = c.query.get('state') ?? 'open';
    const pulls = [...r.pulls.values()].filter((p) => state === 'all' || p.state === state);
    return list(
      c,
      pulls.sort((a, b) => b.number - a.number),
      (p) => pullShape(c, r, p),
    );
  },
  '/pulls/{number}': (c, r) => json(fullPullShape(c, r, findPull(c, r))),
  '/pulls/{number}/reviews': (c, r) => {
    const pull = findPull(c, r);
    return list(c, pull.reviews, (review) => reviewShape(c, pull, review));
  },
  '/pulls/{number}/commits': (c, r) => {
    const commit = findCommit(r, findPull(c, r).head.sha);
    return list(c, commit ? [commit] : [], (k) => commitShape(c, r, k));
  },
  '/pulls/{number}/files': (c, r) =>
    list(c, [findPull(c, r)], () => ({
      filename: 'README.md',
      status: 'modified',
      additions: 1,
      deletions: 0,
      changes: 1,
    })),
};

function findPull(c: Call, r: Repo): Pull {
  const pull = r.pulls.get(Number(c.params.number));
  if (!pull) throw notFound();
  return pull;
}
