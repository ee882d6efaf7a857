import { CannotJudge, derive, isKnown } from '../core/index.ts';
import { commits, pullRequestChecks } from './facts.ts';

/** How many recent commits came by merged pull requests, and how many of those were analysed. */
export interface SastCoverage {
  readonly analysed: number;
  readonly merged: number;
}

/** Apps whose check runs count. Reference: file-checks 9.1. */
const ANALYSERS = new Set([
  'github-advanced-security',
  'github-code-scanning',
  'lgtm-com',
  'sonarcloud',
  'sonarqubecloud',
]);

/** Counted per commit: several commits of one pull request count each. Reference: file-checks 9.1. */
export const sastCoverage = derive({
  id: 'sastCoverage',
  version: 1,
  needs: { commits, pullRequestChecks },
  derive: ({ commits, pullRequestChecks }): SastCoverage => {
    if (!isKnown(commits)) {
      if (commits.unknown === 'unsupported') return { analysed: 0, merged: 0 };
      throw new CannotJudge(commits.why);
    }
    const heads = commits.known.flatMap((commit) => {
      const first = commit.pullRequests[0];
      return first && !first.foreign && first.mergedAt !== undefined ? [first.headSha] : [];
    });
    if (heads.length === 0) return { analysed: 0, merged: 0 };
    if (!isKnown(pullRequestChecks)) throw new CannotJudge(pullRequestChecks.why);
    const analysed = new Set(
      pullRequestChecks.known
        .filter(({ checkRuns }) =>
          checkRuns.some(
            (run) =>
              run.status === 'completed' &&
              ['success', 'neutral'].includes(run.conclusion) &&
              ANALYSERS.has(run.app),
          ),
        )
        .map(({ sha }) => sha),
    );
    return { analysed: heads.filter((sha) => analysed.has(sha)).length, merged: heads.length };
  },
});
