/** Commits, on the default branch or at the head of a pull request. */
import type * as S from '@octokit/graphql-schema';
import { pullHeadCommit } from '../../git/resolve.ts';
import type { Commit, Pull } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import { connection, nothing, type PageArgs } from '../connection.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { rollupNode, statusNode, suiteConnection } from './checks.ts';
import { treeNode } from './gitObjects.ts';
import { pullNode } from './pulls.ts';
import { repositoryNode } from './repository.ts';
import { gitActorNode } from './users.ts';

/** The commit with this id, or null. */
export function commitBySha(g: Graph, r: Repo, sha: string | undefined): Fields<S.Commit> | null {
  const commit = r.commits.find((c) => c.sha === sha);
  if (commit) return commitNode(g, r, commit);
  for (const pull of r.pulls.values()) if (pull.head.sha === sha) return pullHeadNode(g, r, pull);
  return null;
}

/** The head commit of a pull request. */
export const pullHeadNode = (g: Graph, r: Repo, pull: Pull): Fields<S.Commit> =>
  g.once(pull.head, () => makeCommit(g, r, pullHeadCommit(pull)));

const commitNode = (g: Graph, r: Repo, commit: Commit): Fields<S.Commit> =>
  g.once(commit, () => makeCommit(g, r, commit));

function makeCommit(g: Graph, r: Repo, c: Commit): Fields<S.Commit> {
  const at = r.commits.indexOf(c);
  const history = at < 0 ? [] : r.commits.slice(at);
  return {
    ...texts(r, c),
    committedDate: c.date,
    authoredDate: c.author.date,
    additions: 1,
    deletions: 0,
    changedFiles: 1,
    changedFilesIfAvailable: 1,
    authoredByCommitter: c.author.user?.login === c.committer.user?.login,
    committedViaWeb: c.committer.user?.login === 'web-flow',
    author: () => gitActorNode(g, c.author),
    committer: () => gitActorNode(g, c.committer),
    authors: (a: PageArgs) => connection([gitActorNode(g, c.author)], a),
    signature: () => signatureNode(c),
    repository: () => repositoryNode(g, r),
    tree: () => treeNode(g, r, ''),
    parents: (a: PageArgs) =>
      connection(
        history.slice(1, 2).map((x) => commitNode(g, r, x)),
        a,
      ),
    history: (a: PageArgs & { since?: string; until?: string }) => {
      const since = a.since ?? '';
      const until = a.until ?? '~';
      return connection(
        history.filter((x) => x.date >= since && x.date <= until).map((x) => commitNode(g, r, x)),
        a,
      );
    },
    associatedPullRequests: (a: PageArgs) =>
      connection(
        c.prs.flatMap((n) => r.pulls.get(n) ?? []).map((pull) => pullNode(g, r, pull)),
        a,
      ),
    checkSuites: (a: PageArgs) => suiteConnection(g, r, c, a),
    statusCheckRollup: () => rollupNode(g, r, c),
    status: () => statusNode(g, r, c),
    blame: { ranges: [] },
    comments: nothing,
    submodules: nothing,
  };
}

function texts(r: Repo, c: Commit): Fields<S.Commit> {
  const [headline = '', ...rest] = c.message.split('\n');
  const page = `/${r.full_name}/commit/${c.sha}`;
  return {
    __typename: 'Commit',
    id: nodeId('Commit', c.sha),
    oid: c.sha,
    abbreviatedOid: c.sha.slice(0, 7),
    message: c.message,
    messageHeadline: headline,
    messageHeadlineHTML: headline,
    messageBody: rest.join('\n').trim(),
    url: WEB + page,
    resourcePath: page,
    commitUrl: WEB + page,
    commitResourcePath: page,
    treeUrl: `${WEB}/${r.full_name}/tree/${c.sha}`,
    treeResourcePath: `/${r.full_name}/tree/${c.sha}`,
    tarballUrl: `https://codeload.github.com/${r.full_name}/legacy.tar.gz/${c.sha}`,
    zipballUrl: `https://codeload.github.com/${r.full_name}/legacy.zip/${c.sha}`,
  };
}

function signatureNode(c: Commit): Fields<S.GpgSignature> | null {
  if (!c.verification) return null;
  const { verified, byGitHub } = c.verification;
  return {
    __typename: 'GpgSignature',
    isValid: verified,
    wasSignedByGitHub: byGitHub ?? false,
    state: verified ? 'VALID' : 'INVALID',
    email: c.committer.email,
  };
}
