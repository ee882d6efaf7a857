/** pnpm-lock.yaml, all versions. */
import { getText, getValue, parseYaml, scalarTag } from '../yaml/index.ts';
import { commitOf } from './git-commit.ts';
import { linesOf } from './lines.ts';
import { shippedPackages } from './pnpm-scope.ts';
import { type LockedPackage, LockfileFailure } from './types.ts';

/** What an entry of `packages` says. */
interface Entry {
  readonly key: string;
  readonly line: number;
  name: string;
  version: string;
  commit: string;
  tarball: string;
  dev: boolean;
}

interface PnpmLock {
  readonly format: number;
  readonly entries: readonly Entry[];
}

/**
 * The packages of the first document, as the reference reads it, and marked those of further ones: pnpm 11 puts what the
 * package manager itself needs into a document of its own before the project's. @throws LockfileFailure
 */
export function parsePnpmLock(text: string): LockedPackage[] {
  const packages: LockedPackage[] = [];
  for (const { document, before, isFirst } of documentsOf(text)) {
    const { format, entries } = readPlainPnpm(document) ?? readYamlPnpm(document);
    if (Number.isNaN(format)) throw new LockfileFailure('it has no lockfileVersion');
    const shipped = format >= 9 && entries.length > 0 ? shippedPackages(document) : undefined;
    for (const entry of entries) {
      const one = packageOf(entry, format, before);
      if (one === undefined) continue;
      const isUnshipped = shipped?.has(entry.key.split('(', 1)[0]!) === false;
      const told = isUnshipped ? { ...one, unshipped: true as const } : one;
      packages.push(isFirst ? told : { ...told, beyond: true });
    }
  }
  return packages;
}

const MAX_DOCUMENTS = 10;

function* documentsOf(text: string): Generator<{ document: string; before: number; isFirst: boolean }> {
  const marks = /^---[ \t]*\r?$/gm;
  let start = 0;
  let before = 0;
  for (let count = 0; count < MAX_DOCUMENTS; ) {
    const mark = marks.exec(text);
    const document = text.slice(start, mark?.index ?? text.length);
    if (document.trim() !== '' || mark === null) {
      yield { document, before, isFirst: count === 0 };
      count++;
    }
    if (mark === null) return;
    before += document.split('\n').length;
    start = mark.index + mark[0].length + 1;
  }
}

function packageOf(entry: Entry, format: number, before: number): LockedPackage | undefined {
  const told = pnpmPath(entry.key, format);
  // The reference stumbles over a slash in the names of peers: `/a@1.0.0(@b/c@2.0.0)`.
  const isLost = (entry.name || told.name) === '' || (entry.version || told.version) === '';
  const path = isLost ? pnpmPath(entry.key.split('(', 1)[0]!, format) : told;
  const name = entry.name || path.name;
  const version = entry.version || path.version;
  if (name === '' || version === '') return undefined;
  const loaded = entry.tarball.startsWith('https://codeload.github.com') ? commitOf(entry.tarball) : '';
  const groups = entry.dev ? ['dev'] : [];
  return {
    ecosystem: 'npm',
    name,
    version,
    commit: loaded || entry.commit,
    line: before + entry.line,
    groups,
    ...(isLost ? { beyond: true } : {}),
  };
}

/** By the YAML reader: right for every file, but dear for large ones. @throws LockfileFailure */
export function readYamlPnpm(text: string): PnpmLock {
  const { root, error } = parseYaml(text);
  if (error !== undefined) throw new LockfileFailure(`${error.message}, line ${error.line}`);
  if (root === undefined) return { format: 0, entries: [] };
  const map = getValue(root, 'packages');
  const entries: Entry[] = [];
  for (const { key, value } of map?.kind === 'map' ? map.entries : []) {
    if (key.kind !== 'scalar') continue;
    const resolution = getValue(value, 'resolution');
    const dev = getValue(value, 'dev');
    entries.push({
      key: key.value,
      line: key.line,
      name: getText(getValue(value, 'name')) ?? '',
      version: getText(getValue(value, 'version')) ?? '',
      commit: getText(getValue(resolution, 'commit')) ?? '',
      tarball: getText(getValue(resolution, 'tarball')) ?? '',
      dev: dev?.kind === 'scalar' && scalarTag(dev) === '!!bool' && dev.value.toLowerCase() === 'true',
    });
  }
  return { format: Number.parseFloat(getText(getValue(root, 'lockfileVersion')) ?? ''), entries };
}

