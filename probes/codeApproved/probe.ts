import {
  CannotJudge,
  defineProbe,
  type FindingDraft,
  no,
  notApplicable,
  type View,
  yes,
} from '../../src/core/index.ts';
import { type Changeset, changesets } from '../../src/evidence/changesets.ts';
import { isMachine } from '../../src/evidence/maintainers.ts';
import { approval, byMachine, REVIEW_EXAMPLE, REVIEW_IMPROVEMENTS, seenBy } from '../review.ts';

export const codeApproved = defineProbe({
  id: 'codeApproved',
  lifecycle: 'experimental',
  summary: 'Were all recent changes approved by somebody other than their author?',
  motivation:
    'A second pair of eyes finds mistakes, and whoever wants to slip in something harmful needs an accomplice. What counts is what happened, not what a rule demands.',
  implementation:
    'The recent commits of the default branch (30 unless told otherwise) are put together by pull request, or by the review that their message names: Prow labels, Phabricator, Gerrit, Piper. A change counts as approved when somebody other than its author approved or merged its pull request, or when one of the other platforms reviewed it. Approved changes of bots are left out.',
  outcomes: {
    True: 'Every change was approved.',
    False: 'At least one change was not approved; the values hold how many were.',
    NotApplicable: 'There are no recent commits, or none of a person.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Have every change approved by a second person',
    steps: [
      'Bring every change in by pull request and have somebody other than its author approve it before the merge.',
      'Make that a rule with branch protection, see `requiresApproversForPullRequests`.',
    ],
  },
  forges: ['github', 'gitlab'],
  needs: { changesets },
  improvements: {
    ...REVIEW_IMPROVEMENTS,
    'machine-users': {
      what: 'Accounts that only programs use are machines, also where they are no app.',
      why: 'The only bots the reference knows are apps; automation with an account of its own counts as a person there (ossf/scorecard#2302, #2311).',
    },
    'automation-commits': {
      what: "Commits that the project's own automation pushed directly, such as a version bump, are no change that somebody could have reviewed and do not count.",
      why: 'Release automation pushes after the reviewed merge; in the reference it lowers the score of projects that review everything (gradle/actions#384, ossf/scorecard#2450).',
    },
    'last-word': {
      what: 'The last decision of a reviewer counts: an approval followed by a request for changes is none.',
      why: 'An approval that its giver took back approves nothing.',
    },
    'review-trailers': {
      what: "A trailer such as `Reviewed-by` counts where the message also links to the place of the review and the name is not the author's.",
      why: 'Projects that merge outside the forge detach commits from their pull requests and keep the review in the message (ossf/scorecard#4730, OpenSSL: 0 in the reference).',
    },
    'review-list': {
      what: 'Every change is listed with who reviewed it and why it counted, or why not.',
      why: 'A share alone gives a maintainer nothing to act on.',
    },
  },
  example: REVIEW_EXAMPLE,
  run: ({ changesets }, view) => {
    if ('unknown' in changesets) throw new CannotJudge(`commits cannot be read: ${changesets.unknown}`);
    return judge(seenBy(view, changesets), view);
  },
});

function judge(all: readonly Changeset[], view: View): FindingDraft[] {
  if (all.length === 0) return [notApplicable('there are no recent changes')];
  const counted = all.filter((one) => !isAutomation(view, one));
  let approved = 0;
  let total = 0;
  let human = false;
  for (const changeset of counted) {
    const isApproved = approval(view, changeset) !== undefined;
    const machine = byMachine(view, changeset);
    if (isApproved && machine) continue;
    total++;
    if (!machine) human = true;
    if (isApproved) approved++;
  }
  const values = { approvedChangesets: String(approved), totalChangesets: String(total) };
  const list = view.adopts('review-list') ? all.map((changeset) => entry(changeset, view)) : [];
  if (approved !== total) return [no(`Found ${approved}/${total} approved changesets`, { values }), ...list];
  if (!human)
    return [notApplicable(`none of the last ${all.length} changes is a person's`, { values }), ...list];
  return [yes(`all ${total} changesets were approved`, { values }), ...list];
}

function isAutomation(view: View, { platform, committedBy, trailers }: Changeset): boolean {
  const direct = platform === 'Unknown' && trailers.length === 0;
  return direct && isMachine(committedBy) && view.adopts('automation-commits');
}

/** One line of the list of changes. */
function entry(changeset: Changeset, view: View): FindingDraft {
  const { platform, id, author, committedBy, title } = changeset;
  const name = platform === 'GitHub' || platform === 'Prow' ? `#${id}` : id.slice(0, 12);
  const who = author.login || committedBy.login || 'somebody';
  const why = approval(view, changeset);
  const values = { changeset: id, platform, author: who };
  const about = `${name} by ${who} (${title})`;
  if (isAutomation(view, changeset))
    return notApplicable(`${about}: pushed by automation, not counted`, { values });
  if (why !== undefined) {
    if (byMachine(view, changeset))
      return notApplicable(`${about}: ${why}; by a machine, not counted`, { values });
    return yes(`${about}: ${why}`, { values });
  }
  const missing =
    platform === 'Unknown' ? 'pushed without a pull request' : 'merged without an approval of somebody else';
  return no(`${about}: ${missing}`, { values, remediated: false });
}
