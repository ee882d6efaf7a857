/** Finds commits of a repository by name, and describes the heads of pull requests as commits. */
import type { Commit, GitPerson, Pull } from '../model/activity.ts';
import type { Repo } from '../model/types.ts';

/**
 * The commit id of a branch, tag, "heads/x", "refs/...", "pull/1/head", a full or a shortened id.
 * @returns undefined when nothing of that name is there
 */
export function resolveRef(repo: Repo, ref: string | null | undefined): string | undefined {
  if (repo.empty) return undefined;
  if (!ref || ref === 'HEAD') return repo.head;
  const name = decodeURIComponent(ref).replace(/^refs\//, '');
  if (!name.startsWith('tags/')) {
    const branch = repo.branches.find((b) => b.name === name.replace(/^heads\//, ''));
    if (branch) return branch.sha;
  }
  const release = repo.releases.find((r) => r.tag_name === name.replace(/^tags\//, ''));
  if (release) return release.sha;
  const pull = /^pull\/(\d+)\/head$/.exec(name);
  if (pull) return repo.pulls.get(Number(pull[1]))?.head.sha;
  if (!/^[0-9a-f]{7,40}$/.test(name)) return undefined;
  const known = [...repo.commits.map((c) => c.sha), ...[...repo.pulls.values()].map((p) => p.head.sha)];
  return known.find((sha) => sha.startsWith(name));
}

/** The head commit of a pull request as a commit of the model. */
export function pullHeadCommit(pull: Pull): Commit {
  const person: GitPerson = {
    user: pull.user,
    name: pull.user?.name ?? 'Ghost',
    email: 'x@example.org',
    date: pull.created_at,
  };
  return {
    sha: pull.head.sha,
    parents: [],
    message: `Work for pull request ${pull.number}\n`,
    date: pull.created_at,
    author: person,
    committer: person,
    verification: null,
    prs: [pull.number],
    check_runs: pull.check_runs,
    check_suites: pull.check_suites,
    statuses: pull.statuses,
  };
}

/** The commit with this id, on the default branch or at the head of a pull request. */
export function findCommit(repo: Repo, sha: string): Commit | undefined {
  const commit = repo.commits.find((c) => c.sha === sha);
  if (commit) return commit;
  for (const pull of repo.pulls.values()) if (pull.head.sha === sha) return pullHeadCommit(pull);
  return undefined;
}
