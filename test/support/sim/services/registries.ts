/** Package registries, as far as they name the source of a package. */
import type { Exchange, Reply } from '../http/exchange.ts';
import type { RegistryKind } from '../model/spec.ts';
import type { World } from '../model/world.ts';

type Lookup = (sources: Readonly<Record<string, string>>, x: Exchange) => Reply | undefined;

const FLAT = '/v3-flatcontainer/';
const REGISTRATIONS = '/v3/registration5-gz-semver2/';
const xml = (text: string): Reply => ({ raw: Buffer.from(text), type: 'application/xml' });

const LOOKUPS: Readonly<Record<RegistryKind, Lookup>> = {
  npm: (sources, x) => {
    const name = decodeURIComponent(/^\/((?:@[^/%]+\/)?[^/]+)(?:\/latest)?$/.exec(x.path)?.[1] ?? '');
    const url = sources[name];
    return url
      ? { json: { name, version: '1.0.0', repository: { type: 'git', url: `git+${url}.git` } } }
      : undefined;
  },
  pypi: (sources, x) => {
    const name = /^\/pypi\/([^/]+)\/json$/.exec(x.path)?.[1] ?? '';
    const url = sources[name];
    return url ? { json: { info: { name, project_urls: { Source: url }, project_url: '' } } } : undefined;
  },
  rubygems: (sources, x) => {
    const name = /^\/api\/v1\/gems\/([^/]+)\.json$/.exec(x.path)?.[1] ?? '';
    const url = sources[name];
    return url ? { json: { name, source_code_uri: url } } : undefined;
  },
  nuget: (sources, x) => (x.path === '/v3/index.json' ? { json: nugetIndex(x) } : nugetPage(sources, x.path)),
};

/** The answer of one registry. */
export function answerRegistry(world: World, kind: RegistryKind, x: Exchange): Reply {
  return LOOKUPS[kind](world.services.registries[kind], x) ?? { status: 404, json: { error: 'Not found' } };
}

const nugetIndex = (x: Exchange): object => ({
  version: '3.0.0',
  resources: [
    { '@id': `https://${x.host}${FLAT}`, '@type': 'PackageBaseAddress/3.0.0' },
    { '@id': `https://${x.host}${REGISTRATIONS}`, '@type': 'RegistrationsBaseUrl/3.6.0' },
  ],
});

function nugetPage(sources: Readonly<Record<string, string>>, path: string): Reply | undefined {
  const below = [FLAT, REGISTRATIONS].find((prefix) => path.startsWith(prefix));
  const [id = '', ...rest] = path.slice(below?.length).split('/');
  const url = sources[id];
  if (!below || !url) return undefined;
  const page = rest.join('/');
  if (below === FLAT && page === 'index.json') return { json: { versions: ['1.0.0'] } };
  if (below === REGISTRATIONS && page === 'index.json') {
    return {
      json: { count: 1, items: [{ items: [{ catalogEntry: { id, version: '1.0.0', listed: true } }] }] },
    };
  }
  if (page !== `1.0.0/${id}.nuspec`) return undefined;
  const source = `<repository type="git" url="${url}" />`;
  return xml(
    `<?xml version="1.0"?><package><metadata><id>${id}</id><version>1.0.0</version>${source}</metadata></package>`,
  );
}
