/** The long lists of a repository: issues, pull requests, releases and vulnerability alerts. */
import type * as S from '@octokit/graphql-schema';
import type { Issue, Pull, Release } from '../../model/activity.ts';
import { canWrite, isAdmin } from '../../model/rules.ts';
import type { Repo } from '../../model/types.ts';
import { connection, type OrderArgs, ordered, type PageArgs } from '../connection.ts';
import { fieldForbidden, inaccessible } from '../errors.ts';
import type { Fields, Graph } from '../graph.ts';
import { issueNode } from './issues.ts';
import { pullNode, pullState } from './pulls.ts';
import { releaseNode } from './releases.ts';
import { alertNode } from './repositoryParts.ts';

interface ListArgs extends PageArgs, OrderArgs {
  readonly states?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly filterBy?: { readonly states?: readonly string[]; readonly since?: string } | null;
  readonly baseRefName?: string | null;
}

const OLDEST_FIRST = { field: 'CREATED_AT', direction: 'ASC' } as const;
const NEWEST_FIRST = { field: 'CREATED_AT', direction: 'DESC' } as const;

const ISSUE_KEYS = {
  CREATED_AT: (x: Issue) => x.created_at,
  UPDATED_AT: (x: Issue) => x.updated_at,
  COMMENTS: (x: Issue) => x.comments.length,
};
const PULL_KEYS = {
  CREATED_AT: (p: Pull) => p.created_at,
  UPDATED_AT: (p: Pull) => p.merged_at ?? p.created_at,
};
const RELEASE_KEYS = {
  CREATED_AT: (x: Release) => x.created_at,
  NAME: (x: Release) => x.tag_name,
};

/** Whether one of the values is wanted; no wish means all. */
const within = (wanted: readonly string[] | null | undefined, ...values: readonly string[]): boolean =>
  !wanted?.length || values.some((value) => wanted.includes(value));

function issuesOf(r: Repo, a: ListArgs): readonly Issue[] {
  const list = r.issues.filter(
    (x) =>
      within(a.states, x.state.toUpperCase()) &&
      within(a.filterBy?.states, x.state.toUpperCase()) &&
      within(a.labels, ...x.labels) &&
      x.updated_at >= (a.filterBy?.since ?? ''),
  );
  return ordered(list, a.orderBy ?? OLDEST_FIRST, ISSUE_KEYS);
}

function pullsOf(r: Repo, a: ListArgs): readonly Pull[] {
  const onlyOther = a.baseRefName && a.baseRefName !== r.default_branch;
  const all = onlyOther ? [] : [...r.pulls.values()];
  const list = all.filter((p) => within(a.states, pullState(p)) && within(a.labels, ...p.labels));
  return ordered(list, a.orderBy ?? OLDEST_FIRST, PULL_KEYS);
}

/** Drafts are shown to writers only. */
const releasesOf = (r: Repo, orderBy: OrderArgs['orderBy']): readonly Release[] =>
  ordered(
    r.releases.filter((x) => !x.draft || canWrite(r)),
    orderBy ?? NEWEST_FIRST,
    RELEASE_KEYS,
  );

/** Fields that lead to issues, pull requests, releases and alerts. */
export function listFields(g: Graph, r: Repo): Fields<S.Repository> {
  return {
    issues: (a: ListArgs) => connection(issuesOf(r, a).map(issueNode.bind(null, g, r)), a),
    issue: (a: { number: number }) => {
      const issue = r.issues.find((x) => x.number === a.number);
      return issueNode(g, r, issue);
    },
    pullRequests: (a: ListArgs) => connection(pullsOf(r, a).map(pullNode.bind(null, g, r)), a),
    pullRequest: (a: { number: number }) => {
      const pull = r.pulls.get(a.number);
      return pull ? pullNode(g, r, pull) : null;
    },
    releases: (a: ListArgs) => connection(releasesOf(r, a.orderBy).map(releaseNode.bind(null, g, r)), a),
    latestRelease: () => {
      const latest = releasesOf(r, NEWEST_FIRST).find((x) => !x.draft && !x.prerelease);
      return releaseNode(g, r, latest);
    },
    release: (a: { tagName: string }) => {
      const release = r.releases.find((x) => x.tag_name === a.tagName);
      return releaseNode(g, r, release);
    },
    vulnerabilityAlerts: (a: ListArgs) => {
      if (!isAdmin(r) && r.viewer.token !== 'classic') throw fieldForbidden(inaccessible(r.viewer.token));
      const alerts = isAdmin(r)
        ? r.vulnerabilityAlerts.filter((x) => within(a.states, x.state ?? 'OPEN'))
        : [];
      return connection(alerts.map(alertNode.bind(null, g, r)), a);
    },
  };
}
