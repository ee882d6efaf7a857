/** Where a registry says that a package comes from (formats-and-cli 4). */
import { ScanError } from '../../core/index.ts';
import { type Http, placeOf } from '../../http/index.ts';
import { askJson, askText, isObject, type Json, objectsOf, stringOf } from './ask-json.ts';
import type { Registry } from './client-settings.ts';
import type { PackageName } from './package-name.ts';
import { distinct, readDirectory, readSource, type SourceRepository } from './source-address.ts';

export interface Asked {
  readonly http: Http;
  readonly registry: Registry;
  readonly hosts: readonly string[];
}

/** Lists as in `Found`; undefined when the registry does not know the package. @throws ScanError network, unauthorized */
export type Sources = readonly (readonly SourceRepository[])[];

export async function askRegistry(asked: Asked, wanted: PackageName): Promise<Sources | undefined> {
  switch (wanted.type) {
    case 'npm':
      return npm(asked, wanted);
    case 'pypi':
      return pypi(asked, wanted);
    case 'gem':
      return gem(asked, wanted);
    case 'nuget':
      return nuget(asked, wanted);
    case 'composer':
      return composer(asked, wanted);
    default:
      return undefined;
  }
}

const path = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

function json({ http, registry }: Asked, url: string): Promise<Json | undefined> {
  const own = URL.parse(url)?.origin === URL.parse(registry.url)?.origin;
  return askJson(http, { url, kind: 'registry', headers: own ? registry.headers : {} });
}

async function npm(asked: Asked, { name, version = 'latest' }: PackageName): Promise<Sources | undefined> {
  const place = name.startsWith('@') ? name.replace('/', '%2f') : encodeURIComponent(name);
  const answer = await json(asked, `${asked.registry.url}/${place}/${encodeURIComponent(version)}`);
  if (answer === undefined) return undefined;
  const { repository } = answer;
  const address = isObject(repository) ? stringOf(repository.url) : stringOf(repository);
  const source = readSource(address, asked.hosts, true);
  const directory = isObject(repository) ? readDirectory(repository.directory) : undefined;
  return [source === undefined ? [] : [{ ...source, ...(directory && { directory }) }]];
}

/** Labels of the source among the addresses of a project (well-known labels of the packaging authority). */
const SOURCE_LABEL = /^(?:source|sourcecode|repository|code|github|gitlab|git)$/;

async function pypi(asked: Asked, { name, version }: PackageName): Promise<Sources | undefined> {
  const base = asked.registry.url.replace(/\/simple$/, '');
  const answer = await json(asked, `${base}/pypi/${path(name)}${version ? `/${path(version)}` : ''}/json`);
  if (answer === undefined) return undefined;
  const info = isObject(answer.info) ? answer.info : {};
  const urls = Object.entries(isObject(info.project_urls) ? info.project_urls : {}).slice(0, 100);
  const read = (values: readonly unknown[]) =>
    distinct(values.flatMap((value) => readSource(stringOf(value), asked.hosts) ?? []));
  const labelled = urls.filter(([label]) => SOURCE_LABEL.test(label.toLowerCase().replace(/[^a-z]/g, '')));
  return [
    read(labelled.map(([, url]) => url)),
    read([...urls.map(([, url]) => url), info.project_url, info.home_page]),
  ];
}

async function gem(asked: Asked, { name, version }: PackageName): Promise<Sources | undefined> {
  const { url } = asked.registry;
  const answer = await json(
    asked,
    version === undefined
      ? `${url}/api/v1/gems/${path(name)}.json`
      : `${url}/api/v2/rubygems/${path(name)}/versions/${path(version)}.json`,
  );
  if (answer === undefined) return undefined;
  const metadata = isObject(answer.metadata) ? answer.metadata : {};
  const addresses = [answer.source_code_uri, metadata.source_code_uri, answer.homepage_uri].map(stringOf);
  return addresses.map((address) => [readSource(address, asked.hosts) ?? []].flat());
}

