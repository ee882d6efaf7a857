/** Commits and what ran on them. */
import { findCommit, resolveRef } from '../../git/resolve.ts';
import { HttpError, notFound, type Reply } from '../../http/exchange.ts';
import type { Commit } from '../../model/activity.ts';
import { suitesOf } from '../../model/suites.ts';
import type { Repo } from '../../model/types.ts';
import { type Call, json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { checkRunShape, commitShape, fullCommitShape, statusShape, suiteShape } from '../shapes/commit.ts';
import { pullShape } from '../shapes/pull.ts';

/**
 * The commit of a call.
 * @throws HttpError 409 in an empty repository, 422 when it is not there
 */
export function commitOf(r: Repo, ref: string | undefined): Commit {
  if (r.empty) throw new HttpError(409, 'Git Repository is empty.');
  const sha = resolveRef(r, ref);
  const commit = sha ? findCommit(r, sha) : undefined;
  if (!commit) throw new HttpError(422, `No commit found for SHA: ${ref}`);
  return commit;
}

export const commitRoutes: RepoRoutes = {
  '/commits': (c, r) => list(c, history(c, r), (k) => commitShape(c, r, k)),
  '/commits/{ref*}/check-runs': (c, r) => checkRuns(c, r),
  '/commits/{ref*}/check-suites': (c, r) => {
    const commit = commitOf(r, c.params.ref);
    return list(c, suitesOf(commit), (suite) => suiteShape(r, commit, suite), { wrap: 'check_suites' });
  },
  '/commits/{ref*}/statuses': (c, r) => statuses(c, r),
  '/statuses/{ref*}': (c, r) => statuses(c, r),
  '/commits/{ref*}/status': (c, r) => combinedStatus(c, r),
  '/commits/{ref*}/pulls': (c, r) => {
    const pulls = commitOf(r, c.params.ref).prs.flatMap((n) => r.pulls.get(n) ?? []);
    return list(c, pulls, (p) => pullShape(c, r, p));
  },
  '/commits/{ref*}': (c, r) => json(fullCommitShape(c, r, commitOf(r, c.params.ref))),
  '/compare/{spec*}': (c, r) => json(comparison(c, r)),
};

function history(c: Call, r: Repo): readonly Commit[] {
  if (r.empty) throw new HttpError(409, 'Git Repository is empty.');
  const from = c.query.get('sha');
  let commits = r.commits;
  if (from) {
    const sha = resolveRef(r, from);
    if (!sha) throw notFound();
    const index = commits.findIndex((k) => k.sha === sha);
    commits = index >= 0 ? commits.slice(index) : [commitOf(r, sha)];
  }
  const author = c.query.get('author')?.toLowerCase();
  const since = c.query.get('since') ?? '';
  const until = c.query.get('until') ?? '~';
  return commits.filter(
    (k) => (!author || k.author.user?.login.toLowerCase() === author) && k.date >= since && k.date <= until,
  );
}

function checkRuns(c: Call, r: Repo): Reply {
  const commit = commitOf(r, c.params.ref);
  const wanted = (name: string, value: string): boolean => (c.query.get(name) ?? value) === value;
  const runs = commit.check_runs.filter(
    (run) =>
      wanted('check_name', run.name) && wanted('status', run.status) && wanted('app_id', String(run.app.id)),
  );
  return list(c, runs, (run) => checkRunShape(c, r, commit, run), { wrap: 'check_runs' });
}

function statuses(c: Call, r: Repo): Reply {
  const commit = commitOf(r, c.params.ref);
  return list(c, commit.statuses, (s) => statusShape(c, r, commit, s));
}

function combinedStatus(c: Call, r: Repo): Reply {
  const commit = commitOf(r, c.params.ref);
  const all = commit.statuses;
  const failed = all.some((s) => s.state === 'failure' || s.state === 'error');
  const passed = all.length > 0 && all.every((s) => s.state === 'success');
  return json({
    state: failed ? 'failure' : passed ? 'success' : 'pending',
    statuses: all.map((s) => statusShape(c, r, commit, s)),
    sha: commit.sha,
    total_count: all.length,
    repository: { full_name: r.full_name },
    commit_url: '',
    url: '',
  });
}

function comparison(c: Call, r: Repo): object {
  const [base, head] = (c.params.spec ?? '').split('...').map((ref) => resolveRef(r, ref));
  if (!base || !head) throw notFound();
  const from = r.commits.findIndex((k) => k.sha === base);
  const to = r.commits.findIndex((k) => k.sha === head);
  const commits = from >= 0 && to >= 0 && to < from ? r.commits.slice(to, from).reverse() : [];
  return {
    status: base === head ? 'identical' : to < from ? 'ahead' : 'behind',
    ahead_by: Math.max(0, from - to),
    behind_by: Math.max(0, to - from),
    total_commits: commits.length,
    commits: commits.map((k) => commitShape(c, r, k)),
    files: [],
  };
}
