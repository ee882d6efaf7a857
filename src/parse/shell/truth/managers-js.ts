/** npm, npx, yarn, pnpm, bun and deno. */

import type { InstallType, Truth } from '../types.ts';
import { type Arg, type ProgramCall, splitOptions } from './command.ts';
import {
  byLockfile,
  isCommitPin,
  isExactVersion,
  isLocalPath,
  type ManagerFinding,
  notADownload,
  pinned,
  unpinned,
  worst,
} from './verdict.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const VALUED = words(
  '--prefix -C --dir --cwd --registry --loglevel -w --workspace --cache --userconfig --globalconfig --omit --include ' +
    '--tag --filter -F --store-dir --modules-folder --cache-folder --network-timeout --network-concurrency --mutex ' +
    '--fetch-retries --fetch-timeout --before -p --package -c --call --config --script-shell --node-linker',
);
const NPM_CI = words(
  'ci clean-install ic install-clean isntall-clean cit install-ci-test clean-install-test sit',
);
const NPM_INSTALL = words('install i in ins inst insta instal isnt isnta isntal isntall add install-test it');
const NPM_UPDATE = words('update up upgrade udpate');

/** Verdict of one package argument of a JavaScript package manager. */
function packageTruth(arg: Arg): Truth {
  const text = arg.text.replace(/^(?:npm:)?(@?[^@]+@)npm:/, '$1');
  if (isLocalPath(text) || text.startsWith('link:') || text.startsWith('workspace:'))
    return notADownload('local', 'local');
  if (
    /^(?:github|gitlab|bitbucket|gist):|^git(?:\+[a-z]+)?:|\.git(?:#|$)/.test(text) ||
    /^[\w-]+\/[\w.-]+(?:#|$)/.test(text)
  ) {
    return isCommitPin(text) ? pinned('full-commit', 'hash') : unpinned('no-commit');
  }
  const at = text.indexOf('@', 1);
  return at > 0 && isExactVersion(text.slice(at + 1))
    ? unpinned('dependencies-float', 'version')
    : unpinned('no-version');
}

function packagesTruth(args: readonly Arg[]): Truth {
  return worst(args.map(packageTruth)) ?? unpinned('no-version');
}

/** Verdict of a JavaScript package manager command; undefined when it installs nothing. */
export function javascriptFinding(command: ProgramCall): ManagerFinding | undefined {
  const type = TYPES[command.name];
  if (type === undefined) return undefined;
  const { words: plain, options } = splitOptions(command.args, VALUED);
  const verb = plain[0]?.text ?? '';
  const rest = plain.slice(1);
  const has = (...names: string[]): boolean =>
    names.some((name) => options.has(name) && options.get(name)?.[0] !== 'false');
  // Behind the program of `npx` stand its own options.
  const isRunner = type === 'npxCommand' && plain.length > 0;
  if (!isRunner && has('--help', '-h', '--version', '--dry-run')) return undefined;
  const truth = byName(command, verb, rest, plain, has);
  return truth === undefined ? undefined : { type, truth };
}

const TYPES: Readonly<Record<string, InstallType>> = {
  npm: 'npmCommand',
  npx: 'npxCommand',
  yarn: 'yarnCommand',
  yarnpkg: 'yarnCommand',
  pnpm: 'pnpmCommand',
  pnpx: 'npxCommand',
  bun: 'bunCommand',
  bunx: 'npxCommand',
  deno: 'denoCommand',
  corepack: 'npmCommand',
};

type Has = (...names: string[]) => boolean;

function byName(
  command: ProgramCall,
  verb: string,
  rest: readonly Arg[],
  plain: readonly Arg[],
  has: Has,
): Truth | undefined {
  switch (command.name) {
    case 'npm':
      return npm(verb, rest, has);
    case 'npx':
    case 'pnpx':
    case 'bunx':
      return runner(plain, command, has);
    case 'yarn':
    case 'yarnpkg':
      return yarn(verb, rest, has);
    case 'pnpm':
      return pnpm(verb, rest, command, has);
    case 'bun':
      return bun(verb, rest, command, has);
    case 'corepack':
      return verb === 'prepare' && rest.length > 0 ? packagesTruth(rest) : undefined;
    default:
      return deno(verb, command, has);
  }
}

function npm(verb: string, rest: readonly Arg[], has: Has): Truth | undefined {
  const lower = verb.toLowerCase();
  if (NPM_CI.has(lower)) return pinned('lockfile', 'lockfile');
  if (has('--package-lock-only'))
    return NPM_INSTALL.has(lower) || NPM_UPDATE.has(lower) ? notADownload('lockfile-only') : undefined;
  if (NPM_INSTALL.has(lower)) {
    if (rest.length > 0) return packagesTruth(rest);
    if (has('-g', '--global')) return notADownload('local', 'local');
    return has('--no-package-lock')
      ? unpinned('no-lockfile')
      : byLockfile('package-lock.json', 'npm-shrinkwrap.json');
  }
  if (NPM_UPDATE.has(lower)) return unpinned('update');
  if (lower === 'exec' || lower === 'x')
    return has('--no', '--no-install') ? undefined : maybeLocal(rest, has);
  if ((lower === 'init' || lower === 'create') && rest.length > 0) return packagesTruth(rest.slice(0, 1));
  return undefined;
}

/** `npx tool` runs the installed tool if there is one. */
function maybeLocal(plain: readonly Arg[], has: Has): Truth {
  const first = plain[0];
  if (first === undefined) return notADownload('maybe-installed');
  const isNamed = first.text.indexOf('@', 1) > 0 || has('-y', '--yes');
  if (isNamed || isLocalPath(first.text)) return packageTruth(first);
  if (!/^(?:@[\w.-]+\/)?[A-Za-z][\w.-]*$/.test(first.text)) return notADownload('maybe-installed');
  return unpinned('not-installed', 'none', { kind: 'installed', files: [first.text] });
}

function runner(plain: readonly Arg[], command: ProgramCall, has: Has): Truth | undefined {
  if (has('--no-install', '--no')) return notADownload('installed');
  const { options } = splitOptions(command.args.slice(0, 6), VALUED);
  const named = [...(options.get('-p') ?? []), ...(options.get('--package') ?? [])];
  if (named.length > 0) {
    const truths = named.map((text) => packageTruth({ text, raw: text, pos: 0, end: 0, word: undefined }));
    return worst(truths) ?? unpinned('no-version');
  }
  if (plain.length === 0) return undefined;
  return command.name === 'npx' ? maybeLocal(plain, has) : maybeLocal(plain.slice(0, 1), has);
}

function yarn(verb: string, rest: readonly Arg[], has: Has): Truth | undefined {
  if (verb === '' || verb === 'install') {
    if (has('--frozen-lockfile', '--immutable', '--immutable-cache')) return pinned('lockfile', 'lockfile');
    if (has('--mode') || has('-v')) return byLockfile('yarn.lock');
    return has('--no-lockfile', '--pure-lockfile=false') ? unpinned('no-lockfile') : byLockfile('yarn.lock');
  }
  if (verb === 'global') return rest[0]?.text === 'add' ? packagesTruth(rest.slice(1)) : undefined;
  if (verb === 'add' || verb === 'dlx' || verb === 'create') {
    return packagesTruth(verb === 'add' ? rest : rest.slice(0, 1));
  }
  if (verb === 'set' && rest[0]?.text === 'version')
    return /^[a-z]/.test(rest[1]?.text ?? '') ? unpinned('no-version') : undefined;
  return verb === 'up' || verb === 'upgrade' ? unpinned('update') : undefined;
}

function pnpm(verb: string, rest: readonly Arg[], command: ProgramCall, has: Has): Truth | undefined {
  switch (verb) {
    case 'install':
    case 'i':
      if (rest.length > 0) return packagesTruth(rest);
      if (has('--lockfile-only')) return notADownload('lockfile-only');
      if (has('--frozen-lockfile', '--offline')) return pinned('lockfile', 'lockfile');
      if (
        command.args.some(({ text }) => text === '--no-frozen-lockfile' || text === '--frozen-lockfile=false')
      ) {
        return unpinned('lockfile-not-enforced');
      }
      return byLockfile('pnpm-lock.yaml');
    case 'ci':
    case 'fetch':
      return pinned('lockfile', 'lockfile');
    case 'add':
      return packagesTruth(rest);
    case 'dlx':
    case 'create':
      return packagesTruth(rest.slice(0, 1));
    case 'update':
    case 'up':
    case 'upgrade':
      return unpinned('update');
    default:
      return undefined;
  }
}

function bun(verb: string, rest: readonly Arg[], command: ProgramCall, has: Has): Truth | undefined {
  switch (verb) {
    case 'install':
    case 'i':
      if (rest.length > 0) return packagesTruth(rest);
      return has('--frozen-lockfile') ? pinned('lockfile', 'lockfile') : byLockfile('bun.lock', 'bun.lockb');
    case 'ci':
      return pinned('lockfile', 'lockfile');
    case 'add':
    case 'a':
      return packagesTruth(rest);
    case 'x':
      return runner(rest, command, has);
    case 'create':
      return packagesTruth(rest.slice(0, 1));
    case 'update':
      return unpinned('update');
    default:
      return undefined;
  }
}

const DENO_VALUED = words('-n --name --root -c --config --import-map --lock -L --log-level');

function deno(verb: string, command: ProgramCall, has: Has): Truth | undefined {
  if (verb !== 'install' && verb !== 'run' && verb !== 'add' && verb !== 'x') return undefined;
  const plain = splitOptions(command.args, DENO_VALUED).words.slice(1);
  if (verb === 'install' && !has('-g', '--global') && plain.length === 0) {
    return has('--frozen') ? pinned('lockfile', 'lockfile') : byLockfile('deno.lock');
  }
  const target = plain[0];
  if (target === undefined || !/^(?:npm:|jsr:|https?:)/.test(target.text)) return undefined;
  if (has('--frozen')) return pinned('lockfile', 'lockfile');
  const version = /@([^@/]+)(?:\/|$)/.exec(target.text.replace(/^(npm|jsr):@/, ''))?.[1] ?? '';
  return isExactVersion(version) ? unpinned('no-hash', 'version') : unpinned('no-version');
}
