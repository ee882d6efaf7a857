/** A repository's own page and what describes it. */
import { HttpError, notFound } from '../../http/exchange.ts';
import { hasPermission, isAdmin } from '../../model/rules.ts';
import type { Repo, RepoFile } from '../../model/types.ts';
import { baseName, nodeId } from '../../text.ts';
import { type Call, json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { hookShape } from '../shapes/branch.ts';
import { apiUrl, licenseShape, repoShape, webUrl } from '../shapes/repository.ts';
import { userShape } from '../shapes/user.ts';

/** The 403 that names the kind of token. */
export function inaccessible(r: Repo): HttpError {
  const by = r.viewer.token === 'fine-grained' ? 'personal access token' : 'integration';
  return new HttpError(403, `Resource not accessible by ${by}`);
}

/** What a token without the right gets: a classic one learns nothing, the others are told. */
export const refuse = (r: Repo): HttpError => (r.viewer.token === 'classic' ? notFound() : inaccessible(r));

export const repositoryRoutes: RepoRoutes = {
  '': (c, r) => json(repoShape(c, r)),
  '/languages': (_, r) => json(r.languages),
  '/topics': (_, r) => json({ names: r.topics }),
  '/license': (c, r) => json(licenseFile(c, r)),
  '/community/profile': (c, r) => json(communityProfile(c, r)),
  '/private-vulnerability-reporting': (_, r) => json({ enabled: r.privateVulnerabilityReporting }),
  '/contributors': (c, r) => {
    if (r.empty) return { status: 204 };
    const shown = r.contributors.filter((x) => x.login || c.query.get('anon'));
    return list(c, shown, ({ login, contributions, ...rest }) =>
      login
        ? { ...userShape(c, c.world.people.get(login)), contributions }
        : { ...rest, type: 'Anonymous', contributions },
    );
  },
  '/collaborators': (c, r) => {
    if (!hasPermission(r, 'WRITE'))
      throw new HttpError(403, 'Must have push access to view repository collaborators.');
    return list(c, r.collaborators, ({ login }) => userShape(c, c.world.people.get(login)));
  },
  '/vulnerability-alerts': (_, r) => {
    if (!isAdmin(r) || !r.vulnerabilityAlerts.length) throw notFound();
    return { status: 204 };
  },
  '/hooks': (c, r) => {
    if (!isAdmin(r)) throw refuse(r);
    return list(c, r.hooks, (hook) => hookShape(c, r, hook));
  },
  '/tags': (c, r) =>
    list(c, r.releases, (x) => ({
      name: x.tag_name,
      commit: { sha: x.sha, url: `${apiUrl(c, r)}/commits/${x.sha}` },
      zipball_url: `${apiUrl(c, r)}/zipball/refs/tags/${x.tag_name}`,
      tarball_url: `${apiUrl(c, r)}/tarball/refs/tags/${x.tag_name}`,
      node_id: nodeId('Tag', x.tag_name),
    })),
};

function licenseFile(c: Call, r: Repo): object {
  const l = r.license;
  if (!l) throw notFound();
  const content = l.file?.content ?? Buffer.alloc(0);
  return {
    name: baseName(l.path),
    path: l.path,
    sha: r.tree.find((e) => e.path === l.path)?.sha ?? '0'.repeat(40),
    size: content.length,
    url: `${apiUrl(c, r)}/contents/${l.path}?ref=${r.default_branch}`,
    html_url: `${webUrl(c, r)}/blob/${r.default_branch}/${l.path}`,
    git_url: '',
    download_url: `${c.x.links.raw}/${r.full_name}/${r.default_branch}/${l.path}`,
    type: 'file',
    content: content.toString('base64'),
    encoding: 'base64',
    license: licenseShape(l),
  };
}

function communityProfile(c: Call, r: Repo): object {
  const entry = (pattern: RegExp): object | null => {
    const file: RepoFile | undefined = r.files.find((f) => pattern.test(f.path));
    if (!file) return null;
    return {
      url: `${apiUrl(c, r)}/contents/${file.path}`,
      html_url: `${webUrl(c, r)}/blob/${r.default_branch}/${file.path}`,
    };
  };
  const conduct = entry(/^(\.github\/|docs\/)?code_of_conduct\.md$/i);
  return {
    health_percentage: 50,
    description: r.description,
    documentation: null,
    files: {
      code_of_conduct: conduct,
      code_of_conduct_file: conduct,
      contributing: entry(/^(\.github\/|docs\/)?contributing\.md$/i),
      issue_template: null,
      pull_request_template: entry(/pull_request_template\.md$/i),
      license: r.license ? { ...licenseShape(r.license), html_url: '' } : null,
      readme: entry(/^readme/i),
    },
    updated_at: r.updated_at,
  };
}
