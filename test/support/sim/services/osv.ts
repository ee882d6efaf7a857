/** OSV: vulnerabilities by package and version, by commit, and by id. */
import type { Exchange, Reply } from '../http/exchange.ts';
import type { OsvSpec } from '../model/spec.ts';
import type { World } from '../model/world.ts';
import { compareVersions } from './versions.ts';

interface OsvQuery {
  readonly commit?: string;
  readonly version?: string;
  readonly package?: { readonly name?: string; readonly ecosystem?: string; readonly purl?: string };
}

interface Package {
  readonly name: string;
  readonly ecosystem: string;
  readonly version: string | undefined;
}

const ECOSYSTEMS: Readonly<Record<string, string>> = {
  cargo: 'crates.io',
  composer: 'Packagist',
  gem: 'RubyGems',
  golang: 'Go',
  maven: 'Maven',
  npm: 'npm',
  nuget: 'NuGet',
  pypi: 'PyPI',
};

const MAX_QUERIES = 1000;
const missing = (message: string): Reply => ({ status: 404, json: { code: 5, message } });

export function answerOsv(world: World, x: Exchange): Reply | undefined {
  if (x.method === 'POST' && x.path === '/v1/querybatch') return batch(world, x);
  if (x.method === 'POST' && x.path === '/v1/query') {
    const found = lookup(world, parse(x) as OsvQuery);
    return { json: found.length ? { vulns: found.map(published) } : {} };
  }
  const id = /^\/v1\/vulns\/(.+)$/.exec(x.path)?.[1];
  if (id) {
    const vuln = world.services.osv.get(decodeURIComponent(id));
    return vuln ? { json: published(vuln) } : missing('Bug not found.');
  }
  return x.path.startsWith('/v1experimental/') ? { json: {} } : missing('Not Found');
}

const parse = (x: Exchange): unknown => JSON.parse(x.body.toString() || '{}');

function batch(world: World, x: Exchange): Reply {
  const { queries = [] } = parse(x) as { queries?: readonly OsvQuery[] };
  if (queries.length > MAX_QUERIES) return { status: 400, json: { code: 3, message: 'Too many queries.' } };
  const results = queries.map((query) => {
    const found = lookup(world, query);
    return found.length ? { vulns: found.map(({ id, modified }) => ({ id, modified })) } : {};
  });
  return { json: { results } };
}

/** A record without the simulator's own mark. */
const published = ({ affects_head: _, ...vuln }: OsvSpec): object => vuln;

function lookup(world: World, query: OsvQuery): OsvSpec[] {
  const { osv, osvByHead } = world.services;
  if (query.commit)
    return osvByHead.filter((x) => x.repo.head === query.commit).flatMap((x) => osv.get(x.id) ?? []);
  const pkg = packageOf(query);
  return pkg ? [...osv.values()].filter((vuln) => !vuln.withdrawn && isAffected(vuln, pkg)) : [];
}

function packageOf({ package: p, version }: OsvQuery): Package | undefined {
  if (p?.purl) return parsePurl(p.purl, version);
  return p?.name ? { name: p.name, ecosystem: p.ecosystem ?? '', version } : undefined;
}

function parsePurl(purl: string, version: string | undefined): Package | undefined {
  const match = /^pkg:([^/]+)\/([^@?#]+|%40[^@?#]+)(?:@([^?#]+))?/.exec(purl);
  if (!match) return undefined;
  const ecosystem = ECOSYSTEMS[match[1] as string] ?? (match[1] as string);
  const name = decodeURIComponent(match[2] as string);
  return {
    name: ecosystem === 'Maven' ? name.replace('/', ':') : name,
    ecosystem,
    version: version ?? (match[3] === undefined ? undefined : decodeURIComponent(match[3])),
  };
}

const family = (ecosystem: string): string => ecosystem.split(':')[0] as string;

function isAffected(vuln: OsvSpec, pkg: Package): boolean {
  const { version } = pkg;
  if (version === undefined) return false;
  return (vuln.affected ?? []).some((a) => {
    if (a.package?.name !== pkg.name || family(a.package.ecosystem) !== family(pkg.ecosystem)) return false;
    if (a.versions?.includes(version)) return true;
    return (a.ranges ?? []).some((range) => range.type !== 'GIT' && isInside(range.events, version));
  });
}

type Events = NonNullable<NonNullable<NonNullable<OsvSpec['affected']>[number]['ranges']>[number]['events']>;

function isInside(events: Events, version: string): boolean {
  let inside = false;
  for (const { introduced, fixed, last_affected } of events) {
    if (introduced !== undefined && (introduced === '0' || compareVersions(version, introduced) >= 0))
      inside = true;
    if (fixed !== undefined && compareVersions(version, fixed) >= 0) inside = false;
    if (last_affected !== undefined && compareVersions(version, last_affected) > 0) inside = false;
  }
  return inside;
}
