/** Package manager commands as the reference reads them. Reference: file-checks 8.7. */
import type { ReferenceInstallType } from './types.ts';

/** What the reference reports of a command. */
export interface ManagerHit {
  readonly type: ReferenceInstallType;
  readonly pinned: boolean;
}

type Words = readonly string[];

/** Programs that `managerHit` knows. */
export const MANAGERS: ReadonlySet<string> = new Set(
  (
    'go pip pip3 python python3 python2.7 npm choco choco.exe nuget nuget.exe dotnet dotnet.exe msbuild ' +
    'msbuild.exe'
  ).split(' '),
);

/**
 * First package manager that claims the command.
 * In: base name of its first word, lower case; its words without variables and `sudo`.
 */
export function managerHit(name: string, words: Words): ManagerHit | undefined {
  switch (name) {
    case 'go':
      if (words.length <= 2 || (words[1] !== 'get' && words[1] !== 'install')) return undefined;
      return { type: 'goCommand', pinned: isGoPinned(words) };
    case 'pip':
    case 'pip3':
    case 'python':
    case 'python3':
    case 'python2.7': {
      const pip = pipInstall(name, words);
      return pip === undefined ? undefined : { type: 'pipCommand', pinned: isPipPinned(pip) };
    }
    case 'npm':
      if (!words.some((word, at) => at > 0 && NPM_INSTALLS.has(word.toLowerCase()))) return undefined;
      return { type: 'npmCommand', pinned: isNpmPinned(words) };
    case 'choco':
    case 'choco.exe':
      if (!is(words[1], 'install')) return undefined;
      return { type: 'chocoCommand', pinned: words.slice(2).some(requiresChecksum) };
    case 'nuget':
    case 'nuget.exe':
    case 'dotnet':
    case 'dotnet.exe':
    case 'msbuild':
    case 'msbuild.exe': {
      const pinned = nugetPinned(name.replace('.exe', ''), words);
      return pinned === undefined ? undefined : { type: 'nugetCommand', pinned };
    }
    default:
      return undefined;
  }
}

function is(word: string | undefined, lower: string): boolean {
  return word !== undefined && word.length === lower.length && word.toLowerCase() === lower;
}

const GO_FLAGS = new Set(['-d', '-f', '-t', '-u', '-v', '-fix', '-insecure']);
/** Host with a dot, slash, path; anything else is taken for local. */
const GO_REMOTE = /[0-9A-Za-z_]\.[0-9A-Za-z_]+\/[0-9A-Za-z_]/;
const LONG_HASH = /^[A-Fa-f0-9]{40,}$/;
const FULL_VERSION = /^v\d+\.\d+\.\d+(-[0-9A-Za-z-.]+)?(\+[0-9A-Za-z-.]+)?$/;

function isGoPinned(words: Words): boolean {
  let insecure = false;
  for (let at = 2; at < words.length; at++) {
    while (at < words.length && GO_FLAGS.has(words[at] ?? '')) {
      if (words[at] === '-insecure') insecure = true;
      at++;
    }
    const word = words[at];
    if (word === undefined || !GO_REMOTE.test(word)) return true;
    const parts = word.split('@');
    const version = parts[1];
    if (parts.length !== 2 || version === undefined) continue;
    if (version === 'none' || LONG_HASH.test(version)) return true;
    if (!insecure && FULL_VERSION.test(version)) return true;
  }
  return false;
}

/** The words from `pip` on if this is an install. */
function pipInstall(name: string, words: Words): Words | undefined {
  if (name.startsWith('pip')) return is(words[1], 'install') ? words : undefined;
  for (let at = 1; at < words.length - 1; at++) {
    if (!is(words[at], '-m') || !is(words[at + 1], 'pip')) continue;
    return is(words[at + 2], 'install') ? words.slice(at + 1) : undefined;
  }
  return undefined;
}

const GIT_SOURCE = /^git(\+(https?|ssh|git))?:\/\//;
const GIT_PIN = /@[a-fA-F0-9]{40}$/;

/** Local, or a git address at a full commit. */
function isEditablePinned(source: string): boolean {
  if (!/^(git|svn|hg|bzr)./.test(source)) return true;
  if (!GIT_SOURCE.test(source)) return false;
  if (GIT_PIN.test(source)) return true;
  for (let egg = source.indexOf('#egg='); egg >= 0; egg = source.indexOf('#egg=', egg + 1)) {
    if (GIT_PIN.test(source.slice(0, egg))) return true;
  }
  return false;
}

/** Only dashes and word characters, every dash run of one or two followed by a word character. */
function isPipFlag(word: string): boolean {
  return /^-{1,2}[0-9A-Za-z_]/.test(word) && /^[-0-9A-Za-z_]+$/.test(word) && !/---|-$/.test(word);
}

function isPipPinned(words: Words): boolean {
  let noDeps = false;
  let editable = false;
  let editablePinned = true;
  let hashes = false;
  let further = false;
  let wheel = false;
  for (const word of words.slice(2)) {
    if (is(word, '--no-deps')) noDeps = true;
    else if (word === '-e' || word === '--editable') editable = true;
    else if (is(word, '--require-hashes')) {
      hashes = true;
      break;
    } else if (isPipFlag(word)) continue;
    else if (word.endsWith('.whl')) wheel = true;
    else if (editable) editablePinned &&= isEditablePinned(word);
    else further = true;
  }
  if (editable) return noDeps && editablePinned;
  return hashes || (!further && wheel);
}

const NPM_INSTALLS = new Set(['install', 'i', 'install-test', 'update', 'ci']);
const NPM_GIT: readonly string[] = ['github:', 'git://', 'git+http://', 'git+https://'];
const FULL_HASH = /^[a-fA-F0-9]{40}$/;

function isNpmPinned(words: Words): boolean {
  for (const word of words.slice(1)) {
    if (is(word, 'ci')) return true;
    if (!NPM_GIT.some((prefix) => word.startsWith(prefix))) continue;
    const parts = word.split('#');
    if (parts.length !== 2) return false;
    if (FULL_HASH.test(parts[1] ?? '')) return true;
  }
  return false;
}

const CHOCO_CHECKSUM = new Set(['--requirechecksum', '--requirechecksums', '--require-checksums']);

function requiresChecksum(word: string): boolean {
  const equals = word.indexOf('=');
  return CHOCO_CHECKSUM.has((equals < 0 ? word : word.slice(0, equals)).toLowerCase());
}

/** Pinned or not for the NuGet family; undefined when the command is none of it. */
function nugetPinned(name: string, words: Words): boolean | undefined {
  const verb = words[1];
  if (verb === undefined) return undefined;
  const has = (lower: string, from: number): boolean =>
    words.some((word, at) => at >= from && is(word, lower));
  if (name === 'dotnet') {
    if (is(verb, 'add') && words.length >= 4 && (is(words[2], 'package') || is(words[3], 'package'))) {
      return has('-v', 3) || has('--version', 3);
    }
    return is(verb, 'restore') ? has('--locked-mode', 2) : undefined;
  }
  if (name === 'nuget') {
    if (is(verb, 'install')) {
      return words.length === 2 || (words[2] ?? '').endsWith('packages.config') || has('-version', 2);
    }
    return is(verb, 'restore') ? has('-lockedmode', 2) : undefined;
  }
  if (name === 'msbuild' && has('/t:restore', 1)) return has('/p:restorelockedmode=true', 2);
  return undefined;
}
