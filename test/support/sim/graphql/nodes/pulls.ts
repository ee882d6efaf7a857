/** Pull requests and their reviews. */
import type * as S from '@octokit/graphql-schema';
import { pullHeadCommit } from '../../git/resolve.ts';
import type { Pull, Review } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId, numId } from '../../text.ts';
import { connection, emptyTimeline, nothing, type PageArgs } from '../connection.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { rollupNode } from './checks.ts';
import { commitBySha, pullHeadNode } from './commits.ts';
import { labelConnection } from './issues.ts';
import { refNode } from './refs.ts';
import { repositoryNode } from './repository.ts';
import { accountNode } from './users.ts';

const OPINIONS = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

export const pullState = (pull: Pull): 'MERGED' | 'CLOSED' | 'OPEN' =>
  pull.merged_at ? 'MERGED' : pull.state === 'closed' ? 'CLOSED' : 'OPEN';

export const pullNode = (g: Graph, r: Repo, pull: Pull): Fields<S.PullRequest> =>
  g.once(pull, () => ({
    ...texts(r, pull),
    ...dates(pull),
    ...refs(g, r, pull),
    ...people(g, r, pull),
    labels: labelConnection(pull.labels),
    commits: (a: PageArgs) => connection([pullCommitNode(g, r, pull)], a),
    files: (a: PageArgs) =>
      connection(
        [
          {
            path: 'README.md',
            additions: 1,
            deletions: 0,
            changeType: 'MODIFIED',
            viewerViewedState: 'UNVIEWED',
          },
        ],
        a,
      ),
    comments: nothing,
    reviewThreads: nothing,
    reviewRequests: nothing,
    assignees: nothing,
    participants: nothing,
    timelineItems: emptyTimeline(r.updated_at),
    closingIssuesReferences: nothing,
    statusCheckRollup: () => rollupNode(g, r, pullHeadCommit(pull)),
    additions: 1,
    changedFiles: 1,
  }));

function texts(r: Repo, p: Pull): Fields<S.PullRequest> {
  const key = `${r.full_name}#${p.number}`;
  const page = `/${p.base_repo ?? r.full_name}/pull/${p.number}`;
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', key),
    databaseId: numId(key),
    fullDatabaseId: String(numId(key)),
    number: p.number,
    title: p.title,
    titleHTML: p.title,
    body: p.body,
    bodyText: p.body,
    bodyHTML: p.body,
    url: WEB + page,
    resourcePath: page,
  };
}

const dates = (p: Pull): Fields<S.PullRequest> => ({
  state: pullState(p),
  isDraft: p.draft,
  merged: !!p.merged_at,
  mergedAt: p.merged_at,
  closed: p.state === 'closed',
  closedAt: p.merged_at,
  createdAt: p.created_at,
  publishedAt: p.created_at,
  updatedAt: p.merged_at ?? p.created_at,
});

function refs(g: Graph, r: Repo, p: Pull): Fields<S.PullRequest> {
  return {
    headRefOid: p.head.sha,
    headRefName: p.head.ref,
    baseRefName: r.default_branch,
    baseRefOid: r.head,
    baseRef: () => refNode(g, r, `refs/heads/${r.default_branch}`),
    headRepository: () => repositoryNode(g, r),
    headRepositoryOwner: () => accountNode(g, g.world.people.get(r.ownerLogin)),
    isCrossRepository: false,
    mergeable: 'UNKNOWN',
    mergeStateStatus: 'UNKNOWN',
    mergeCommit: () => commitBySha(g, r, p.merge_commit_sha ?? undefined),
    repository: () => (p.base_repo ? foreignRepository(g, p.base_repo) : repositoryNode(g, r)),
    baseRepository: () => repositoryNode(g, r),
  };
}

/** A repository the scenario only names. */
function foreignRepository(g: Graph, fullName: string): Fields<S.Repository> {
  const [owner = '', name = ''] = fullName.split('/');
  const known = repositoryNode(g, g.world.repo(owner, name));
  return (
    known ?? {
      __typename: 'Repository',
      id: nodeId('Repository', fullName),
      name,
      nameWithOwner: fullName,
      owner: accountNode(g, g.world.people.get(owner)),
    }
  );
}

function people(g: Graph, r: Repo, p: Pull): Fields<S.PullRequest> {
  const newest = (list: readonly Review[]): Review[] =>
    list.filter((x, i) => !list.slice(i + 1).some((y) => y.user?.login === x.user?.login));
  const page = (list: readonly Review[], a: PageArgs) =>
    connection(
      list.map((x) => reviewNode(g, r, p, x)),
      a,
    );
  const decision = ['CHANGES_REQUESTED', 'APPROVED'].find((state) =>
    p.reviews.some((x) => x.state === state),
  );
  return {
    author: () => accountNode(g, p.user),
    mergedBy: () => accountNode(g, p.merged_by),
    authorAssociation: p.author_association,
    reviewDecision: decision ?? null,
    reviews: (a: PageArgs & { states?: readonly string[] | null }) =>
      page(
        p.reviews.filter((x) => !a.states?.length || a.states.includes(x.state)),
        a,
      ),
    latestReviews: (a: PageArgs) => page(newest(p.reviews), a),
    latestOpinionatedReviews: (a: PageArgs) =>
      page(newest(p.reviews.filter((x) => OPINIONS.includes(x.state))), a),
  };
}

const pullCommitNode = (g: Graph, r: Repo, p: Pull): Fields<S.PullRequestCommit> => ({
  id: nodeId('PRC', p.head.sha),
  commit: pullHeadNode(g, r, p),
  pullRequest: () => pullNode(g, r, p),
  url: `${WEB}/${r.full_name}/pull/${p.number}/commits/${p.head.sha}`,
  resourcePath: `/${r.full_name}/pull/${p.number}/commits/${p.head.sha}`,
});

function reviewNode(g: Graph, r: Repo, p: Pull, x: Review): Fields<S.PullRequestReview> {
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PRR', x.id),
    databaseId: x.id,
    fullDatabaseId: String(x.id),
    state: x.state,
    author: () => accountNode(g, x.user),
    authorAssociation: x.author_association,
    authorCanPushToRepository: x.author_association !== 'NONE',
    body: x.body,
    bodyText: x.body,
    createdAt: x.submitted_at,
    updatedAt: x.submitted_at,
    submittedAt: x.submitted_at,
    publishedAt: x.submitted_at,
    commit: () => pullHeadNode(g, r, p),
    pullRequest: () => pullNode(g, r, p),
    repository: () => repositoryNode(g, r),
    comments: nothing,
    onBehalfOf: nothing,
  };
}
