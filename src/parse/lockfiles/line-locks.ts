/** Lock files read line by line: Gemfile.lock, gradle.lockfile, mix.lock, cabal.project.freeze, stack.yaml.lock. */
import { getText, getValue, parseYaml } from '../yaml/index.ts';
import { linesOf } from './lines.ts';
import { type LockedPackage, LockfileFailure } from './types.ts';

const MAX_LINE = 2000;
const GEM_SOURCES = new Set(['GIT', 'GEM', 'PATH', 'PLUGIN SOURCE']);

/** Lines of reasonable length with their numbers. */
function* shortLines(text: string): Generator<readonly [string, number]> {
  for (const pair of linesOf(text)) if (pair[0].length <= MAX_LINE) yield pair;
}

/** @throws LockfileFailure */
export function parseGemfileLock(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  let section: string | undefined;
  let commit = '';
  for (const [line, number] of shortLines(text)) {
    if (line === '') continue;
    if (!line.startsWith(' ')) {
      section = line;
      commit = '';
    } else if (line.startsWith('  revision: ')) commit = line.slice(12);
    else if (line.startsWith('    ') && line[4] !== ' ') {
      if (section === undefined) throw new LockfileFailure('a gem stands before the first section');
      const spec = GEM_SOURCES.has(section) ? gemSpec(line.slice(4)) : undefined;
      if (spec !== undefined) packages.push({ ecosystem: 'RubyGems', ...spec, commit, line: number });
    }
  }
  return packages;
}

/** `name (1.2.3-platform)!` */
function gemSpec(spec: string): { name: string; version: string } | undefined {
  const open = spec.indexOf(' (');
  const close = spec.indexOf(')', open);
  if (open <= 0 || close < 0) return undefined;
  const version = spec.slice(open + 2, close).split('-', 1)[0]!;
  return version === '' ? undefined : { name: spec.slice(0, open), version };
}

export function parseGradleLockfile(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  for (const [raw, line] of shortLines(text)) {
    const text = raw.trim();
    if (text.startsWith('#') || text.startsWith('empty=')) continue;
    const [group, artifact, ...rest] = text.split(':');
    const stated = rest.join(':');
    const equals = stated.indexOf('=');
    if (group === undefined || artifact === undefined || equals < 0) continue;
    const configurations = stated.slice(equals + 1).split(',');
    const groups = configurations.every((name) => name.toLowerCase().includes('test')) ? ['test'] : [];
    packages.push({
      ecosystem: 'Maven',
      name: `${group}:${artifact}`,
      version: stated.slice(0, equals),
      line,
      groups,
    });
  }
  return packages;
}

export function parseMixLock(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  for (const [raw, line] of shortLines(text)) {
    const head = /^ +"([^"]+)": \{(.*)$/.exec(raw);
    if (head === null) continue;
    const parts = head[2]!.split(',').map((part) => part.trim());
    const quoted = (at: number) => /^"([^"]+)"$/.exec(parts[at] ?? '')?.[1];
    const name = head[1]!;
    if (parts[0] === ':git') {
      const commit = quoted(2);
      if (commit !== undefined) packages.push({ ecosystem: 'Hex', name, version: '', commit, line });
    } else {
      const [version, commit] = [quoted(2), quoted(3)];
      if (version !== undefined && commit !== undefined && parts.length > 4)
        packages.push({ ecosystem: 'Hex', name, version, commit, line });
    }
  }
  return packages;
}

export function parseCabalFreeze(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  for (const [raw, line] of shortLines(text)) {
    if (raw.startsWith('--')) continue;
    const found = /any\.(\S+) ==(\S+)/.exec(raw);
    if (found !== null)
      packages.push({ ecosystem: 'Hackage', name: found[1]!, version: found[2]!.replace(/,$/, ''), line });
  }
  return packages;
}

export function parseStackLock(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  for (const [raw, line] of shortLines(text)) {
    const at = raw.indexOf('hackage:');
    const end = raw.indexOf('@', at);
    if (at < 0 || end < 0) continue;
    const word = raw.slice(at + 8, end).trim();
    const dash = word.lastIndexOf('-');
    const [name, version] = [word.slice(0, dash), word.slice(dash + 1)];
    if (/^[a-zA-Z0-9-]+$/.test(name) && /^[0-9.]+$/.test(version))
      packages.push({ ecosystem: 'Hackage', name, version, line });
  }
  return packages;
}

/** Dart. @throws LockfileFailure */
export function parsePubspecLock(text: string): LockedPackage[] {
  const { root, error } = parseYaml(text);
  if (error !== undefined) throw new LockfileFailure(`${error.message}, line ${error.line}`);
  const map = getValue(root, 'packages');
  const packages: LockedPackage[] = [];
  for (const { key, value } of map?.kind === 'map' ? map.entries : []) {
    if (key.kind !== 'scalar') continue;
    const kinds = (getText(getValue(value, 'dependency')) ?? '').split(' ');
    packages.push({
      ecosystem: 'Pub',
      name: key.value,
      version: getText(getValue(value, 'version')) ?? '',
      commit: getText(getValue(getValue(value, 'description'), 'resolved-ref')) ?? '',
      line: key.line,
      groups: kinds.includes('dev') ? ['dev'] : [],
    });
  }
  return packages;
}
