/** Commits, and what ran on them, as REST gives them. */

import type { App, CheckRun, Commit, GitPerson, Status } from '../../model/activity.ts';
import type { SuiteFacts } from '../../model/suites.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId, numId } from '../../text.ts';
import type { Call } from '../reply.ts';
import { apiUrl, webUrl } from './repository.ts';
import { userShape } from './user.ts';

const personShape = (p: GitPerson): object => ({ name: p.name, email: p.email, date: p.date });

export function verificationShape(k: Commit): object {
  const v = k.verification;
  const reason = v ? (v.verified ? 'valid' : 'invalid') : 'unsigned';
  return { verified: v?.verified ?? false, reason, signature: null, payload: null, verified_at: null };
}

export function commitShape(c: Call, r: Repo, k: Commit): object {
  const api = apiUrl(c, r);
  const link = (sha: string): object => ({
    sha,
    url: `${api}/commits/${sha}`,
    html_url: `${webUrl(c, r)}/commit/${sha}`,
  });
  return {
    ...link(k.sha),
    node_id: nodeId('Commit', k.sha),
    commit: {
      author: personShape(k.author),
      committer: personShape(k.committer),
      message: k.message,
      tree: { sha: r.treeSha, url: `${api}/git/trees/${r.treeSha}` },
      url: `${api}/git/commits/${k.sha}`,
      comment_count: 0,
      verification: verificationShape(k),
    },
    comments_url: `${api}/commits/${k.sha}/comments`,
    author: userShape(c, k.author.user),
    committer: userShape(c, k.committer.user),
    parents: k.parents.map(link),
  };
}

/** A single commit, with its files. */
export const fullCommitShape = (c: Call, r: Repo, k: Commit): object => ({
  ...commitShape(c, r, k),
  stats: { total: 1, additions: 1, deletions: 0 },
  files: (k.files ?? []).map((f) => ({
    filename: typeof f === 'string' ? f : f.filename,
    status: 'modified',
    additions: 1,
    deletions: 0,
    changes: 1,
  })),
});

/** A commit of the git database. */
export const gitCommitShape = (r: Repo, k: Commit): object => ({
  sha: k.sha,
  message: k.message,
  author: personShape(k.author),
  committer: personShape(k.committer),
  tree: { sha: r.treeSha },
  parents: k.parents.map((sha) => ({ sha })),
  verification: verificationShape(k),
});

const appShape = (app: App): object => ({
  id: app.id,
  slug: app.slug,
  node_id: nodeId('App', app.slug),
  owner: { login: 'github', id: 9919, type: 'Organization' },
  name: app.name,
  description: '',
  external_url: '',
  html_url: `https://github.com/apps/${app.slug}`,
  created_at: '2018-07-30T09:30:17Z',
  updated_at: '2019-12-10T19:04:12Z',
  permissions: {},
  events: [],
});

export function checkRunShape(c: Call, r: Repo, k: Commit, run: CheckRun): object {
  const page = `${webUrl(c, r)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: k.sha,
    external_id: '',
    url: `${apiUrl(c, r)}/check-runs/${run.id}`,
    html_url: page,
    details_url: page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.started_at,
    completed_at: run.status === 'completed' ? run.completed_at : null,
    output: { title: null, summary: null, text: null, annotations_count: 0, annotations_url: '' },
    check_suite: { id: numId(`${k.sha}:${run.app.slug}`) },
    app: appShape(run.app),
    pull_requests: [],
  };
}

export const suiteShape = (r: Repo, k: Commit, suite: SuiteFacts): object => ({
  id: numId(suite.key),
  node_id: nodeId('CheckSuite', suite.key),
  head_branch: r.default_branch,
  head_sha: k.sha,
  status: suite.status.toLowerCase(),
  conclusion: suite.conclusion?.toLowerCase() ?? null,
  app: appShape(suite.app),
  created_at: r.created_at,
  updated_at: r.updated_at,
  pull_requests: [],
  repository: { full_name: r.full_name },
});

export const statusShape = (c: Call, r: Repo, k: Commit, s: Status): object => ({
  url: `${apiUrl(c, r)}/statuses/${k.sha}`,
  avatar_url: '',
  id: s.id,
  node_id: nodeId('Status', s.id),
  state: s.state,
  description: s.description,
  target_url: s.target_url,
  context: s.context,
  created_at: s.created_at,
  updated_at: s.created_at,
  creator: null,
});
