/** How a changeset came to count as reviewed, in either view. */
import type { Improvement, Part, Review, Told, ToldExample, View } from '../src/core/index.ts';
import type { Changeset, Changesets, Vote } from '../src/evidence/changesets.ts';
import { isMachine } from '../src/evidence/maintainers.ts';

/** Improvements both review probes know. */
export const REVIEW_IMPROVEMENTS: Readonly<Record<string, Improvement>> = {
  'every-pull-request': {
    what: 'Of several pull requests of a commit the merged one into the default branch counts, upstream ones of a fork included.',
    why: 'The reference reads the first in the list only, so that reviewed changes of forks, mirrors and stacked pull requests look like direct pushes (ossf/scorecard#4730, #1921, #1562).',
  },
  'human-reviews': {
    what: 'Only people review: approvals and merges by machine accounts, or by accounts that no longer exist, do not count.',
    why: 'A merge bot or a missing login differs from every author, which is all the reference asks for (ossf/scorecard#2798, #2302).',
  },
};

/** The changesets a view looks at. */
export function seenBy(view: View, changesets: Changesets): readonly Changeset[] {
  return view.adopts('every-pull-request') ? changesets.actual : changesets.reference;
}

/** Votes that may count in a view, the author's own among them. */
export function votesFor(view: View, changeset: Changeset): readonly Vote[] {
  if (!view.adopts('human-reviews')) return changeset.votes;
  return changeset.votes.filter(({ by }) => by.login !== '' && !isMachine(by));
}

/** Did a machine make the change? */
export function byMachine(view: View, changeset: Changeset): boolean {
  if (changeset.author.isBot) return true;
  return view.adopts('machine-users') && isMachine(changeset.author);
}

/** Why a changeset counts as approved, in words; undefined when it does not. */
export function approval(view: View, changeset: Changeset): string | undefined {
  const { platform, author, trailers } = changeset;
  if (platform !== 'GitHub' && platform !== 'Unknown') return `reviewed on ${platform}`;
  const votes = votesFor(view, changeset).filter((vote) => vote.by.login !== author.login);
  const decisive = view.adopts('last-word') ? lastWords(votes) : votes;
  const approving = decisive.find((vote) => vote.state === 'APPROVED');
  if (approving !== undefined) {
    const who = approving.by.login === '' ? 'an account that is gone' : approving.by.login;
    return approving.kind === 'review' ? `approved by ${who}` : `merged by ${who}, not the author`;
  }
  const [name] = trailers;
  return name !== undefined && view.adopts('review-trailers')
    ? `message says reviewed by ${name}`
    : undefined;
}

/** Reviews that say yes or no, the last one of each reviewer; merges stay. */
function lastWords(votes: readonly Vote[]): Vote[] {
  const last = new Map<string, Vote>();
  const decides = ({ state }: Vote) =>
    state === 'APPROVED' || state === 'CHANGES_REQUESTED' || state === 'DISMISSED';
  for (const vote of votes) if (vote.kind === 'review' && decides(vote)) last.set(vote.by.login, vote);
  const merges = votes.filter((vote) => {
    const said = last.get(vote.by.login)?.state;
    return vote.kind === 'merge' && (said === undefined || said === 'APPROVED');
  });
  return [...last.values(), ...merges];
}

const LENA = { login: 'lena', isBot: false };
const OMAR = { login: 'omar', isBot: false };

const merged = (mergedBy: typeof LENA, reviews: readonly Part<Review>[]): Told => ({
  commits: [
    {
      sha: 'c2',
      message: 'Read tabs (#41)',
      author: LENA,
      pullRequests: [
        { number: 41, author: LENA, mergedBy, mergedAt: '2025-12-20T09:00:00Z', labels: [], reviews },
      ],
    },
  ],
});

/** A pull request that its author merged, and one that somebody else approved. */
export const REVIEW_EXAMPLE: ToldExample = {
  before: merged(LENA, []),
  after: merged(LENA, [{ author: OMAR, state: 'APPROVED' }]),
};
