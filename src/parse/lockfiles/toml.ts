/** Lock files in TOML: poetry.lock, uv.lock, pdm.lock, Cargo.lock. */
import { parse } from 'smol-toml';
import { LineFinder } from './lines.ts';
import { type LockedPackage, LockfileFailure, listOf, objectOf, pypiName, textOf } from './types.ts';

type Json = Readonly<Record<string, unknown>>;

/** The `[[package]]` tables with the line of each. */
function packagesOf(text: string): { entry: Json; line: number | undefined }[] {
  let lock: Json;
  try {
    lock = parse(text) as Json;
  } catch (error) {
    throw new LockfileFailure(`it is no TOML (${(error as Error).message.split('\n', 1)[0]})`);
  }
  const lines = new LineFinder(text);
  return listOf(lock.package).map((value) => ({ entry: objectOf(value), line: lines.find('[[package]]') }));
}

/** @throws LockfileFailure */
export function parseCargoLock(text: string): LockedPackage[] {
  return packagesOf(text).map(({ entry, line }) => ({
    ecosystem: 'crates.io',
    name: textOf(entry.name),
    version: textOf(entry.version),
    line,
  }));
}

/** @throws LockfileFailure */
export function parsePoetryLock(text: string): LockedPackage[] {
  return packagesOf(text).map(({ entry, line }) => {
    const named = listOf(entry.groups).map(textOf);
    const category = textOf(entry.category);
    const groups = named.includes('main') ? [] : named.length > 0 ? named : category === 'dev' ? ['dev'] : [];
    return {
      ...python(entry, line),
      commit: textOf(objectOf(entry.source).resolved_reference),
      groups: entry.optional === true ? ['optional'] : groups,
    };
  });
}

/** @throws LockfileFailure */
export function parsePdmLock(text: string): LockedPackage[] {
  return packagesOf(text).map(({ entry, line }) => {
    const named = listOf(entry.groups).map(textOf);
    const dev = named.includes('dev') ? ['dev'] : [];
    const groups = named.includes('dev') || named.includes('default') ? dev : ['optional'];
    return { ...python(entry, line), commit: textOf(entry.revision), groups };
  });
}

/** @throws LockfileFailure */
export function parseUvLock(text: string): LockedPackage[] {
  const packages = packagesOf(text);
  const root = packages.find(({ entry }) => isOwn(entry))?.entry ?? {};
  const dev = namesIn(objectOf(root['dev-dependencies']));
  const optional = namesIn(objectOf(packages.at(-1)?.entry['optional-dependencies']));
  const always = new Set(listOf(root.dependencies).map((one) => textOf(objectOf(one).name)));
  return packages
    .filter(({ entry }) => textOf(objectOf(entry.source).virtual) !== '.')
    .map(({ entry, line }) => {
      const name = textOf(entry.name);
      const groups = always.has(name)
        ? []
        : [...(dev.get(name) ? ['dev'] : []), ...(optional.get(name) ?? [])];
      const git = textOf(objectOf(entry.source).git);
      const hash = git.indexOf('#');
      return { ...python(entry, line), commit: hash < 0 ? '' : git.slice(hash + 1), groups };
    });
}

/** The project itself: `source = { virtual = "." }` or `{ editable = "." }`. */
function isOwn(entry: Json): boolean {
  const source = objectOf(entry.source);
  return textOf(source.virtual) === '.' || textOf(source.editable) === '.';
}

/** Package name to the groups it is named in. */
function namesIn(table: Json): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [group, dependencies] of Object.entries(table)) {
    for (const dependency of listOf(dependencies)) {
      const name = textOf(objectOf(dependency).name);
      groups.set(name, [...(groups.get(name) ?? []), group]);
    }
  }
  return groups;
}

function python(entry: Json, line: number | undefined): LockedPackage {
  return { ecosystem: 'PyPI', name: pypiName(textOf(entry.name)), version: textOf(entry.version), line };
}
