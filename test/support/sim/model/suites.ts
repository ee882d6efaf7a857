/** Check suites of a commit: those reported as such, or one for the runs of each app. */

import type { App, CheckRun, Commit } from './activity.ts';
import { appOf } from './people.ts';

/** A check suite of the model: reported as such, or made of the runs of one app. */
export interface SuiteFacts {
  readonly key: string;
  readonly app: App;
  readonly status: string;
  readonly conclusion: string | null;
  readonly runs: readonly CheckRun[];
}

/** Conclusions from worst to best: a suite has the worst of its runs. */
const WORST_FIRST = [
  'failure',
  'timed_out',
  'startup_failure',
  'cancelled',
  'action_required',
  'stale',
  'success',
  'neutral',
  'skipped',
];
/** The check suites of a commit, one per app. */
export function suitesOf(commit: Commit): SuiteFacts[] {
  if (commit.check_suites) {
    return commit.check_suites.map((suite, i) => ({
      key: `${commit.sha}:${i}`,
      app: appOf(suite.app ?? 'github-actions'),
      status: suite.status ?? 'completed',
      conclusion: suite.conclusion === undefined ? 'success' : suite.conclusion,
      runs: [],
    }));
  }
  const byApp = Map.groupBy(commit.check_runs, (run) => run.app.slug);
  return [...byApp].map(([slug, runs]) => {
    const unfinished = runs.find((run) => run.status !== 'completed');
    const worst = WORST_FIRST.find((c) => runs.some((run) => run.conclusion === c)) ?? 'success';
    return {
      key: `${commit.sha}:${slug}`,
      app: appOf(slug),
      status: unfinished?.status ?? 'completed',
      conclusion: unfinished ? null : worst,
      runs,
    };
  });
}
