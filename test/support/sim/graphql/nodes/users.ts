/** Accounts: users, organizations, bots, and the people of commits. */
import type * as S from '@octokit/graphql-schema';
import type { GitPerson } from '../../model/activity.ts';
import type { User } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import { connection, nothing, type PageArgs } from '../connection.ts';
import { type Fields, type Graph, WEB } from '../graph.ts';
import { repositoryNode } from './repository.ts';

/** An account as an actor or owner. Bots are `Bot` objects named without their suffix. */
export function accountNode(g: Graph, user: User | null | undefined): object | null {
  if (!user) return null;
  if (user.type === 'Bot') return botNode(user);
  if (user.type === 'Organization') return organizationNode(g, user);
  if (user.type === 'Mannequin') return { __typename: 'Mannequin', ...commonFields(g, user) };
  return userNode(g, user);
}

/** The author or committer of a commit; bots answer as users named "x[bot]" here. */
export function gitActorNode(g: Graph, person: GitPerson): Fields<S.GitActor> {
  return {
    name: person.name,
    email: person.email,
    date: person.date,
    avatarUrl: `${WEB}/identicons/x.png`,
    user: () => (person.user && person.user.login !== 'web-flow' ? userNode(g, person.user) : null),
  };
}

function botNode(user: User): Fields<S.Bot> {
  const login = user.login.replace(/\[bot\]$/, '');
  return {
    __typename: 'Bot',
    id: nodeId('Bot', login),
    databaseId: user.id,
    login,
    url: `${WEB}/apps/${login}`,
    resourcePath: `/apps/${login}`,
    avatarUrl: `${WEB}/identicons/${login}.png`,
    createdAt: user.created_at,
    updatedAt: user.created_at,
  };
}

function commonFields(g: Graph, user: User) {
  return {
    id: nodeId(user.type, user.login),
    databaseId: user.id,
    login: user.login,
    name: user.name,
    url: `${WEB}/${user.login}`,
    resourcePath: `/${user.login}`,
    avatarUrl: `${WEB}/${user.login}.png`,
    email: user.email ?? '',
    createdAt: user.created_at,
    updatedAt: user.created_at,
    repositories: (a: PageArgs) =>
      connection(
        g.world.reposOf(user.login).map((r) => repositoryNode(g, r)),
        a,
      ),
    repository: (a: { name: string }) => repositoryNode(g, g.world.repo(user.login, a.name)),
  };
}

function organizationNode(g: Graph, user: User): Fields<S.Organization> {
  return {
    __typename: 'Organization',
    ...commonFields(g, user),
    isVerified: user.verified ?? false,
    description: user.description ?? null,
  };
}

function userNode(g: Graph, user: User): Fields<S.User> {
  return {
    __typename: 'User',
    ...commonFields(g, user),
    company: user.company,
    companyHTML: user.company ? `<div>${user.company}</div>` : '',
    organizations: (a: PageArgs) =>
      connection(
        user.orgs.map((login) => organizationNode(g, g.world.people.get(login, { type: 'Organization' }))),
        a,
      ),
    followers: nothing,
  };
}
