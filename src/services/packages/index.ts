/** From the name of a package to the repository it is made from. */
import { ScanError } from '../../core/index.ts';
import type { Environment, Http } from '../../http/index.ts';
import { registryFor, SETTINGS } from './client-settings.ts';
import { askDepsDev, type Found } from './deps-dev.ts';
import { type PackageName, readPackage } from './package-name.ts';
import { askRegistry, type Sources } from './registries.ts';
import { readSource, SOURCE_HOSTS, type SourceRepository, sourceName } from './source-address.ts';

export interface PackageSettings {
  /** Base address of deps.dev. */
  readonly depsDev: string;
  readonly environment: Environment;
  /** Further hosts of repositories, beside the public ones. */
  readonly hosts: readonly string[];
}

export interface PackageSource {
  /** `host/owner/name`. */
  readonly repository: string;
  /** One sentence: what was looked up, the folder, and how sure it is. */
  readonly told: string;
}

/**
 * deps.dev is asked first, then the registry that the user's own client is set to.
 * @throws ScanError usage for a name that is none; target-not-found when the package is not known, names no repository
 *   or several; network, unauthorized
 */
export async function findSource(
  http: Http,
  settings: PackageSettings,
  text: string,
): Promise<PackageSource> {
  const hosts = [...new Set([...SOURCE_HOSTS, ...settings.hosts])];
  const meant = await readPackage(text);
  if ('source' in meant) {
    const source = readSource(meant.source, hosts);
    if (source === undefined)
      throw new ScanError('target-not-found', `${text} names no repository on a known host`);
    return toldOf(text, source, 'as the package URL says');
  }
  const wanted = meant.package;
  const label = labelOf(wanted);
  // A Go module that lives on a known host is named after its repository.
  const module = wanted.type === 'golang' ? readSource(`https://${wanted.name}`, hosts) : undefined;
  if (module !== undefined) return toldOf(label, module, 'as its module path says');
  let failure: ScanError | undefined;
  const known = await askDepsDev(http, settings.depsDev, wanted, hosts).catch((error: unknown) => {
    if (!(error instanceof ScanError)) throw error;
    failure = error;
    return undefined;
  });
  const exact = labelOf({ ...wanted, version: known?.version ?? wanted.version });
  const found = known && one(exact, known.sources);
  if (found) return toldOf(exact, found, surety(known));
  const registry = registryFor(wanted, settings.environment);
  const answer = registry && (await askRegistry({ http, registry, hosts }, wanted));
  const source = answer && one(label, answer);
  if (source) return toldOf(label, source, 'as its registry says, which nobody has verified');
  throw nothing(label, wanted, { known, answer, failure, asked: registry !== undefined });
}

function labelOf({ type, name, version }: PackageName): string {
  return `${type} package ${name}${version === undefined ? '' : ` ${version}`}`;
}

/** The repository of the first list that has any. @throws ScanError when it has several */
function one(label: string, lists: Sources): SourceRepository | undefined {
  const list = lists.find((sources) => sources.length > 0) ?? [];
  if (list.length <= 1) return list[0];
  const names = list.slice(0, 5).map(sourceName).join(', ');
  throw new ScanError(
    'target-not-found',
    `${label} names several repositories (${names}); name the one you mean`,
  );
}

function surety({ attested }: Found): string {
  return attested ? 'as its attested build says' : 'as its metadata says, which nobody has verified';
}

function toldOf(label: string, source: SourceRepository, how: string): PackageSource {
  const repository = sourceName(source);
  const inside = source.directory === undefined ? repository : `${source.directory} of ${repository}`;
  return { repository, told: `${label} is made from ${inside}, ${how}` };
}

function nothing(
  label: string,
  { type }: PackageName,
  seen: {
    readonly known: Found | undefined;
    readonly answer: Sources | undefined;
    readonly failure: ScanError | undefined;
    readonly asked: boolean;
  },
): ScanError {
  if (seen.known !== undefined || seen.answer !== undefined)
    return new ScanError('target-not-found', `${label} names no repository on a known host`);
  if (seen.failure !== undefined && !seen.asked) return seen.failure;
  const setting = SETTINGS[type];
  const way = seen.asked || setting === undefined ? '' : ` (a registry is asked when ${setting} names it)`;
  return new ScanError('target-not-found', `${label} is not known${way}`);
}