async function composer(asked: Asked, { name, version }: PackageName): Promise<Sources | undefined> {
  const { url } = asked.registry;
  const index = await json(asked, `${url}/packages.json`);
  const template = stringOf(index?.['metadata-url']);
  if (!template.includes('%package%')) return undefined;
  const address = besides(`${url}/`, template.replace('%package%', path(name.toLowerCase())));
  const packages = (await json(asked, address))?.packages;
  const versions = objectsOf(isObject(packages) ? packages[name.toLowerCase()] : undefined, 100_000);
  const plain = (text: unknown) => stringOf(text).replace(/^v(?=\d)/, '');
  const chosen =
    version === undefined ? versions[0] : versions.find((one) => plain(one.version) === plain(version));
  // Versions after the first tell only what differs.
  const source = chosen?.source ?? versions[0]?.source;
  if (versions.length === 0) return undefined;
  return [[readSource(isObject(source) ? stringOf(source.url) : '', asked.hosts) ?? []].flat()];
}

async function nuget(asked: Asked, wanted: PackageName): Promise<Sources | undefined> {
  const { registry, http } = asked;
  const index = await json(asked, registry.url);
  const resources = objectsOf(index?.resources);
  const place = (type: string) => {
    const found = resources.find((one) => stringOf(one['@type']).startsWith(type));
    return found && besides(registry.url, stringOf(found['@id'])).replace(/\/+$/, '');
  };
  const [files, registrations] = [
    place('PackageBaseAddress/'),
    place('RegistrationsBaseUrl/3.6') ?? place('RegistrationsBaseUrl'),
  ];
  if (files === undefined)
    throw new ScanError('network', `${placeOf(registry.url)} is no NuGet service index`);
  const id = path(wanted.name.toLowerCase());
  const version =
    wanted.version ?? (registrations && (await newest(asked, `${registrations}/${id}/index.json`)));
  if (version === undefined) return undefined;
  const file = `${files}/${id}/${path(version.toLowerCase())}/${id}.nuspec`;
  const own = URL.parse(file)?.origin === URL.parse(registry.url)?.origin;
  const text = await askText(http, { url: file, kind: 'registry', headers: own ? registry.headers : {} });
  if (text === undefined) return undefined;
  const head = text.slice(0, 256 * 1024);
  const repository = /<repository\s[^>]{0,2000}?\burl\s*=\s*"([^"]{1,2000})"/.exec(head)?.[1] ?? '';
  const project = /<projectUrl>([^<]{1,2000})</.exec(head)?.[1] ?? '';
  return [repository, project].map((address) => [readSource(address, asked.hosts) ?? []].flat());
}

/** The newest listed version that is no preview, from the last pages of the registration. */
async function newest(asked: Asked, address: string): Promise<string | undefined> {
  const pages = objectsOf((await json(asked, address))?.items);
  for (const page of [...pages].reverse().slice(0, 5)) {
    const inline = objectsOf(page.items);
    const items =
      inline.length > 0
        ? inline
        : objectsOf((await json(asked, besides(address, stringOf(page['@id']))))?.items);
    for (const { catalogEntry: entry } of [...items].reverse()) {
      if (!isObject(entry) || entry.listed === false) continue;
      const version = stringOf(entry.version).replace(/\+.*$/, '');
      if (version !== '' && version.length < 100 && !version.includes('-') && !/[^\w.]/.test(version))
        return version;
    }
  }
  return undefined;
}

/** An address that a registry names: only of its own domain, and never less protected. @throws ScanError network */
function besides(registry: string, named: string): string {
  const [base, next] = [URL.parse(registry), URL.parse(named, registry)];
  const domain = (host: string) => (/^[\d.]+$|:/.test(host) ? host : host.split('.').slice(-2).join('.'));
  const fine =
    base !== null &&
    next !== null &&
    next.protocol === base.protocol &&
    domain(next.hostname) === domain(base.hostname);
  if (!fine) throw new ScanError('network', `${placeOf(registry)} leads to an address that is not followed`);
  next.username = '';
  next.password = '';
  return next.href;
}
