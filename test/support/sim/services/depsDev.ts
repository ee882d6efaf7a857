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
  if (x.path.startsWith('/v3/systems/')) return answerPackage(world, x.path);
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

/** A package with its versions, or one version with its links. */
function answerPackage(world: World, path: string): Reply {
  const parts = path.split('/').slice(3).map(decodeURIComponent);
  const [system = '', , name = '', , version] = parts;
  const key = `${system.toLowerCase()}/${name}`;
  const all = [...world.services.depsDev.values()].map((one) => one.packages?.[key]);
  const versions = all.find((one) => one !== undefined);
  if (versions === undefined) return missing;
  const names = Object.keys(versions);
  const keyOf = (one: string): object => ({ system: system.toUpperCase(), name, version: one });
  if (version !== undefined) {
    const known = versions[version];
    return known
      ? { json: { versionKey: keyOf(version), links: [], relatedProjects: [], ...known } }
      : missing;
  }
  const list = names.map((one) => ({ versionKey: keyOf(one), isDefault: one === names.at(-1) }));
  return { json: { packageKey: { system: system.toUpperCase(), name }, versions: list } };
}
