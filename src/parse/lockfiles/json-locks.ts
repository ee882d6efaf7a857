/** Lock files in JSON beside those of JavaScript: Pipfile, Composer, Conan, renv, NuGet, Swift. */
import { LineFinder } from './lines.ts';
import {
  type LockedPackage,
  LockfileFailure,
  listOf,
  objectOf,
  parseJsonObject,
  pypiName,
  textOf,
} from './types.ts';

/** @throws LockfileFailure */
export function parsePipfileLock(text: string): LockedPackage[] {
  const lock = parseJsonObject(text);
  const lines = new LineFinder(text);
  const packages = new Map<string, LockedPackage>();
  for (const [section, groups] of [
    ['default', []],
    ['develop', ['dev']],
  ] as const) {
    lines.find(`"${section}":`);
    for (const [key, value] of Object.entries(objectOf(lock[section]))) {
      const line = lines.find(`${JSON.stringify(key)}:`);
      const stated = textOf(objectOf(value).version);
      if (!stated.startsWith('==') || stated.length < 3) continue;
      const one: LockedPackage = {
        ecosystem: 'PyPI',
        name: pypiName(key),
        version: stated.slice(2),
        line,
        groups,
      };
      const id = `${key}@${one.version}`;
      if (!packages.has(id)) packages.set(id, one);
    }
  }
  return [...packages.values()];
}

/** @throws LockfileFailure */
export function parseComposerLock(text: string): LockedPackage[] {
  const lock = parseJsonObject(text);
  const lines = new LineFinder(text);
  return [
    ...listOf(lock.packages).map((value) => composerPackage(value, lines, [])),
    ...listOf(lock['packages-dev']).map((value) => composerPackage(value, lines, ['dev'])),
  ];
}

function composerPackage(value: unknown, lines: LineFinder, groups: readonly string[]): LockedPackage {
  const entry = objectOf(value);
  const name = textOf(entry.name);
  const reference = textOf(objectOf(entry.dist).reference);
  return {
    ecosystem: 'Packagist',
    name,
    version: textOf(entry.version),
    // With a dot it is a tag.
    commit: reference.includes('.') ? '' : reference,
    line: lines.find(`"name": ${JSON.stringify(name)}`),
    groups,
  };
}

/** @throws LockfileFailure */
export function parseConanLock(text: string): LockedPackage[] {
  const lock = parseJsonObject(text);
  const lines = new LineFinder(text);
  const nodes = objectOf(lock.graph_lock).nodes;
  const named = (reference: string, groups: readonly string[]): LockedPackage[] => {
    const line = lines.find(JSON.stringify(reference));
    const plain = reference.split('%', 1)[0]!.split(':', 1)[0]!.split('#', 1)[0]!.split('@', 1)[0]!;
    const slash = plain.indexOf('/');
    if (slash <= 0) return [];
    return [
      {
        ecosystem: 'ConanCenter',
        name: plain.slice(0, slash),
        version: plain.slice(slash + 1),
        line,
        groups,
      },
    ];
  };
  if (nodes !== undefined && nodes !== null) {
    return Object.values(objectOf(nodes)).flatMap((value) => {
      const node = objectOf(value);
      const reference = textOf(node.path) === '' ? textOf(node.pref) || textOf(node.ref) : '';
      return reference === '' ? [] : named(reference, []);
    });
  }
  return (['requires', 'build_requires', 'python_requires'] as const).flatMap((key) =>
    listOf(lock[key]).flatMap((reference) => named(textOf(reference), key === 'requires' ? [] : [key])),
  );
}

/** @throws LockfileFailure */
export function parseRenvLock(text: string): LockedPackage[] {
  const lines = new LineFinder(text);
  return Object.entries(objectOf(parseJsonObject(text).Packages)).flatMap(([key, value]): LockedPackage[] => {
    const entry = objectOf(value);
    const line = lines.find(`${JSON.stringify(key)}:`);
    if (entry.Repository !== 'CRAN') return [];
    return [{ ecosystem: 'CRAN', name: textOf(entry.Package), version: textOf(entry.Version), line }];
  });
}

/** @throws LockfileFailure */
export function parsePackagesLockJson(text: string): LockedPackage[] {
  const lines = new LineFinder(text);
  return Object.values(objectOf(parseJsonObject(text).dependencies)).flatMap((framework) =>
    Object.entries(objectOf(framework)).map(
      ([name, value]): LockedPackage => ({
        ecosystem: 'NuGet',
        name,
        version: textOf(objectOf(value).resolved),
        line: lines.find(`${JSON.stringify(name)}:`),
      }),
    ),
  );
}

/** @throws LockfileFailure */
export function parseDepsJson(text: string): LockedPackage[] {
  const libraries = objectOf(parseJsonObject(text).libraries);
  const lines = new LineFinder(text);
  lines.find('"libraries":');
  return Object.keys(libraries).flatMap((key): LockedPackage[] => {
    const line = lines.find(`${JSON.stringify(key)}:`);
    const [name, version, more] = key.split('/');
    return name && version && more === undefined ? [{ ecosystem: 'NuGet', name, version, line }] : [];
  });
}

/** Swift's Package.resolved, versions 1 to 3. OSV names Swift packages by their address. @throws LockfileFailure */
export function parsePackageResolved(text: string): LockedPackage[] {
  const lock = parseJsonObject(text);
  const pins = lock.pins ?? objectOf(lock.object).pins;
  if (!Array.isArray(pins)) throw new LockfileFailure('it has no pins');
  const lines = new LineFinder(text);
  return pins.map((value): LockedPackage => {
    const pin = objectOf(value);
    const address = textOf(pin.location) || textOf(pin.repositoryURL);
    const state = objectOf(pin.state);
    const name = address.replace(/^[a-z+]+:\/\//, '').replace(/\.git$/, '');
    return {
      ecosystem: 'SwiftURL',
      name,
      version: textOf(state.version),
      commit: textOf(state.revision),
      line: lines.find(JSON.stringify(address)),
    };
  });
}

/** What osv-scanner itself has written, put there to be read again. @throws LockfileFailure */
export function parseOsvScannerJson(text: string): LockedPackage[] {
  const lines = new LineFinder(text);
  return listOf(parseJsonObject(text).results).flatMap((result) =>
    listOf(objectOf(result).packages).map((value): LockedPackage => {
      const entry = objectOf(objectOf(value).package);
      const name = textOf(entry.name);
      return {
        ecosystem: textOf(entry.ecosystem) as LockedPackage['ecosystem'],
        name,
        version: textOf(entry.version),
        commit: textOf(entry.commit),
        line: lines.find(`"name": ${JSON.stringify(name)}`),
      };
    }),
  );
}
