/** Go: go.mod with its replacements, and go.sum. */
import { linesOf } from './lines.ts';
import type { LockedPackage } from './types.ts';

export interface GoModule {
  readonly packages: readonly LockedPackage[];
  /** Before Go 1.17 indirect dependencies stand in go.sum only. */
  readonly needsSum: boolean;
}

interface Replacement {
  readonly name: string;
  readonly version: string;
  readonly by: LockedPackage;
}

const MAX_LINE = 4000;

/** The standard library is left out: the reference drops what it finds there (file-checks 13.1). */
export function readGoModule(text: string): GoModule {
  const required = new Map<string, LockedPackage>();
  const replacements: Replacement[] = [];
  let block = '';
  let version = '';
  for (const [raw, line] of linesOf(text)) {
    if (raw.length > MAX_LINE) continue;
    const comment = raw.indexOf('//');
    const words = (comment < 0 ? raw : raw.slice(0, comment)).trim().split(/\s+/);
    if (block !== '' && words[0] === ')') block = '';
    else if (block === '' && words[1] === '(') block = words[0]!;
    else {
      const directive = block === '' ? words.shift() : block;
      if (directive === 'go') version ||= words[0] ?? '';
      else if (directive === 'toolchain') version = toolchain(words[0]) ?? version;
      else if (directive === 'require' && words.length >= 2) {
        const one = modulePackage(words[0]!, words[1]!, line);
        required.set(`${one.name}@${one.version}`, one);
      } else if (directive === 'replace') {
        const replacement = readReplacement(words, line);
        if (replacement !== undefined) replacements.push(replacement);
      }
    }
  }
  for (const { name, version: only, by } of replacements) {
    for (const [key, one] of required) {
      if (one.name === name && (only === '' ? true : key === `${name}@${only}`)) required.set(key, by);
    }
  }
  return { packages: [...required.values()], needsSum: isBefore117(version) };
}

function toolchain(word: string | undefined): string | undefined {
  return word?.startsWith('go') ? word.slice(2).split('-', 1)[0] : undefined;
}

function modulePackage(name: string, version: string, line: number): LockedPackage {
  return { ecosystem: 'Go', name: unquoted(name), version: unquoted(version).replace(/^v/, ''), line };
}

function unquoted(word: string): string {
  return /^["`]/.test(word) ? word.slice(1, -1) : word;
}

/** `old [version] => new [version]`; a path on this machine has no version and gives no package. */
function readReplacement(words: readonly string[], line: number): Replacement | undefined {
  const arrow = words.indexOf('=>');
  const [oldName, oldVersion = ''] = words.slice(0, arrow);
  const [newName, newVersion = ''] = words.slice(arrow + 1);
  if (arrow < 1 || oldName === undefined || newName === undefined) return undefined;
  const old = modulePackage(oldName, oldVersion, line);
  return { name: old.name, version: old.version, by: modulePackage(newName, newVersion, line) };
}

function isBefore117(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return version !== '' && (major < 1 || (major === 1 && minor < 17));
}

/** Modules in go.sum; undefined when a line is not of three words. */
export function readGoSum(text: string): LockedPackage[] | undefined {
  const packages = new Map<string, LockedPackage>();
  for (const [raw, line] of linesOf(text)) {
    if (raw.trim() === '') continue;
    const words = raw.length > MAX_LINE ? [] : raw.trim().split(/\s+/);
    if (words.length !== 3) return undefined;
    if (words[1]!.includes('/go.mod')) continue;
    const one = modulePackage(words[0]!, words[1]!, line);
    packages.set(`${one.name}@${one.version}`, one);
  }
  return [...packages.values()];
}
