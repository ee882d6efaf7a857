/** JavaScript: package-lock.json and npm-shrinkwrap.json (versions 1 to 3), yarn.lock (1 and later), bun.lock. */
import { commitOf } from './git-commit.ts';
import { withoutJsonc } from './jsonc.ts';
import { LineFinder, linesOf } from './lines.ts';
import { type LockedPackage, LockfileFailure, objectOf, parseJsonObject, textOf } from './types.ts';

/** Lock files below `node_modules` tell of what others locked, not of what is installed. */
export function outsideNodeModules(folder: string): boolean {
  return !`/${folder}/`.includes('/node_modules/');
}

type Json = Readonly<Record<string, unknown>>;

/** @throws LockfileFailure */
export function parsePackageLock(text: string): LockedPackage[] {
  const lock = parseJsonObject(text);
  const lines = new LineFinder(text);
  const merged = new Merged();
  if (typeof lock.packages === 'object' && lock.packages !== null) {
    for (const [place, value] of Object.entries(objectOf(lock.packages))) {
      if (place === '') continue;
      addPlaced(merged, place, objectOf(value), lines.find(`${JSON.stringify(place)}:`));
    }
  } else addNested(merged, objectOf(lock.dependencies), lines);
  return merged.all();
}

function addPlaced(merged: Merged, place: string, entry: Json, line: number | undefined): void {
  const name = textOf(entry.name) || nameOfPlace(place);
  const version = textOf(entry.version);
  const commit = commitOf(textOf(entry.resolved));
  const groups = entry.devOptional === true ? ['dev', 'optional'] : groupsOf(entry);
  merged.add(`${name}@${commit || version}`, { ecosystem: 'npm', name, version, commit, line, groups });
}

/** `node_modules/a/node_modules/@b/c` names `@b/c`. */
function nameOfPlace(place: string): string {
  const parts = place.split('/');
  const last = parts.at(-1)!;
  const scope = parts.at(-2) ?? '';
  return scope.startsWith('@') ? `${scope}/${last}` : last;
}

/** Version 1: dependencies inside dependencies, walked in the order of the file. */
function addNested(merged: Merged, dependencies: Json, lines: LineFinder): void {
  const stack = Object.entries(dependencies).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [key, value] = next;
    const entry = objectOf(value);
    const line = lines.find(`${JSON.stringify(key)}:`);
    stack.push(...Object.entries(objectOf(entry.dependencies)).reverse());
    const stated = textOf(entry.version);
    const groups = groupsOf(entry);
    if (stated.startsWith('npm:') && stated.lastIndexOf('@') > 4) {
      const at = stated.lastIndexOf('@');
      const [name, version] = [stated.slice(4, at), stated.slice(at + 1)];
      merged.add(`${name}@${stated}`, { ecosystem: 'npm', name, version, line, groups });
      continue;
    }
    const commit = stated.startsWith('file:') ? '' : commitOf(stated);
    const version = commit !== '' || stated.startsWith('file:') ? '' : stated;
    merged.add(`${key}@${commit || stated}`, { ecosystem: 'npm', name: key, version, commit, line, groups });
  }
}

function groupsOf(entry: Json): string[] {
  return [...(entry.dev === true ? ['dev'] : []), ...(entry.optional === true ? ['optional'] : [])];
}

/** The same package at several places counts once, and is always there if it is so at one of them. */
class Merged {
  readonly #packages = new Map<string, LockedPackage>();

  add(key: string, one: LockedPackage): void {
    const known = this.#packages.get(key);
    if (known === undefined) {
      this.#packages.set(key, one);
      return;
    }
    const both = [known.groups ?? [], one.groups ?? []];
    const groups = both.some((list) => list.length === 0) ? [] : [...new Set(both.flat())].sort();
    this.#packages.set(key, { ...known, groups });
  }

  all(): LockedPackage[] {
    return [...this.#packages.values()];
  }
}

/** @throws LockfileFailure */
export function parseYarnLock(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  let header = '';
  let started = 0;
  let version = '';
  let resolution = '';
  const flush = () => {
    if (header === '' || header === '__metadata:' || header.endsWith('@workspace:.":')) return;
    const name = yarnName(header);
    packages.push({ ecosystem: 'npm', name, version, commit: commitOf(resolution), line: started });
  };
  for (const [line, number] of linesOf(text)) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      flush();
      [header, started, version, resolution] = [line, number, '', ''];
    } else if (header === '') throw new LockfileFailure('a property stands before the first package');
    else if (line.length < 2000) {
      version ||= YARN_VERSION.exec(line)?.[1] ?? '';
      resolution ||= YARN_RESOLUTION.exec(line)?.[1] ?? '';
    }
  }
  flush();
  return packages;
}

const YARN_VERSION = /^ {2}"?version"?:? "?([\w\-.+]+)"?$/;
const YARN_RESOLUTION = /^ {2}"?(?:resolution:|resolved)"? "([^ '"]+)"$/;

/** The name out of `"@scope/name@range", other:`; of the target for an alias `name@npm:target@range`. */
function yarnName(header: string): string {
  let text = header.replace(/^"/, '').replace(/:$/, '').split(',', 1)[0]!;
  for (;;) {
    const at = text.indexOf('@', 1);
    if (at < 0) return text;
    const right = text.slice(at + 1);
    if (!right.startsWith('npm:') || !right.includes('@')) return text.slice(0, at);
    text = right.slice(4);
  }
}

/** @throws LockfileFailure */
export function parseBunLock(text: string): LockedPackage[] {
  const lock = parseJsonObject(withoutJsonc(text));
  if (lock.lockfileVersion === undefined && lock.packages === undefined)
    throw new LockfileFailure('it is no lock file of bun');
  const lines = new LineFinder(text);
  const packages: LockedPackage[] = [];
  for (const [key, value] of Object.entries(objectOf(lock.packages))) {
    const line = lines.find(`${JSON.stringify(key)}:`);
    const first = Array.isArray(value) ? textOf(value[0]) : '';
    const at = first.indexOf('@', 1);
    if (at < 0) continue;
    const [stated, commit = ''] = first.slice(at + 1).split('#', 2) as [string, string?];
    const version = commit !== '' || stated.startsWith('file:') ? '' : stated;
    packages.push({ ecosystem: 'npm', name: first.slice(0, at), version, commit, line });
  }
  return packages;
}
