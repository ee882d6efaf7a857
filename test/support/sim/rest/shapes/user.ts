/** Accounts as REST gives them. */
import type { User } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import type { Call } from '../reply.ts';

export function userShape(c: Call, user: User): object;
export function userShape(c: Call, user: User | null): object | null;
export function userShape(c: Call, user: User | null): object | null {
  if (!user) return null;
  const page = user.type === 'Bot' ? `apps/${user.login.replace('[bot]', '')}` : user.login;
  const url = `${c.api}/users/${encodeURIComponent(user.login)}`;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId(user.type, user.login),
    avatar_url: `https://avatars.githubusercontent.com/u/${user.id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${c.web}/${page}`,
    followers_url: `${url}/followers`,
    repos_url: `${url}/repos`,
    organizations_url: `${url}/orgs`,
    events_url: `${url}/events{/privacy}`,
    type: user.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** An account's own page. */
export const fullUserShape = (c: Call, user: User): object => ({
  ...userShape(c, user),
  name: user.name,
  company: user.company,
  blog: '',
  location: null,
  email: user.email,
  hireable: null,
  bio: null,
  public_repos: 1,
  public_gists: 0,
  followers: 3,
  following: 0,
  created_at: user.created_at,
  updated_at: user.created_at,
});

/** An organization in a list. */
export const organizationShape = (c: Call, org: User): object => ({
  login: org.login,
  id: org.id,
  node_id: nodeId('O', org.login),
  url: `${c.api}/orgs/${org.login}`,
  repos_url: `${c.api}/orgs/${org.login}/repos`,
  avatar_url: '',
  description: org.description ?? '',
});
