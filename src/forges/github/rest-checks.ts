/** Check runs one head at a time, for tokens that may not see suites through GraphQL (api-checks 3.1). */
import { type Answer, type CommitChecks, isKnown, known } from '../../core/index.ts';
import { inTurns } from './in-turns.ts';
import { nodesOf, type RawCommit } from './raw.ts';
import { askRest, mustBeList, mustBeObject, mustBeText, textIfAny } from './rest.ts';
import type { Session } from './session.ts';

/** Heads asked about at the same time. */
const AT_ONCE = 6;

export async function pullChecksByRest(
  session: Session,
  fullName: string,
  commits: readonly RawCommit[],
): Promise<Answer<readonly CommitChecks[]>> {
  // The reference looks at the first pull request of a commit only; more would cost a request each.
  const heads = commits.flatMap((commit) => {
    const pull = nodesOf(commit.associatedPullRequests)[0];
    return pull?.mergedAt && pull.headRefOid ? [pull.headRefOid] : [];
  });
  const answers = await inTurns([...new Set(heads)], AT_ONCE, (sha) => headChecks(session, fullName, sha));
  const problem = answers.find((answer) => !isKnown(answer));
  if (problem !== undefined) return problem as Answer<never>;
  return known(answers.flatMap((answer) => (isKnown(answer) ? [answer.known] : [])));
}

async function headChecks(session: Session, fullName: string, sha: string): Promise<Answer<CommitChecks>> {
  const needs = 'Checks: read and Commit statuses: read';
  const [runs, statuses] = await Promise.all([
    askRest(session, { path: `/commits/${sha}/check-runs`, what: 'check runs', needs }, fullName, (json) =>
      mustBeList(mustBeObject(json).check_runs).map((run) => ({
        name: textIfAny(run.name),
        status: mustBeText(run.status),
        conclusion: textIfAny(run.conclusion),
        app: textIfAny(mustBeObject(run.app ?? {}).slug),
        url: textIfAny(run.url),
      })),
    ),
    askRest(session, { path: `/commits/${sha}/statuses`, what: 'statuses', needs }, fullName, (json) =>
      mustBeList(json).map((status) => ({
        state: mustBeText(status.state),
        context: mustBeText(status.context),
        url: textIfAny(status.url),
        targetUrl: textIfAny(status.target_url),
      })),
    ),
  ]);
  if (!isKnown(runs)) return runs;
  if (!isKnown(statuses)) return statuses;
  return known({ sha, checkRuns: runs.known, statuses: statuses.known });
}
