/** What deps.dev knows of where a package comes from (API v3). */
import type { Http } from '../../http/index.ts';
import { askJson, isObject, type Json, objectsOf, stringOf } from './ask-json.ts';
import type { PackageName, PackageType } from './package-name.ts';
import { distinct, readSource, type SourceRepository } from './source-address.ts';

const SYSTEMS: Readonly<Partial<Record<PackageType, string>>> = {
  npm: 'npm',
  pypi: 'pypi',
  gem: 'rubygems',
  nuget: 'nuget',
  maven: 'maven',
  cargo: 'cargo',
  golang: 'go',
};

export interface Found {
  /** What is known of the package, most trustworthy first: the first list that is not empty counts. */
  readonly sources: readonly (readonly SourceRepository[])[];
  readonly version?: string;
  /** The build of the package was attested, so that its source is more than a claim. */
  readonly attested: boolean;
}

/** Undefined when the service does not know the package or its kind. @throws ScanError network */
export async function askDepsDev(
  http: Http,
  base: string,
  wanted: PackageName,
  hosts: readonly string[],
): Promise<Found | undefined> {
  const system = SYSTEMS[wanted.type];
  if (system === undefined) return undefined;
  const place = `${base}/v3/systems/${system}/packages/${encodeURIComponent(wanted.name)}`;
  const kind = 'deps.dev';
  const version = wanted.version ?? usualVersion(await askJson(http, { url: place, kind }));
  if (version === undefined) return undefined;
  const answer = await askJson(http, { url: `${place}/versions/${encodeURIComponent(version)}`, kind });
  return answer && { ...sourcesIn(answer, hosts), version };
}

function usualVersion(answer: Json | undefined): string | undefined {
  const versions = objectsOf(answer?.versions, 100_000);
  const usual = versions.find((one) => one.isDefault === true) ?? versions.at(-1);
  const key = usual?.versionKey;
  return (isObject(key) && stringOf(key.version)) || undefined;
}

function sourcesIn(answer: Json, hosts: readonly string[]): Found {
  const read = (texts: readonly string[]) => distinct(texts.flatMap((text) => readSource(text, hosts) ?? []));
  const related = objectsOf(answer.relatedProjects).filter((one) => one.relationType === 'SOURCE_REPO');
  const nameOf = ({ projectKey: key }: Json) => (isObject(key) ? `https://${stringOf(key.id)}` : '');
  const proven = related.filter(
    (one) =>
      !['', 'UNVERIFIED_METADATA', 'UNKNOWN_RELATION_PROVENANCE'].includes(stringOf(one.relationProvenance)),
  );
  const links = objectsOf(answer.links)
    .filter((link) => link.label === 'SOURCE_REPO')
    .map((link) => stringOf(link.url));
  const attested = read(proven.map(nameOf));
  // A link may name the folder as well; it counts only where it names the same repository.
  const all = read([...related.map(nameOf), ...links]);
  const same = (one: SourceRepository) => all.find((two) => distinct([one, two]).length === 1) ?? one;
  return { sources: [attested.map(same), all], attested: attested.length > 0 };
}
