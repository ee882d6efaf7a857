/** Builders for the cases of the review probes. */
import type { Actor } from '../src/core/index.ts';
import type { Changeset, Vote } from '../src/evidence/changesets.ts';

export const person = (login: string): Actor => ({ login, isBot: false });
export const app = (login: string): Actor => ({ login, isBot: true });

export const review = (by: string, state = 'APPROVED'): Vote => ({ by: person(by), state, kind: 'review' });
export const merge = (by: string): Vote => ({ by: person(by), state: 'APPROVED', kind: 'merge' });

/** A pull request by ann. */
export function pull(votes: readonly Vote[], more: Partial<Changeset> = {}): Changeset {
  return {
    platform: 'GitHub',
    id: '1',
    author: person('ann'),
    committedBy: person('ann'),
    votes,
    trailers: [],
    commits: 1,
    shas: [],
    title: 'Mend it',
    ...more,
  };
}

/** A commit without a pull request. */
export const push = (more: Partial<Changeset> = {}): Changeset =>
  pull([], { platform: 'Unknown', id: 'c0ffee', author: person(''), ...more });

/** Evidence where both readings agree. */
export const of = (...sets: Changeset[]) => ({ changesets: { reference: sets, actual: sets } });
