/** Routes outside any repository: the token, accounts, organizations. */

import { notFound, type Reply } from '../../http/exchange.ts';
import type { User } from '../../model/types.ts';
import type { Call } from '../reply.ts';
import { json, list } from '../reply.ts';
import type { Routes } from '../router.ts';
import { repoShape } from '../shapes/repository.ts';
import { fullUserShape, organizationShape, userShape } from '../shapes/user.ts';
import { attestationShapes } from './releases.ts';

export const generalRoutes: Routes = {
  '/rate_limit': (c) => json(c.x.rates.overview(c.x.token)),
  '/user': (c) => json(fullUserShape(c, c.world.viewer)),
  '/users/{login}': (c) => json(fullUserShape(c, account(c))),
  '/users/{login}/orgs': (c) =>
    list(c, account(c).orgs, (login) =>
      organizationShape(c, c.world.people.get(login, { type: 'Organization' })),
    ),
  '/users/{login}/attestations/bulk-list': (c) => bulkAttestations(c),
  '/orgs/{login}/attestations/bulk-list': (c) => bulkAttestations(c),
  '/users/{login}/repos': (c) => ownRepos(c),
  '/orgs/{login}/repos': (c) => ownRepos(c),
  '/orgs/{login}': (c) => json(organization(c)),
  '/orgs/{login}/teams/{slug}/members': (c) => {
    const logins = c.world.teams.get(`${c.params.login}/${c.params.slug}`.toLowerCase());
    if (!logins) throw notFound();
    return list(c, logins, (login) => userShape(c, c.world.people.get(login)));
  },
  '/licenses/{key}': (c) => {
    const key = c.params.key ?? '';
    return json({ key, name: key, spdx_id: key.toUpperCase(), url: `${c.api}/licenses/${key}`, body: '' });
  },
};

function account(c: Call): User {
  const user = c.world.people.find(decodeURIComponent(c.params.login ?? ''));
  if (!user || user.missing) throw notFound();
  return user;
}

function ownRepos(c: Call): Reply {
  const publicOnly = c.query.get('type') === 'public';
  const repos = c.world.reposOf(account(c).login).filter((r) => !publicOnly || !r.private);
  return list(c, repos, (r) => repoShape(c, r));
}

function organization(c: Call): object {
  const org = account(c);
  if (org.type !== 'Organization') throw notFound();
  return {
    ...organizationShape(c, org),
    name: org.name,
    company: null,
    is_verified: org.verified ?? false,
    public_repos: c.world.reposOf(org.login).length,
    html_url: `${c.web}/${org.login}`,
    created_at: org.created_at,
    updated_at: org.created_at,
    type: 'Organization',
  };
}

/** Attestations of several digests over all repositories of an account; by POST. */
function bulkAttestations(c: Call): Reply {
  const { login } = account(c);
  const { subject_digests: digests } = JSON.parse(c.x.body.toString('utf8')) as { subject_digests: string[] };
  const repos = c.world.reposOf(login);
  const found = digests.map((digest) => [digest, repos.flatMap((r) => attestationShapes(r, digest) ?? [])]);
  return json({
    attestations_subject_digests: Object.fromEntries(found.filter(([, list]) => list!.length > 0)),
    page_info: { has_next: false, has_previous: false },
  });
}
