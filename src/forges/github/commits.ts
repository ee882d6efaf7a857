/** Commits with their pull requests, and the checks of these (api-checks 3.2). */
import type { Actor, Commit, CommitChecks, PullRequest } from '../../core/index.ts';
import { type Maybe, nodesOf, type RawActor, type RawCommit, type RawHead, type RawPull } from './raw.ts';

/** Statuses the reference reads of a commit: the first page of the REST list. */
const MAX_STATUSES = 30;

export function actorOf(raw: Maybe<RawActor>): Actor {
  const login = raw?.login ?? '';
  return { login, isBot: raw?.resourcePath?.startsWith('/apps/') === true || login.endsWith('[bot]') };
}

/** `repository` is the canonical `owner/name` of the scanned one. */
export function commitOf(raw: RawCommit, repository: string): Commit {
  return {
    sha: raw.oid ?? '',
    message: raw.message ?? '',
    committedAt: raw.committedDate ?? '',
    author: actorOf(raw.author?.user),
    authorName: raw.author?.name ?? '',
    committer: committerOf(raw),
    pullRequests: nodesOf(raw.associatedPullRequests).map((pull) => pullOf(pull, repository)),
  };
}

/** The name GitHub can be forged by anyone, so its signature must vouch for it. */
function committerOf({ committer, signature }: RawCommit): Actor {
  const actor = actorOf(committer?.user);
  if (actor.login !== '') return actor;
  const byGithub =
    committer?.name === 'GitHub' && signature?.isValid === true && signature.wasSignedByGitHub === true;
  return byGithub ? { login: 'github', isBot: false } : actor;
}

function pullOf(raw: RawPull, repository: string): PullRequest {
  const own = raw.repository?.nameWithOwner ?? '';
  return {
    number: raw.number ?? 0,
    repository: own,
    // Compared with its case, as the reference does.
    foreign: own !== repository,
    author: pullAuthor(raw.author),
    mergedBy: raw.mergedBy ? actorOf(raw.mergedBy) : undefined,
    mergedAt: raw.mergedAt ?? undefined,
    headSha: raw.headRefOid ?? '',
    base: raw.baseRefName,
    labels: nodesOf(raw.labels).map((label) => label.name ?? ''),
    reviews: nodesOf(raw.reviews).map((review) => ({
      state: review.state ?? '',
      author: review.author ? actorOf(review.author) : undefined,
    })),
  };
}

/** The only bot rule of the reference: an account of an app. Machine users are humans to it. */
function pullAuthor(raw: Maybe<RawActor>): Actor {
  return { login: raw?.login ?? '', isBot: raw?.resourcePath?.startsWith('/apps/') === true };
}

/**
 * Checks at the heads of merged pull requests, each head once. `api` is the REST address of the repository.
 * Reference: api-checks 3.1, "Check runs" and "Statuses".
 */
export function pullChecksOf(commits: readonly RawCommit[], api: string): CommitChecks[] {
  const found = new Map<string, CommitChecks>();
  for (const commit of commits) {
    for (const pull of nodesOf(commit.associatedPullRequests)) {
      const sha = pull.headRefOid ?? '';
      if (sha === '' || !pull.mergedAt) continue;
      // A later pull request with the same head replaces an earlier one, as in the reference.
      found.set(
        sha,
        checksOf(
          sha,
          nodesOf(pull.commits).flatMap((node) => node.commit ?? []),
          api,
        ),
      );
    }
  }
  return [...found.values()];
}

/** Checks at the commits that no merged pull request brought. */
export function directChecksOf(commits: readonly RawCommit[], api: string): CommitChecks[] {
  return commits
    .filter((commit) => !nodesOf(commit.associatedPullRequests).some((pull) => pull.mergedAt))
    .map((commit) => checksOf(commit.oid ?? '', [commit], api));
}

function checksOf(sha: string, heads: readonly RawHead[], api: string): CommitChecks {
  return {
    sha,
    checkRuns: heads.flatMap((head) =>
      nodesOf(head.checkSuites).map((suite) => ({
        name: '',
        status: (suite.status ?? '').toLowerCase(),
        conclusion: (suite.conclusion ?? '').toLowerCase(),
        app: suite.app?.slug ?? '',
        url: '',
      })),
    ),
    statuses: heads
      .flatMap((head) => head.status?.contexts ?? [])
      .filter((status) => status !== null)
      .slice(0, MAX_STATUSES)
      .map((status) => ({
        state: (status.state ?? '').toLowerCase(),
        context: status.context ?? '',
        url: `${api}/statuses/${sha}`,
        targetUrl: status.targetUrl ?? '',
      })),
  };
}

/** GitHub's own mail address of an account: `49699333+dependabot[bot]@users.noreply.github.com`. */
const NOREPLY = /^(?:(\d{1,15})\+)?([^@+]+)@users\.noreply\./;

/** Ids of the account `login` as the author of these commits; undefined where a commit does not tell the id. */
export function authorIds(commits: readonly RawCommit[], login: string): (number | undefined)[] {
  const wanted = login.toLowerCase();
  return commits.flatMap(({ author }) => {
    const [, id, name] = NOREPLY.exec(author?.email ?? '') ?? [];
    const is = (text: Maybe<string>) => text?.toLowerCase() === wanted;
    if (!is(author?.user?.login) && !is(name) && !(author?.user == null && is(author?.name))) return [];
    return [author?.user?.databaseId ?? (id === undefined ? undefined : Number(id))];
  });
}
