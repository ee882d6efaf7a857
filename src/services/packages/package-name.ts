/** How users name a package: `npm:NAME@VERSION` (an option and its value), or a package URL. */
import { ScanError } from '../../core/index.ts';

export const PACKAGE_TYPES = ['npm', 'pypi', 'gem', 'nuget', 'maven', 'cargo', 'golang', 'composer'] as const;
export type PackageType = (typeof PACKAGE_TYPES)[number];

export interface PackageName {
  readonly type: PackageType;
  /** As its registry writes it: `@scope/name`, `group:artifact`, `vendor/name`. */
  readonly name: string;
  readonly version?: string;
}

/** A package URL may also name a repository at once. */
export type Meant = { readonly package: PackageName } | { readonly source: string };

const MAX_LENGTH = 500;
/** What no registry allows in a name; keeps addresses made of it in their place. */
const ODD = /[\s?#\\%\u0000-\u001f\u007f-\u009f]|(?:^|\/)\.{1,2}(?:\/|$)|\/\//;

/** @throws ScanError usage */
export async function readPackage(text: string): Promise<Meant> {
  if (text.length > MAX_LENGTH) throw wrong('the name is too long');
  return text.toLowerCase().startsWith('pkg:') ? ofPurl(text) : { package: ofOption(text) };
}

function ofOption(text: string): PackageName {
  const colon = text.indexOf(':');
  const type = text.slice(0, colon) as PackageType;
  const rest = text.slice(colon + 1).trim();
  const split = type === 'pypi' ? /^(.+?)(?:==|@)(.+)$/.exec(rest) : /^(.[^@]*)@(.+)$/.exec(rest);
  return checked({ type, name: split?.[1] ?? rest, version: split?.[2] });
}

async function ofPurl(text: string): Promise<Meant> {
  const { PackageURL } = await import('packageurl-js');
  const purl = parse(() => PackageURL.fromString(text), text);
  const { type, namespace, name, version, qualifiers } = purl;
  const vcs = qualifiers?.vcs_url;
  if (typeof vcs === 'string' && vcs !== '') return { source: vcs.replace(/(?<=[^/]\/.*)@[^/@]*$/, '') };
  if (type === 'github' || type === 'gitlab' || type === 'bitbucket')
    return { source: `${type}:${namespace}/${name}` };
  const known = PACKAGE_TYPES.find((one) => one === type);
  if (known === undefined)
    throw wrong(`packages of type ${JSON.stringify(type)} are not looked up (${PACKAGE_TYPES.join(', ')})`);
  const full = namespace ? `${namespace}${known === 'maven' ? ':' : '/'}${name}` : name;
  return { package: checked({ type: known, name: full!, version: version ?? undefined }) };
}

function parse<T>(read: () => T, text: string): T {
  try {
    return read();
  } catch {
    throw wrong(`${text} is no package URL (pkg:TYPE/NAME@VERSION)`);
  }
}

function checked({ type, name, version }: PackageName): PackageName {
  if (name === '' || ODD.test(name) || name.startsWith('/') || name.endsWith('/'))
    throw wrong(`${JSON.stringify(name)} is no name of a package`);
  if (version !== undefined && (version === '' || ODD.test(version) || version.includes('/')))
    throw wrong(`${JSON.stringify(version)} is no version`);
  const plain = type === 'pypi' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
  return { type, name: plain, ...(version !== undefined && { version }) };
}

function wrong(message: string): ScanError {
  return new ScanError('usage', message);
}
