/** Pull requests, reviews, issues and comments as REST gives them. */
import type { Comment, Issue, Pull, Review } from '../../model/activity.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId, numId } from '../../text.ts';
import type { Call } from '../reply.ts';
import { apiUrl, repoShape, webUrl } from './repository.ts';
import { userShape } from './user.ts';

const labelShape = (name: string): object => ({ id: numId(name), name, color: 'ededed', default: false });

export function pullShape(c: Call, r: Repo, p: Pull): object {
  const side = (ref: string, sha: string, user: object | null, repo: object): object => ({
    label: `${r.ownerLogin}:${ref}`,
    ref,
    sha,
    user,
    repo,
  });
  const owner = userShape(c, c.world.people.get(r.ownerLogin));
  return {
    url: `${apiUrl(c, r)}/pulls/${p.number}`,
    id: numId(`${r.full_name}#${p.number}`),
    node_id: nodeId('PR', `${r.full_name}#${p.number}`),
    html_url: `${webUrl(c, r)}/pull/${p.number}`,
    number: p.number,
    state: p.state,
    locked: false,
    title: p.title,
    user: userShape(c, p.user),
    body: p.body,
    created_at: p.created_at,
    updated_at: p.merged_at ?? p.created_at,
    closed_at: p.merged_at,
    merged_at: p.merged_at,
    merge_commit_sha: p.merge_commit_sha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: p.labels.map(labelShape),
    milestone: null,
    draft: p.draft,
    head: side(p.head.ref, p.head.sha, userShape(c, p.user), repoShape(c, r)),
    base: side(r.default_branch, r.head, owner, p.base_repo ? { full_name: p.base_repo } : repoShape(c, r)),
    author_association: p.author_association,
    auto_merge: null,
  };
}

/** A single pull request, with what lists leave out. */
export const fullPullShape = (c: Call, r: Repo, p: Pull): object => ({
  ...pullShape(c, r, p),
  merged: p.merged_at !== null,
  mergeable: null,
  merged_by: userShape(c, p.merged_by),
  comments: 0,
  review_comments: 0,
  commits: 1,
  additions: 1,
  deletions: 0,
  changed_files: 1,
});

export const reviewShape = (c: Call, p: Pull, x: Review): object => ({
  id: x.id,
  node_id: nodeId('PRR', x.id),
  user: userShape(c, x.user),
  body: x.body,
  state: x.state,
  html_url: '',
  pull_request_url: '',
  author_association: x.author_association,
  submitted_at: x.submitted_at,
  commit_id: p.head.sha,
});

export function issueShape(c: Call, r: Repo, x: Issue): object {
  const url = `${apiUrl(c, r)}/issues/${x.number}`;
  return {
    url,
    html_url: `${webUrl(c, r)}/issues/${x.number}`,
    comments_url: `${url}/comments`,
    id: numId(`${r.full_name}#${x.number}`),
    node_id: nodeId('Issue', `${r.full_name}#${x.number}`),
    number: x.number,
    title: x.title,
    user: userShape(c, x.user),
    labels: x.labels.map(labelShape),
    state: x.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: x.comments.length,
    created_at: x.created_at,
    updated_at: x.updated_at,
    closed_at: x.closed_at,
    author_association: x.author_association,
    body: x.body,
    state_reason: null,
  };
}

export const commentShape = (c: Call, r: Repo, x: Issue, k: Comment): object => ({
  id: k.id,
  node_id: nodeId('IC', k.id),
  url: `${apiUrl(c, r)}/issues/comments/${k.id}`,
  html_url: `${webUrl(c, r)}/issues/${x.number}#issuecomment-${k.id}`,
  issue_url: `${apiUrl(c, r)}/issues/${x.number}`,
  body: k.body,
  user: userShape(c, k.user),
  created_at: k.created_at,
  updated_at: k.created_at,
  author_association: k.author_association,
});
