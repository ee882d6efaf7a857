/**
 * Maven's pom.xml: dependencies as far as one checkout tells. Properties, parents inside the repository and managed
 * versions are followed; parents and bills of material from registries are not (no network).
 */
import { scanXml } from '../xml-scan.ts';
import { LineFinder } from './lines.ts';
import { type LockedPackage, LockfileFailure } from './types.ts';

export interface PomDependency {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly scope: string;
  readonly line: number;
}

/** The parts of a pom.xml that say which packages are used; plain data. */
export interface Pom {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly packaging: string;
  readonly parent?: {
    readonly group: string;
    readonly artifact: string;
    readonly version: string;
    /** As written; `../pom.xml` when absent. */
    readonly path: string;
  };
  readonly properties: Readonly<Record<string, string>>;
  readonly dependencies: readonly PomDependency[];
  readonly managed: readonly PomDependency[];
}

type Raw = Record<string, string> & { line?: never };

/** @throws LockfileFailure */
export function readPom(text: string): Pom {
  const collector = new Collector(text);
  if (!scanXml(text.replace(/^\ufeff/, ''), collector))
    throw new LockfileFailure('it is not well-formed XML');
  if (collector.root !== 'project') throw new LockfileFailure('it is no Maven project');
  return collector.pom();
}

/** A profile that is on by default is part of the project. */
interface Part {
  active: boolean;
  readonly properties: Record<string, string>;
  readonly dependencies: PomDependency[];
  readonly managed: PomDependency[];
}

const newPart = (active: boolean): Part => ({ active, properties: {}, dependencies: [], managed: [] });

class Collector {
  root = '';
  readonly #lines: LineFinder;
  readonly #open: string[] = [];
  readonly #fields: Raw = {};
  readonly #parts: Part[] = [newPart(true)];
  #dependency: Record<string, string> | undefined;
  #line = 1;
  #text = '';

  constructor(text: string) {
    this.#lines = new LineFinder(text);
  }

