import { type Actor, type Commit, derive, isKnown, type PullRequest } from '../core/index.ts';
import { commits, defaultBranch } from './facts.ts';

/** Where a change was reviewed, as far as it shows. */
export type ReviewPlatform = 'Prow' | 'GitHub' | 'Phabricator' | 'Gerrit' | 'Piper' | 'Unknown';

/** One word on a change: a review, or the merge by a person, which the reference takes for an approval. */
export interface Vote {
  readonly by: Actor;
  readonly state: string;
  readonly kind: 'review' | 'merge';
}

/** Commits that came in together. */
export interface Changeset {
  readonly platform: ReviewPlatform;
  /** Pull request number, review id or commit. */
  readonly id: string;
  /** Who opened the pull request; for other platforms an empty login, as in the reference. */
  readonly author: Actor;
  /** Who made the first commit. */
  readonly committedBy: Actor;
  readonly votes: readonly Vote[];
  /** Names in review trailers of a message that also links to the review, the author's own name left out. */
  readonly trailers: readonly string[];
  readonly commits: number;
  /** Of those commits, newest first. */
  readonly shas: readonly string[];
  /** First line of the newest commit's message, at most 100 characters. */
  readonly title: string;
}

export interface Changesets {
  /** With the first pull request of each commit only. */
  readonly reference: readonly Changeset[];
  /** With the pull request that brought the commit, wherever it stands in the list. */
  readonly actual: readonly Changeset[];
}

const NOBODY: Actor = { login: '', isBot: false };

/**
 * Recent commits put together by the change they belong to, newest first; undefined when commits are not known.
 * Reference: api-checks 7.
 */
export const changesets = derive({
  id: 'changesets',
  version: 1,
  needs: { commits, defaultBranch },
  derive: ({ commits, defaultBranch }): Changesets | { readonly unknown: string } => {
    if (!isKnown(commits)) return { unknown: commits.why };
    const branch = isKnown(defaultBranch) ? defaultBranch.known : undefined;
    return {
      reference: group(commits.known, firstOwn),
      actual: group(commits.known, (pulls) => bringer(pulls, branch)),
    };
  },
});

/** The reference's pick: the first one, if it is of this repository. */
export function firstOwn(pulls: readonly PullRequest[]): PullRequest | undefined {
  const [first] = pulls;
  return first === undefined || first.foreign ? undefined : first;
}

/** The merged pull request into the default branch, else any merged one, own ones first. */
export function bringer(pulls: readonly PullRequest[], branch?: string): PullRequest | undefined {
  const merged = pulls.filter((pull) => pull.mergedAt !== undefined);
  const own = merged.filter((pull) => !pull.foreign);
  return own.find((pull) => branch !== undefined && pull.base === branch) ?? own[0] ?? merged[0];
}

type Pick = (pulls: readonly PullRequest[]) => PullRequest | undefined;

function group(commits: readonly Commit[], pick: Pick): Changeset[] {
  const found = new Map<string, { -readonly [K in keyof Changeset]: Changeset[K] } & { shas: string[] }>();
  for (const commit of commits) {
    const pull = pick(commit.pullRequests);
    const [platform, id] = identify(commit, pull);
    const key = `${platform} ${pull?.foreign ? pull.repository : ''} ${id}`;
    const known = found.get(key);
    if (known !== undefined) {
      known.commits++;
      known.shas.push(commit.sha);
      continue;
    }
    const reviewed = platform === 'GitHub' ? pull : undefined;
    found.set(key, {
      platform,
      id,
      author: reviewed?.author ?? NOBODY,
      committedBy: commit.author,
      votes: reviewed === undefined ? [] : votesOf(reviewed),
      trailers: reviewTrailers(commit),
      commits: 1,
      shas: [commit.sha],
      title: commit.message.split('\n', 1)[0]!.slice(0, 100),
    });
  }
  return [...found.values()];
}

function identify(commit: Commit, pull: PullRequest | undefined): [ReviewPlatform, string] {
  if (pull?.mergedAt !== undefined) {
    const { labels, number } = pull;
    if (labels.includes('lgtm') || (labels.includes('approved') && number !== 0))
      return ['Prow', String(number)];
    if (number !== 0) return ['GitHub', String(number)];
  }
  const { message } = commit;
  const revision = phabricatorRevision(message);
  if (revision !== undefined) return ['Phabricator', revision];
  if (message.includes('Reviewed-on:') && message.includes('Reviewed-by:')) return ['Gerrit', commit.sha];
  const piper = /PiperOrigin-RevId:[\t\n\f\r ]{0,100}(\d{3,})/.exec(message)?.[1];
  return piper === undefined ? ['Unknown', commit.sha] : ['Piper', piper];
}

/** The last `D` with digits on a line after the mark. */
function phabricatorRevision(message: string): string | undefined {
  const mark = 'Differential Revision:';
  for (const line of message.split(/[\r\n]/)) {
    const start = line.indexOf(mark);
    const tokens = start < 0 ? null : line.slice(start + mark.length).match(/D\d+/g);
    if (tokens !== null) return tokens.at(-1);
  }
  return undefined;
}

function votesOf(pull: PullRequest): Vote[] {
  const votes = pull.reviews.map(
    (review): Vote => ({ by: review.author ?? NOBODY, state: review.state, kind: 'review' }),
  );
  return [...votes, { by: pull.mergedBy ?? NOBODY, state: 'APPROVED', kind: 'merge' }];
}

const LINK =
  /(?:\/pull\/|\/merge_requests\/|\bReviewed-on: *http|\bLink: *http|\bPR[- ]URL: *http|\bpull request #)\S/i;
const TRAILER = /^(?:Reviewed|Approved|Acked)-by:\s*(\S.*)$/i;

/** A name alone proves nothing: the message must also say where the review took place. */
function reviewTrailers(commit: Commit): string[] {
  const { message } = commit;
  if (!LINK.test(message)) return [];
  const names = new Set<string>();
  for (const raw of message.split('\n')) {
    const name = TRAILER.exec(raw.slice(0, 300))?.[1]?.replace(/<.*$/, '').trim();
    if (name) names.add(name);
  }
  const own = (commit.authorName ?? '').toLowerCase();
  return [...names].filter((name) => own === '' || name.toLowerCase() !== own);
}
