/** The root of every query. */
import type * as S from '@octokit/graphql-schema';
import type { AccountType, Repo, User } from '../../model/types.ts';
import { connection, type PageArgs } from '../connection.ts';
import { fieldForbidden, fieldNotFound } from '../errors.ts';
import type { Fields, Graph } from '../graph.ts';
import { issueNode } from './issues.ts';
import { pullNode } from './pulls.ts';
import { repositoryNode } from './repository.ts';
import { accountNode } from './users.ts';

/** Fields of `Query`; `rate` is what `rateLimit` answers. */
export function rootNode(g: Graph, rate: object): Fields<S.Query> {
  const { world } = g;
  return {
    repository: (a: { owner: string; name: string }) => findRepository(g, a.owner, a.name),
    repositoryOwner: (a: { login: string }) => accountNode(g, world.people.find(a.login)),
    viewer: () => accountNode(g, world.viewer),
    user: (a: { login: string }) => accountNode(g, findAccount(g, a.login, 'User', 'a User')),
    organization: (a: { login: string }) =>
      accountNode(g, findAccount(g, a.login, 'Organization', 'an Organization')),
    rateLimit: rate,
    node: (a: { id: string }) => nodeById(g, a.id),
    nodes: (a: { ids: readonly string[] }) => a.ids.map((id) => nodeById(g, id)),
    licenses: [],
    meta: { gitHubServicesSha: '0'.repeat(40), isPasswordAuthenticationVerifiable: true },
    search: (a: PageArgs & { query: string; type: string }) => search(g, a),
  };
}

function findRepository(g: Graph, owner: string, name: string): object | null {
  const repo = g.world.repo(owner, name) ?? g.world.movedRepo(owner, name);
  if (!repo || repo.access === 'none' || (repo.private && repo.viewer.permission === 'NONE')) {
    throw fieldNotFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  if (repo.access === 'blocked') throw fieldForbidden('Repository access blocked');
  return repositoryNode(g, repo);
}

function findAccount(g: Graph, login: string, type: AccountType, name: string): User {
  const user = g.world.people.find(login);
  if (user?.type !== type) throw fieldNotFound(`Could not resolve to ${name} with the login of '${login}'.`);
  return user;
}

function nodeById(g: Graph, id: string): object | null {
  const text = Buffer.from(id, 'base64url').toString();
  const colon = text.indexOf(':');
  const key = text.slice(colon + 1);
  const kind = text.slice(0, colon);
  if (kind === 'Repository') {
    const [owner = '', name = ''] = key.split('/');
    return repositoryNode(g, g.world.repo(owner, name));
  }
  if (kind === 'User' || kind === 'Organization') return accountNode(g, g.world.people.find(key));
  throw fieldNotFound(`Could not resolve to a node with the global id of '${id}'`);
}

function search(g: Graph, a: PageArgs & { query: string; type: string }): object {
  const [, owner = '', name = ''] = /repo:([^\s/]+)\/(\S+)/.exec(a.query) ?? [];
  const repo = g.world.repo(owner, name);
  const found =
    a.type === 'REPOSITORY'
      ? searchRepositories(g, repo, owner !== '')
      : repo
        ? searchIssues(g, repo, a.query)
        : [];
  const counts = { codeCount: 0, userCount: 0, wikiCount: 0, discussionCount: 0 };
  return { ...connection(found, a), issueCount: found.length, repositoryCount: found.length, ...counts };
}

const searchRepositories = (g: Graph, only: Repo | undefined, named: boolean): (object | null)[] =>
  [...g.world.repos.values()]
    .filter((r) => r.access === 'public' && (!named || r === only))
    .map((r) => repositoryNode(g, r));

function searchIssues(g: Graph, r: Repo, query: string): (object | null)[] {
  const merged = query.includes('is:merged');
  const wantsIssues = !merged && !/(is|type):pr\b/.test(query);
  const wantsPulls = !/(is|type):issue\b/.test(query);
  const pulls = [...r.pulls.values()].filter((p) => !merged || p.merged_at).map((p) => pullNode(g, r, p));
  return [...(wantsPulls ? pulls : []), ...(wantsIssues ? r.issues.map((x) => issueNode(g, r, x)) : [])];
}
