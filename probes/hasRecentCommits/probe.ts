import { defineProbe, no, required, yes } from '../../src/core/index.ts';
import { commits } from '../../src/evidence/facts.ts';
import { isMachine } from '../../src/evidence/maintainers.ts';
import { isWithin, LOOK_BACK_DAYS } from '../activity.ts';

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
    steps: ['Keep dependencies current and answer issues; a finished project can say so in its README.'],
  },
  forges: ['github', 'gitlab'],
  needs: { commits },
  improvements: {
    'commits-of-people': {
      what: 'Commits of machines do not count.',
      why: 'Update bots keep committing long after the last person has left (ossf/scorecard#3821).',
    },
  },
  run: ({ commits }, view) => {
    const people = view.adopts('commits-of-people');
    const recent = required(commits, 'recent commits').filter(
      (commit) => isWithin(view, commit.committedAt) && !(people && isMachine(commit.author)),
    );
    const values = { commitsWithinThreshold: String(recent.length), lookBackDays: LOOK_BACK_DAYS };
    return [
      recent.length > 0
        ? yes(`${recent.length} commit(s) within the last 90 days`, { values })
        : no('no commit within the last 90 days', { values }),
    ];
  },
});
