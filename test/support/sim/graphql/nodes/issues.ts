/** Issues, their comments and labels. */
import type * as S from '@octokit/graphql-schema';
import type { Comment, Issue } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId, numId } from '../../text.ts';
import { connection, emptyTimeline, nothing, type PageArgs } from '../connection.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { repositoryNode } from './repository.ts';
import { accountNode } from './users.ts';

/** The `labels` field of an issue or pull request. */
export const labelConnection = (names: readonly string[]) => (a: PageArgs) =>
  connection(
    names.map(
      (name): Fields<S.Label> => ({ id: nodeId('Label', name), name, color: 'ededed', isDefault: false }),
    ),
    a,
  );

export function issueNode(g: Graph, r: Repo, x: Issue | undefined): Fields<S.Issue> | null {
  if (!x) return null;
  const key = `${r.full_name}#${x.number}`;
  const page = `/${r.full_name}/issues/${x.number}`;
  return {
    __typename: 'Issue',
    id: nodeId('Issue', key),
    databaseId: numId(key),
    number: x.number,
    title: x.title,
    titleHTML: x.title,
    body: x.body,
    bodyText: x.body,
    bodyHTML: x.body,
    state: x.state.toUpperCase(),
    url: WEB + page,
    resourcePath: page,
    createdAt: x.created_at,
    publishedAt: x.created_at,
    updatedAt: x.updated_at,
    closedAt: x.closed_at,
    closed: x.state === 'closed',
    author: () => accountNode(g, x.user),
    authorAssociation: x.author_association,
    repository: () => repositoryNode(g, r),
    labels: labelConnection(x.labels),
    comments: (a: PageArgs) =>
      connection(
        x.comments.map((c) => commentNode(g, WEB + page, c)),
        a,
      ),
    assignees: nothing,
    participants: nothing,
    timelineItems: emptyTimeline(x.updated_at),
    reactions: nothing,
  };
}

const commentNode = (g: Graph, page: string, c: Comment): Fields<S.IssueComment> => ({
  __typename: 'IssueComment',
  id: nodeId('IC', c.id),
  databaseId: c.id,
  author: () => accountNode(g, c.user),
  authorAssociation: c.author_association,
  createdAt: c.created_at,
  updatedAt: c.created_at,
  publishedAt: c.created_at,
  body: c.body,
  bodyText: c.body,
  bodyHTML: c.body,
  url: `${page}#issuecomment-${c.id}`,
});
