/** deps.dev: projects, and the package versions made from them. */
import type { Exchange, Reply } from '../http/exchange.ts';
import { normalUri, type World } from '../model/world.ts';

const missing: Reply = { status: 404, json: { code: 5, message: 'project not found' } };

const DEFAULTS = {
  relationType: 'SOURCE_REPO',
  relationProvenance: 'GO_ORIGIN',
  slsaProvenances: [],
  attestations: [],
};

export function answerDepsDev(world: World, x: Exchange): Reply | undefined {
  const [, id, versions] = /^\/v3(?:alpha)?\/projects\/([^/]+?)(:packageversions)?$/.exec(x.path) ?? [];
  if (!id) return undefined;
  const key = normalUri(decodeURIComponent(id));
  if (versions) {
    const known = world.services.depsDev.get(key);
    return known
      ? { json: { versions: (known.versions ?? []).map((v) => ({ ...DEFAULTS, ...v })) } }
      : missing;
  }
  const [, owner = '', name = ''] = key.split('/');
  const repo = world.repo(owner, name);
  if (!repo) return missing;
  return {
    json: {
      projectKey: { id: key },
      starsCount: repo.stargazers_count,
      forksCount: repo.forks_count,
      openIssuesCount: repo.issues.length,
      license: repo.license?.spdx_id ?? '',
      description: repo.description,
    },
  };
}
