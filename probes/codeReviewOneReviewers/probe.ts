import {
  CannotJudge,
  defineProbe,
  type FindingDraft,
  no,
  notAvailable,
  type View,
  yes,
} from '../../src/core/index.ts';
import { type Changeset, changesets } from '../../src/evidence/changesets.ts';
import { isMachine } from '../../src/evidence/maintainers.ts';
import { REVIEW_EXAMPLE, REVIEW_IMPROVEMENTS, seenBy, votesFor } from '../review.ts';

export const codeReviewOneReviewers = defineProbe({
  id: 'codeReviewOneReviewers',
  lifecycle: 'experimental',
  summary: 'Did at least one person other than the author look at every recent change?',
  motivation:
    'Even a review that ends without an approval brings a second person into a change. The weakest change of the lot shows how a project works under pressure.',
  implementation:
    'Recent commits are put together as for `codeApproved`. For every change the different people are counted who reviewed it, whatever they said, or merged it, the author left out; the smallest number decides.',
  outcomes: {
    True: 'Every change had at least one reviewer.',
    False: 'At least one change had no reviewer.',
    NotAvailable:
      'The author or a reviewer of some change is not known, which includes changes without a pull request, or all changes are by bots.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Have every pull request reviewed',
    steps: ['Ask somebody other than the author to review every pull request before it is merged.'],
  },
  forges: ['github', 'gitlab'],
  needs: { changesets },
  improvements: {
    ...REVIEW_IMPROVEMENTS,
    'unreviewed-pushes': {
      what: 'A direct push of a person is a change without a reviewer.',
      why: 'The reference gives up at the first commit without a pull request, so that projects that review nothing are not told so.',
    },
  },
  example: REVIEW_EXAMPLE,
  run: ({ changesets }, view) => {
    if ('unknown' in changesets) throw new CannotJudge(`commits cannot be read: ${changesets.unknown}`);
    const all = seenBy(view, changesets);
    if (all.length === 0) throw new CannotJudge('there are no changesets to look at');
    return [judge(all, view)];
  },
});

function judge(all: readonly Changeset[], view: View): FindingDraft {
  let least = Number.POSITIVE_INFINITY;
  let human = false;
  for (const changeset of all) {
    const pushed = changeset.platform === 'Unknown' && view.adopts('unreviewed-pushes');
    const author = pushed ? changeset.committedBy : changeset.author;
    if (pushed && isMachine(author)) continue;
    if (author.login === '' && !pushed) return notAvailable('the author of a change is not known');
    if (!author.isBot) human = true;
    const votes = votesFor(view, changeset);
    if (votes.some((vote) => vote.by.login === ''))
      return notAvailable('the reviewer of a change is not known');
    const others = new Set(votes.map((vote) => vote.by.login).filter((login) => login !== author.login));
    least = Math.min(least, others.size);
  }
  if (!human) return notAvailable('all changes are by bots');
  return least < 1 ? no('some changes had no reviewer') : yes('every change had a reviewer');
}