  open(name: string, _attributes: ReadonlyMap<string, string>, depth: number, offset: number): void {
    if (depth === 1) this.root = name;
    this.#open.length = depth - 1;
    this.#open.push(name);
    this.#text = '';
    if (this.#path() === 'profiles/profile') this.#parts.push(newPart(false));
    if (name === 'dependency' && this.#list() !== undefined) {
      this.#dependency = {};
      this.#line = this.#lines.at(offset);
    }
  }

  text(text: string): void {
    if (this.#text.length < 10_000) this.#text += text;
  }

  close(name: string, depth: number): void {
    const value = this.#text.trim();
    const path = this.#path();
    const part = this.#inProfile() ? this.#parts.at(-1)! : this.#parts[0]!;
    const inner = this.#inProfile() ? path.replace(/^profiles\/profile\/?/, '') : path;
    if (this.#dependency !== undefined) {
      if (name === 'dependency' && this.#list() !== undefined) {
        this.#list()!.push(dependencyOf(this.#dependency, this.#line));
        this.#dependency = undefined;
      } else if (this.#open.at(-2) === 'dependency') this.#dependency[name] = value;
    } else if (/^properties\/[^/]+$/.test(inner)) part.properties[name] = value;
    else if (inner === 'activation/activeByDefault') part.active = value === 'true';
    else if (!this.#inProfile() && /^(?:parent\/)?[a-zA-Z]+$/.test(path)) this.#fields[path] = value;
    this.#open.length = depth - 1;
    this.#text = '';
  }

  /** Below the root. */
  #path(): string {
    return this.#open.slice(1).join('/');
  }

  #inProfile(): boolean {
    return this.#open[1] === 'profiles' && this.#open[2] === 'profile';
  }

  /** Where the dependency at hand belongs; undefined for those of plugins and the like. */
  #list(): PomDependency[] | undefined {
    const part = this.#inProfile() ? this.#parts.at(-1)! : this.#parts[0]!;
    const inner = this.#open.slice(this.#inProfile() ? 3 : 1).join('/');
    if (inner === 'dependencies/dependency') return part.dependencies;
    return inner === 'dependencyManagement/dependencies/dependency' ? part.managed : undefined;
  }

  pom(): Pom {
    const field = (name: string) => this.#fields[name] ?? '';
    const parts = this.#parts.filter((part) => part.active);
    const hasParent = field('parent/artifactId') !== '';
    return {
      group: field('groupId') || field('parent/groupId'),
      artifact: field('artifactId'),
      version: field('version') || field('parent/version'),
      packaging: field('packaging') || 'jar',
      ...(hasParent
        ? {
            parent: {
              group: field('parent/groupId'),
              artifact: field('parent/artifactId'),
              version: field('parent/version'),
              path: field('parent/relativePath') || '../pom.xml',
            },
          }
        : {}),
      properties: Object.assign({}, ...parts.map((part) => part.properties)) as Record<string, string>,
      dependencies: parts.flatMap((part) => part.dependencies),
      managed: parts.flatMap((part) => part.managed),
    };
  }
}

function dependencyOf(raw: Record<string, string>, line: number): PomDependency {
  return {
    group: raw.groupId ?? '',
    artifact: raw.artifactId ?? '',
    version: raw.version ?? '',
    scope: raw.scope ?? '',
    line,
  };
}

const MAX_PARENTS = 20;

/**
 * The packages of one pom.xml. `find` gives the pom.xml at a path of the repository.
 */
export function pomPackages(
  path: string,
  pom: Pom,
  find: (path: string) => Pom | undefined,
): LockedPackage[] {
  const chain = [pom];
  let at = path;
  for (let child = pom; child.parent !== undefined && chain.length < MAX_PARENTS; ) {
    const place = parentPlace(at, child.parent.path);
    const parent = place === undefined ? undefined : (find(place) ?? find(`${place}/pom.xml`));
    const { group, artifact, version } = child.parent;
    const isIt = parent?.group === group && parent.artifact === artifact && parent.version === version;
    if (parent === undefined || !isIt || parent.packaging !== 'pom' || chain.includes(parent)) break;
    chain.push(parent);
    at = find(place!) === undefined ? `${place}/pom.xml` : place!;
    child = parent;
  }
  const fill = interpolator(chain);
  const managed = new Map<string, string>();
  for (const one of chain.flatMap((each) => each.managed)) {
    const key = `${fill(one.group)}:${fill(one.artifact)}`;
    if (!managed.has(key)) managed.set(key, fill(one.version));
  }
  const packages = new Map<string, LockedPackage>();
  for (const one of chain.flatMap((each) => each.dependencies)) {
    const name = `${fill(one.group)}:${fill(one.artifact)}`;
    const version = lowestOf(fill(one.version) || (managed.get(name) ?? ''));
    if (name.includes('${') || version.includes('${') || packages.has(name)) continue;
    const scope = fill(one.scope);
    const groups = scope === '' || scope === 'compile' ? [] : [scope];
    // The line is only known in the file itself.
    const line = pom.dependencies.includes(one) ? one.line : undefined;
    packages.set(name, {
      ecosystem: 'Maven',
      name,
      version,
      groups,
      ...(line === undefined ? {} : { line }),
    });
  }
  return [...packages.values()];
}

/** Undefined when the path leaves the repository. */
function parentPlace(path: string, relative: string): string | undefined {
  const parts = path.split('/').slice(0, -1);
  for (const part of relative.split(/[\\/]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/') || undefined;
}

/** Fills `${property}` from the pom and its parents, nearest first; what is not known stays. */
function interpolator(chain: readonly Pom[]): (text: string) => string {
  const [own] = chain;
  const known = new Map<string, string>();
  for (const { properties } of chain) {
    for (const [key, value] of Object.entries(properties)) if (!known.has(key)) known.set(key, value);
  }
  for (const [key, value] of [
    ['groupId', own!.group],
    ['artifactId', own!.artifact],
    ['version', own!.version],
    ['parent.groupId', own!.parent?.group ?? ''],
    ['parent.version', own!.parent?.version ?? ''],
  ] as const) {
    known.set(`project.${key}`, value);
    if (!known.has(`pom.${key}`)) known.set(`pom.${key}`, value);
  }
  return (text) => {
    let filled = text;
    for (let round = 0; round < 10 && filled.includes('${') && filled.length < 2000; round++) {
      const next = filled.replace(/\$\{([^${}]{1,200})\}/g, (all, key: string) => known.get(key) ?? all);
      if (next === filled) break;
      filled = next;
    }
    return filled.trim();
  };
}

/** The lower end of a range such as `[1.0,2.0)`; the version itself when it is none. */
function lowestOf(version: string): string {
  const plain = version.replace(/^[[(]/, '');
  const end = plain.search(/[,)\]]/);
  return (end < 0 ? plain : plain.slice(0, end)).trim();
}
