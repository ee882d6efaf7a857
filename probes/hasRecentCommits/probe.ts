import { type Commit, defineProbe, no, required, type View, yes } from '../../src/core/index.ts';
import { commits } from '../../src/evidence/facts.ts';
import { isMachine } from '../../src/evidence/maintainers.ts';
import { daysSince, isWithin, LOOK_BACK_DAYS } from '../activity.ts';

export const hasRecentCommits = defineProbe({
  id: 'hasRecentCommits',
  lifecycle: 'stable',
  summary: 'Were there commits within the last 90 days?',
  motivation:
    'Where nobody changes anything, nobody mends flaws either, or takes over updates of dependencies.',
  implementation:
    'Counts the commits of the default branch, among the last 30 unless told otherwise, whose commit time is within the last 90 days.',
  outcomes: {
    True: 'There was at least one; the values hold the number.',
    False: 'There was none.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Keep dependencies current',
    steps: ['Keep dependencies current and answer issues; a finished project can say so in its README.'],
  },
  forges: ['github', 'gitlab'],
  needs: { commits },
  improvements: {
    'commits-of-people': {
      what: 'Commits of machines do not count.',
      why: 'Update bots keep committing long after the last person has left (ossf/scorecard#3821).',
    },
    'last-commit': {
      what: 'The values tell how many days ago the last commit was.',
      why: 'A project that rested for four months and one that was left four years ago look the same in a window of 90 days (ossf/scorecard#3821).',
    },
  },
  example: {
    before: {
      commits: [
        {
          message: 'Read tabs',
          committedAt: '2024-03-01T09:00:00Z',
          author: { login: 'lena', isBot: false },
        },
      ],
    },
    after: {
      commits: [
        {
          message: 'Read tabs',
          committedAt: '2025-12-20T09:00:00Z',
          author: { login: 'lena', isBot: false },
        },
      ],
    },
  },
  run: ({ commits }, view) => {
    const people = view.adopts('commits-of-people');
    const all = required(commits, 'recent commits').filter((commit) => !(people && isMachine(commit.author)));
    const recent = all.filter((commit) => isWithin(view, commit.committedAt));
    const values = {
      commitsWithinThreshold: String(recent.length),
      lookBackDays: LOOK_BACK_DAYS,
      ...(view.adopts('last-commit') ? lastCommit(all, view) : {}),
    };
    return [
      recent.length > 0
        ? yes(`${recent.length} commit(s) within the last 90 days`, { values })
        : no('no commit within the last 90 days', { values }),
    ];
  },
});

function lastCommit(commits: readonly Commit[], view: View): Record<string, string> {
  const times = commits.map((commit) => Date.parse(commit.committedAt)).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return {};
  return { daysSinceLastCommit: String(daysSince(view, Math.max(...times))) };
}
