/** Bills of material that lie in the repository: CycloneDX (JSON, XML) and SPDX (JSON, YAML, tag-value). */

import { scanXml } from '../xml-scan.ts';
import { parseYaml, toPlain } from '../yaml/index.ts';
import { LineFinder, linesOf } from './lines.ts';
import {
  type Ecosystem,
  type LockedPackage,
  LockfileFailure,
  listOf,
  objectOf,
  parseJsonObject,
  pypiName,
  textOf,
} from './types.ts';

/** Package URL type to ecosystem. */
const ECOSYSTEMS: Readonly<Record<string, Ecosystem>> = {
  cargo: 'crates.io',
  composer: 'Packagist',
  conan: 'ConanCenter',
  cran: 'CRAN',
  gem: 'RubyGems',
  github: 'GitHub Actions',
  golang: 'Go',
  hackage: 'Hackage',
  hex: 'Hex',
  maven: 'Maven',
  npm: 'npm',
  nuget: 'NuGet',
  pub: 'Pub',
  pypi: 'PyPI',
  swift: 'SwiftURL',
};

/** Packages of systems, by type and namespace; as with osv-scanner, the release in the qualifiers does not count. */
const SYSTEMS: Readonly<Record<string, Ecosystem>> = {
  'apk/alpine': 'Alpine',
  'deb/debian': 'Debian',
  'deb/ubuntu': 'Ubuntu',
};

/** A package out of a package URL; undefined for types without an ecosystem and for what is no package URL. */
export function packageOfPurl(purl: string): LockedPackage | undefined {
  const parts = /^pkg:\/*([a-zA-Z][a-zA-Z0-9.+-]*)\/([^?#]{1,1000})(?:\?[^#]*)?(?:#(.*))?$/.exec(
    purl.slice(0, 3000),
  );
  if (parts === null) return undefined;
  const path = parts[2]!.replace(/^\/+|\/+$/g, '');
  const at = path.lastIndexOf('@');
  const names = (at > 0 ? path.slice(0, at) : path).split('/').map(decoded);
  const type = parts[1]!.toLowerCase();
  const system = names.length === 2 ? SYSTEMS[`${type}/${names[0]!.toLowerCase()}`] : undefined;
  const ecosystem = system ?? (Object.hasOwn(ECOSYSTEMS, type) ? ECOSYSTEMS[type] : undefined);
  if (ecosystem === undefined) return undefined;
  const name = system === undefined ? nameIn(ecosystem, names) : names[1]!;
  // Some writers put the major version of a Go module into the subpath.
  const major = ecosystem === 'Go' ? /^v\d+$/.exec(parts[3] ?? '')?.[0] : undefined;
  return {
    ecosystem,
    name: major === undefined ? name : `${name}/${major}`,
    version: at > 0 ? decoded(path.slice(at + 1)) : '',
  };
}

/** As the ecosystem writes it. */
function nameIn(ecosystem: Ecosystem, names: readonly string[]): string {
  const name = names.join(ecosystem === 'Maven' ? ':' : '/');
  if (ecosystem === 'PyPI') return pypiName(name);
  return ecosystem === 'Packagist' ? name.toLowerCase() : name;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withLines(text: string, purls: readonly string[]): LockedPackage[] {
  const lines = new LineFinder(text);
  return purls.flatMap((purl) => {
    const one = packageOfPurl(purl);
    return one === undefined ? [] : [{ ...one, line: lines.find(purl) }];
  });
}

/** Deepest nesting of components that is followed. */
const MAX_DEPTH = 50;

/** @throws LockfileFailure */
export function parseCycloneDxJson(text: string): LockedPackage[] {
  const purls: string[] = [];
  const collect = (components: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    for (const value of listOf(components)) {
      const component = objectOf(value);
      if (textOf(component.purl) !== '') purls.push(textOf(component.purl));
      collect(component.components, depth + 1);
    }
  };
  collect(parseJsonObject(text).components, 0);
  return withLines(text, purls);
}

/** @throws LockfileFailure */
export function parseCycloneDxXml(text: string): LockedPackage[] {
  const purls: string[] = [];
  const open: string[] = [];
  const whole = scanXml(text.replace(/^\ufeff/, ''), {
    open: (name, _attributes, depth) => {
      open.length = depth - 1;
      open.push(name);
    },
    text: (value) => {
      const isPurl = open.at(-1) === 'purl' && open.at(-2) === 'component';
      if (isPurl && open[1] === 'components' && value.trim() !== '') purls.push(value.trim());
    },
    close: (_name, depth) => void (open.length = depth - 1),
  });
  if (!whole) throw new LockfileFailure('it is not well-formed XML');
  return withLines(text, purls);
}

/** @throws LockfileFailure */
export function parseSpdxJson(text: string): LockedPackage[] {
  return withLines(text, spdxPurls(parseJsonObject(text)));
}

/** @throws LockfileFailure */
export function parseSpdxYaml(text: string): LockedPackage[] {
  const { root, error } = parseYaml(text);
  if (error !== undefined) throw new LockfileFailure(`${error.message}, line ${error.line}`);
  return withLines(text, spdxPurls(objectOf(root === undefined ? {} : toPlain(root))));
}

function spdxPurls(document: Readonly<Record<string, unknown>>): string[] {
  return listOf(document.packages).flatMap((value) =>
    listOf(objectOf(value).externalRefs).flatMap((reference) => {
      const { referenceType, referenceLocator } = objectOf(reference);
      return isPurlType(textOf(referenceType)) ? [textOf(referenceLocator)] : [];
    }),
  );
}

function isPurlType(type: string): boolean {
  return type === 'purl' || type === 'http://spdx.org/rdf/references/purl';
}

export function parseSpdxTagValue(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  for (const [line, number] of linesOf(text)) {
    if (!line.startsWith('ExternalRef:')) continue;
    const [, type = '', locator = ''] = line.slice(12, 4000).trim().split(/\s+/);
    const one = isPurlType(type) ? packageOfPurl(locator) : undefined;
    if (one !== undefined) packages.push({ ...one, line: number });
  }
  return packages;
}
