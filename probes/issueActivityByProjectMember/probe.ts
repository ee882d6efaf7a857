import {
  ASSOCIATIONS,
  type Association,
  defineProbe,
  type Issue,
  no,
  required,
  type View,
  yes,
} from '../../src/core/index.ts';
import { issues } from '../../src/evidence/facts.ts';
import { isWithin, LOOK_BACK_DAYS } from '../activity.ts';

export const issueActivityByProjectMember = defineProbe({
  id: 'issueActivityByProjectMember',
  lifecycle: 'stable',
  summary: 'Did people of the project take part in issues within the last 90 days?',
  motivation:
    'Answered issues show that reports reach somebody. A flaw reported to a project that does not answer stays a flaw.',
  implementation:
    'Of the 30 most recently updated issues those count which a collaborator, member or owner opened, or commented on among the last 30 comments, within the last 90 days.',
  outcomes: {
    True: 'There is at least one such issue; the values hold the number.',
    False: 'There is none.',
  },
  remediation: {
    on: 'False',
    effort: 'High',
    act: 'Answer open issues',
    steps: ['Answer open issues, and close what will not be done.'],
  },
  forges: ['github', 'gitlab'],
  needs: { issues },
  improvements: {
    'waiting-issues': {
      what: 'Issues of outsiders are counted by whether they were answered, so that a quiet project with nothing waiting can be told from a neglected one.',
      why: 'The number of issues says how much is asked of a project, not how well it answers (ossf/scorecard#3821).',
    },
  },
  example: {
    before: {
      issues: [
        {
          state: 'open',
          association: 'none',
          createdAt: '2025-12-10T09:00:00Z',
          author: { login: 'omar', isBot: false },
          comments: [],
        },
      ],
    },
    after: {
      issues: [
        {
          state: 'open',
          association: 'none',
          createdAt: '2025-12-10T09:00:00Z',
          author: { login: 'omar', isBot: false },
          comments: [{ author: 'lena', association: 'member', createdAt: '2025-12-12T09:00:00Z' }],
        },
      ],
    },
  },
  run: ({ issues }, view) => {
    const all = required(issues, 'issues');
    const active = all.filter((issue) => isActive(issue, view)).length;
    const values = {
      numberOfIssuesUpdatedWithinThreshold: String(active),
      lookBackDays: LOOK_BACK_DAYS,
      ...(view.adopts('waiting-issues') ? answers(all, view) : {}),
    };
    return [
      active > 0
        ? yes(`people of the project took part in ${active} issue(s) within the last 90 days`, { values })
        : no('nobody of the project took part in an issue within the last 90 days', { values }),
    ];
  },
});

const COLLABORATOR = ASSOCIATIONS.indexOf('collaborator');

const belongs = (association: Association): boolean =>
  association !== '' && ASSOCIATIONS.indexOf(association) >= COLLABORATOR;

function isActive({ association, createdAt, comments }: Issue, view: View): boolean {
  if (belongs(association) && isWithin(view, createdAt)) return true;
  return comments.some((comment) => belongs(comment.association) && isWithin(view, comment.createdAt));
}

/** Outsiders' issues of the last year, or still open: how many, and how many of them wait for a first answer. */
function answers(all: readonly Issue[], view: View): Record<string, string> {
  let asked = 0;
  let waiting = 0;
  for (const { association, createdAt, comments, state } of all) {
    if (belongs(association)) continue;
    const open = state === 'open';
    const waits = open && !comments.some((comment) => belongs(comment.association));
    if (!waits && !isWithin(view, createdAt, 365)) continue;
    asked++;
    if (waits) waiting++;
  }
  return { issuesByOutsiders: String(asked), issuesWaiting: String(waiting) };
}
