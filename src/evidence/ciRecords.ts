import {
  type CheckRun,
  type Commit,
  type CommitChecks,
  type CommitStatus,
  derive,
  isKnown,
} from '../core/index.ts';
import { bringer, firstOwn } from './changesets.ts';
import { commits, directChecks, pullRequestChecks } from './facts.ts';

/** What continuous integration said of one change. */
export interface CiRecord {
  /** Head of the pull request, or the commit itself. */
  readonly sha: string;
  /** Undefined for a commit that no pull request brought. */
  readonly pullRequest: number | undefined;
  /** Commits of the branch that came with it. */
  readonly commits: number;
  readonly checkRuns: readonly CheckRun[];
  readonly statuses: readonly CommitStatus[];
}

export interface CiRecords {
  /** Set when the checks, or the commits, cannot be read. */
  readonly unknown?: { readonly why: string; readonly needs?: string; readonly unsupported: boolean };
  /** One per head of the first pull request of a commit. Reference: api-checks 4. */
  readonly reference: readonly CiRecord[];
  /** One per head of the pull request that brought a commit. */
  readonly actual: readonly CiRecord[];
  /** Commits without a pull request; empty when their checks are not known. */
  readonly direct: readonly CiRecord[];
}

const NONE = { reference: [], actual: [], direct: [] };

/** Changes with what ran on them, newest first. */
export const ciRecords = derive({
  id: 'ciRecords',
  version: 1,
  needs: { commits, pullRequestChecks, directChecks },
  derive: ({ commits, pullRequestChecks, directChecks }): CiRecords => {
    if (!isKnown(commits)) {
      const unsupported = commits.unknown === 'unsupported';
      return {
        ...NONE,
        unknown: { why: commits.why, unsupported, ...(commits.needs && { needs: commits.needs }) },
      };
    }
    const any = commits.known.some((commit) => firstOwn(commit.pullRequests)?.mergedAt !== undefined);
    if (!isKnown(pullRequestChecks) && any) {
      const { why, needs } = pullRequestChecks;
      return { ...NONE, unknown: { why, unsupported: false, ...(needs && { needs }) } };
    }
    const checks = byCommit(isKnown(pullRequestChecks) ? pullRequestChecks.known : []);
    const direct = isKnown(directChecks) ? directChecks.known : [];
    return {
      reference: records(commits.known, checks, firstOwn),
      actual: records(commits.known, checks, bringer),
      direct: direct.map((one) => record(one.sha, undefined, one)),
    };
  },
});

const byCommit = (list: readonly CommitChecks[]) => new Map(list.map((checks) => [checks.sha, checks]));

function record(sha: string, pullRequest: number | undefined, checks: CommitChecks | undefined): CiRecord {
  const { checkRuns = [], statuses = [] } = checks ?? {};
  return { sha, pullRequest, commits: 1, checkRuns, statuses };
}

function records(
  commits: readonly Commit[],
  checks: ReadonlyMap<string, CommitChecks>,
  pick: typeof firstOwn,
): CiRecord[] {
  const found = new Map<string, CiRecord>();
  for (const commit of commits) {
    const pull = pick(commit.pullRequests);
    if (pull?.mergedAt === undefined) continue;
    const earlier = found.get(pull.headSha)?.commits ?? 0;
    // the number of the last one seen names the record, as in the reference
    const one = record(pull.headSha, pull.number, checks.get(pull.headSha));
    found.set(pull.headSha, { ...one, commits: earlier + 1 });
  }
  return [...found.values()];
}