const VERSION = /^lockfileVersion: ['"]?(\d+(?:\.\d+)?)['"]?$/;
const TOP_LEVEL = /^[A-Za-z]+:(?: .*)?$/;
/** A key of `packages`, as pnpm writes it. */
const KEY = /^ {2}(?:'([^'"]+)'|"([^'"\\]+)"|([^\s'"{[&*!|>%@`?#-][^'"#]*)):$/;
const PROPERTY = /^ {4}([A-Za-z]+):(?: (.*))?$/;
const INNER = /^ {6}(commit|tarball): (\S+)$/;
const PLAIN = /^[^\s'"{}[\]&*!|>%@`#,?][^\s'"{}#]*$/;

/**
 * Line by line, for files just as pnpm writes them: five times as fast. Undefined for anything unusual, which the YAML
 * reader then has to judge.
 */
export function readPlainPnpm(text: string): PnpmLock | undefined {
  let format = Number.NaN;
  let inside = false;
  let entry: Entry | undefined;
  let property = '';
  const entries: Entry[] = [];
  for (const [line, number] of linesOf(text)) {
    if (line === '') continue;
    const first = line.charCodeAt(0);
    if (first !== 0x20) {
      if (line.startsWith('#')) continue;
      if (!TOP_LEVEL.test(line)) return undefined;
      const version = VERSION.exec(line);
      if (version !== null) format = Number(version[1]);
      else if (line.startsWith('lockfileVersion') || /[&*|>\t]/.test(line)) return undefined;
      inside = line === 'packages:';
      if (!inside && line.startsWith('packages')) return undefined;
      entry = undefined;
      continue;
    }
    if (!inside) {
      if (line.includes('\t')) return undefined;
      continue;
    }
    if (line.charCodeAt(2) !== 0x20) {
      const key = KEY.exec(line);
      if (key === null) return undefined;
      entry = {
        key: (key[1] ?? key[2] ?? key[3])!,
        line: number,
        name: '',
        version: '',
        commit: '',
        tarball: '',
        dev: false,
      };
      entries.push(entry);
    } else if (line.charCodeAt(4) !== 0x20) {
      const found = PROPERTY.exec(line);
      if (found === null || entry === undefined) return undefined;
      property = found[1]!;
      if (!setProperty(entry, property, found[2] ?? '')) return undefined;
    } else if (property === 'resolution' && entry !== undefined) {
      const inner = INNER.exec(line);
      if (inner !== null && !PLAIN.test(inner[2]!)) return undefined;
      if (inner !== null) entry[inner[1] as 'commit' | 'tarball'] = inner[2]!;
    }
  }
  return Number.isNaN(format) ? undefined : { format, entries };
}

/** False when the value is written in a way that is not expected. */
function setProperty(entry: Entry, property: string, value: string): boolean {
  if (/^[&*!]/.test(value)) return false;
  if (property === 'name' || property === 'version') {
    const plain = /^'([^']+)'$/.exec(value)?.[1] ?? value;
    if (!PLAIN.test(plain) && !/^@[\w./-]+$/.test(plain)) return false;
    entry[property] = plain;
  } else if (property === 'dev') {
    if (value !== 'true' && value !== 'false') return false;
    entry.dev = value === 'true';
  } else if (property === 'resolution' && value !== '') {
    if (!value.startsWith('{') || !value.endsWith('}')) return false;
    for (const part of value.slice(1, -1).split(',')) {
      const found = /^(commit|tarball): (.*)$/.exec(part.trim());
      if (found === null) continue;
      if (!PLAIN.test(found[2]!)) return false;
      entry[found[1] as 'commit' | 'tarball'] = found[2]!;
    }
  }
  return true;
}

/** Name and version out of `/name/1.0.0_peer`, `/@scope/name@1.0.0(peer)` or, from 9, `name@1.0.0`. */
function pnpmPath(path: string, format: number): { name: string; version: string } {
  const nothing = { name: '', version: '' };
  if (path.startsWith('file:')) return nothing;
  if (format >= 9) {
    const at = path.indexOf('@', 1);
    return at < 0 ? { name: path, version: '' } : { name: path.slice(0, at), version: path.slice(at + 1) };
  }
  const parts = path.split('/').slice(1);
  if (parts.length === 0) return nothing;
  const name = parts[0]!.startsWith('@') ? parts.splice(0, 2).join('/') : parts.shift()!;
  let version = parts[0] ?? '';
  if (version !== '') return /^\d/.test(version) ? { name, version: version.split('_', 1)[0]! } : nothing;
  const open = name.indexOf('(');
  const plain = open < 0 ? name : name.slice(0, open);
  const at = plain.lastIndexOf('@');
  version = at > 0 ? plain.slice(at + 1) : '';
  if (!/^\d[\w.-]*$/.test(version)) return nothing;
  return { name: plain.slice(0, at), version: version.split('_', 1)[0]! };
}
