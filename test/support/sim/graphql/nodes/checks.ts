/** What ran on a commit: check suites, check runs, statuses and their rollup. */
import type * as S from '@octokit/graphql-schema';
import type { App, CheckRun, Commit, Status } from '../../model/activity.ts';
import { type SuiteFacts, suitesOf } from '../../model/suites.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId, numId } from '../../text.ts';
import { connection, nothing, type PageArgs } from '../connection.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { commitBySha } from './commits.ts';
import { repositoryNode } from './repository.ts';

const FAILED = ['failure', 'timed_out', 'cancelled', 'action_required', 'startup_failure'];

/** Check suites, optionally only those of one app. */
export function suiteConnection(
  g: Graph,
  r: Repo,
  commit: Commit,
  a: PageArgs & { filterBy?: { appId?: number } | null },
): object {
  const appId = a.filterBy?.appId;
  const suites = suitesOf(commit).filter((suite) => !appId || suite.app.id === appId);
  return connection(
    suites.map((suite) => suiteNode(g, r, commit, suite)),
    a,
  );
}

function suiteNode(g: Graph, r: Repo, commit: Commit, suite: SuiteFacts): Fields<S.CheckSuite> {
  return {
    __typename: 'CheckSuite',
    id: nodeId('CheckSuite', suite.key),
    databaseId: numId(suite.key),
    status: suite.status.toUpperCase(),
    conclusion: suite.conclusion?.toUpperCase() ?? null,
    createdAt: r.created_at,
    updatedAt: r.updated_at,
    url: `${WEB}/${r.full_name}/suites/1`,
    resourcePath: `/${r.full_name}/suites/1`,
    app: appNode(r, suite.app),
    repository: () => repositoryNode(g, r),
    commit: () => commitBySha(g, r, commit.sha),
    matchingPullRequests: nothing,
    checkRuns: (a: PageArgs & { filterBy?: { checkName?: string } | null }) => {
      const name = a.filterBy?.checkName;
      return connection(
        suite.runs.filter((run) => !name || run.name === name).map((run) => runNode(g, r, commit, run)),
        a,
      );
    },
  };
}

const appNode = (r: Repo, app: App): Fields<S.App> => ({
  __typename: 'App',
  id: nodeId('App', app.slug),
  databaseId: app.id,
  slug: app.slug,
  name: app.name,
  url: `${WEB}/apps/${app.slug}`,
  createdAt: r.created_at,
  updatedAt: r.created_at,
});

function runNode(g: Graph, r: Repo, commit: Commit, run: CheckRun): Fields<S.CheckRun> {
  const url = `${WEB}/${r.full_name}/runs/${run.id}`;
  return {
    __typename: 'CheckRun',
    id: nodeId('CheckRun', run.id),
    databaseId: run.id,
    name: run.name,
    title: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: run.started_at,
    completedAt: run.completed_at,
    detailsUrl: url,
    url,
    permalink: url,
    resourcePath: `/${r.full_name}/runs/${run.id}`,
    isRequired: false,
    repository: () => repositoryNode(g, r),
    checkSuite: () => {
      const suite = suitesOf(commit).find((s) => s.app.slug === run.app.slug);
      return suite ? suiteNode(g, r, commit, suite) : null;
    },
    annotations: nothing,
    steps: nothing,
  };
}

function contextNode(g: Graph, r: Repo, commit: Commit, status: Status): Fields<S.StatusContext> {
  return {
    __typename: 'StatusContext',
    id: nodeId('StatusContext', status.id),
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description,
    targetUrl: status.target_url,
    createdAt: status.created_at,
    commit: () => commitBySha(g, r, commit.sha),
    isRequired: false,
  };
}

/** The combined state of runs and statuses; null where nothing reported. */
export function rollupNode(g: Graph, r: Repo, commit: Commit): Fields<S.StatusCheckRollup> | null {
  const { check_runs, statuses } = commit;
  if (!check_runs.length && !statuses.length) return null;
  return {
    id: nodeId('Rollup', commit.sha),
    state: stateOf(check_runs, statuses),
    commit: () => commitBySha(g, r, commit.sha),
    contexts: (a: PageArgs) => ({
      ...connection(
        [
          ...check_runs.map((run) => runNode(g, r, commit, run)),
          ...statuses.map((s) => contextNode(g, r, commit, s)),
        ],
        a,
      ),
      checkRunCount: check_runs.length,
      statusContextCount: statuses.length,
      checkRunCountsByState: [],
      statusContextCountsByState: [],
    }),
  };
}

/** The statuses of a commit alone; null where there are none. */
export function statusNode(g: Graph, r: Repo, commit: Commit): Fields<S.Status> | null {
  const { statuses } = commit;
  if (!statuses.length) return null;
  const contexts = statuses.map((s) => contextNode(g, r, commit, s));
  return {
    id: nodeId('Status', commit.sha),
    commit: () => commitBySha(g, r, commit.sha),
    state: stateOf([], statuses),
    contexts,
    context: (a: { name: string }) => contexts[statuses.findIndex((s) => s.context === a.name)] ?? null,
    combinedContexts: nothing,
  };
}

function stateOf(runs: readonly CheckRun[], statuses: readonly Status[]): string {
  if (statuses.some((s) => s.state === 'error')) return 'ERROR';
  if (runs.some((x) => FAILED.includes(x.conclusion ?? '')) || statuses.some((s) => s.state === 'failure'))
    return 'FAILURE';
  if (runs.some((x) => x.status !== 'completed') || statuses.some((s) => s.state === 'pending'))
    return 'PENDING';
  return 'SUCCESS';
}
