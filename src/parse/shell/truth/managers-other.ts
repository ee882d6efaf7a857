/** Go, Rust, Ruby, PHP, .NET, Homebrew, Chocolatey, winget and unsigned system packages. */

import type { InstallType, Truth } from '../types.ts';
import { type Arg, type ProgramCall, splitOptions } from './command.ts';
import { furtherFinding } from './managers-more.ts';
import {
  byLockfile,
  isExactVersion,
  isLocalPath,
  type ManagerFinding,
  notADownload,
  pinned,
  unpinned,
  worst,
} from './verdict.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

type Reader = (command: ProgramCall) => Truth | undefined;

const READERS: Readonly<Record<string, readonly [InstallType, Reader]>> = {
  go: ['goCommand', go],
  cargo: ['cargoCommand', cargo],
  gem: ['gemCommand', gem],
  bundle: ['bundlerCommand', bundle],
  bundler: ['bundlerCommand', bundle],
  composer: ['composerCommand', composer],
  'composer.phar': ['composerCommand', composer],
  nuget: ['nugetCommand', nuget],
  msbuild: ['nugetCommand', msbuild],
  brew: ['brewCommand', brew],
  choco: ['chocoCommand', choco],
  winget: ['wingetCommand', winget],
  apt: ['systemPackageCommand', systemPackage],
  'apt-get': ['systemPackageCommand', systemPackage],
  apk: ['systemPackageCommand', systemPackage],
  yum: ['systemPackageCommand', systemPackage],
  dnf: ['systemPackageCommand', systemPackage],
  microdnf: ['systemPackageCommand', systemPackage],
  zypper: ['systemPackageCommand', systemPackage],
  rpm: ['systemPackageCommand', systemPackage],
};

/** Verdict of the remaining package managers; undefined when the command installs nothing. */
export function otherFinding(command: ProgramCall): ManagerFinding | undefined {
  if (command.name === 'dotnet') return dotnet(command);
  if (!Object.hasOwn(READERS, command.name)) return furtherFinding(command);
  const entry = Object.hasOwn(READERS, command.name) ? READERS[command.name] : undefined;
  const truth = entry?.[1](command);
  return entry === undefined || truth === undefined ? undefined : { type: entry[0], truth };
}

const GO_VALUED = words(
  '-ldflags -tags -o -p -asmflags -gcflags -gccgoflags -mod -modfile -overlay -pkgdir -toolexec -buildmode -compiler ' +
    '-installsuffix -exec -C -cpuprofile -coverpkg -covermode -pgo',
);
const GO_REMOTE = /^[\w-]+(?:\.[\w-]+)+\/[\w.$~-]/;
const GO_VERSION = /^v\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

function go(command: ProgramCall): Truth | undefined {
  let { args } = command;
  if (args[0]?.text === '-C') args = args.slice(2);
  const verb = args[0]?.text;
  if (verb !== 'get' && verb !== 'install' && verb !== 'run') return undefined;
  const { words: plain, options } = splitOptions(args.slice(1), GO_VALUED);
  const isUnchecked =
    options.has('-insecure') ||
    /off|\*/.test(command.env.get('GOSUMDB') ?? command.env.get('GONOSUMDB') ?? '');
  if (plain[0]?.text === 'tool') return notADownload('module-tool', 'lockfile');
  const packages = verb === 'run' ? plain.slice(0, 1) : plain;
  if (packages.length === 0) return options.has('-u') ? unpinned('update') : undefined;
  const truths = packages.map(({ text }) => goPackage(text, verb, isUnchecked));
  if (options.has('-u') && truths.every(({ pinKind }) => pinKind === 'local')) return unpinned('update');
  return worst(truths);
}

function goPackage(text: string, verb: string, isUnchecked: boolean): Truth {
  const at = text.lastIndexOf('@');
  const path = at < 0 ? text : text.slice(0, at);
  if (!GO_REMOTE.test(path) && !(at > 0 && path.includes('$'))) return notADownload('local', 'local');
  if (at < 0) {
    if (verb === 'get') return unpinned('no-version');
    return unpinned('no-version', 'none', { kind: 'lockfile', files: ['go.sum'] });
  }
  const version = text.slice(at + 1);
  if (version === 'none') return notADownload('removal');
  if (/^[0-9a-f]{40}$/i.test(version)) return pinned('full-commit', 'hash');
  if (/^v\$\w+$/i.test(version) || (/^\$\w+$/.test(version) && /VERSION|COMMIT|SHA|HASH|REV/i.test(version)))
    return pinned('version-variable', 'version');
  if (version.includes('$')) return unpinned('variable');
  if (!GO_VERSION.test(version)) return unpinned('no-version');
  return isUnchecked ? unpinned('no-checksum-database', 'version') : pinned('exact-go-version', 'hash');
}

const CARGO_VALUED = words(
  '--version --vers --git --branch --tag --rev --path --root --registry --index --profile --target --target-dir -F ' +
    '--features -j --jobs --bin --example --config -Z --color',
);

function cargo(command: ProgramCall): Truth | undefined {
  const args = command.args.filter(({ text }) => !text.startsWith('+'));
  const { words: plain, options } = splitOptions(args, CARGO_VALUED);
  const [verb, ...crates] = plain.map(({ text }) => text);
  if (verb !== 'install' && verb !== 'binstall') return undefined;
  if (options.has('--list') || options.has('--help')) return undefined;
  const isLocked = options.has('--locked') || options.has('--frozen');
  if (options.has('--path'))
    return isLocked ? pinned('lockfile', 'lockfile') : notADownload('local', 'local');
  if (verb === 'binstall') return unpinned('no-hash');
  if (options.has('--git')) {
    const isCommit = /^[0-9a-f]{40}$/i.test(options.get('--rev')?.[0] ?? '');
    if (!isCommit) return unpinned('no-commit');
    return isLocked ? pinned('full-commit', 'hash') : unpinned('dependencies-float', 'hash');
  }
  if (crates.length === 0) return undefined;
  const version = options.get('--version')?.[0] ?? options.get('--vers')?.[0];
  const isExact = crates.every((crate) => isExactVersion(version ?? crate.split('@')[1] ?? ''));
  if (!isExact) return unpinned('no-version');
  return isLocked ? pinned('lockfile', 'lockfile') : unpinned('dependencies-float', 'version');
}

function gem(command: ProgramCall): Truth | undefined {
  const { words: plain, options } = splitOptions(
    command.args,
    words('-v --version -i --install-dir -n --bindir -P --trust-policy -s --source -g --file --platform'),
  );
  const [verb, ...gems] = plain;
  if (verb?.text === 'update') return unpinned('update');
  if (verb?.text !== 'install' && verb?.text !== 'i') return undefined;
  if (gems.length === 0) return undefined;
  if (gems.every(({ text }) => isLocalPath(text))) return notADownload('local', 'local');
  const isExact = gems.every(({ text }) =>
    isExactVersion(text.split(':')[1] ?? options.get('-v')?.[0] ?? options.get('--version')?.[0] ?? ''),
  );
  return isExact ? unpinned('dependencies-float', 'version') : unpinned('no-version');
}

function bundle(command: ProgramCall): Truth | undefined {
  const { words: plain, options } = splitOptions(
    command.args,
    words('--gemfile --path --jobs -j --retry --with --without --binstubs'),
  );
  const verb = plain[0]?.text ?? 'install';
  if (verb === 'update' || verb === 'add') return unpinned(verb === 'update' ? 'update' : 'no-version');
  if (verb !== 'install' && verb !== 'i') return undefined;
  if (plain.length === 0 && command.args.length > 0) return undefined;
  const isFrozen =
    options.has('--frozen') ||
    options.has('--deployment') ||
    command.env.has('BUNDLE_FROZEN') ||
    command.env.has('BUNDLE_DEPLOYMENT');
  return isFrozen ? pinned('lockfile', 'lockfile') : byLockfile('Gemfile.lock', 'gems.locked');
}

function composer(command: ProgramCall): Truth | undefined {
  const { words: plain, options } = splitOptions(command.args, words('-d --working-dir'));
  const verb = plain[0]?.text === 'global' ? plain[1]?.text : plain[0]?.text;
  switch (verb) {
    case 'install':
    case 'i':
      return byLockfile('composer.lock');
    case 'require':
      if (options.has('--no-update')) return notADownload('lockfile-only');
      return unpinned('no-hash');
    case 'create-project':
      return unpinned('no-hash');
    case 'update':
    case 'upgrade':
    case 'u':
      return options.has('--lock') || options.has('--no-install')
        ? notADownload('lockfile-only')
        : unpinned('update');
    default:
      return undefined;
  }
}

function dotnet(command: ProgramCall): ManagerFinding | undefined {
  const { words: plain, options } = splitOptions(
    command.args,
    words('-v --version --tool-path --add-source --configfile --framework -f -s --source -n'),
  );
  const [verb, second, third] = plain.map(({ text }) => text.toLowerCase());
  const version = options.get('--version')?.[0] ?? options.get('-v')?.[0];
  if (verb === 'tool') {
    if (second === 'restore') return { type: 'dotnetToolCommand', truth: pinned('manifest', 'lockfile') };
    if (second !== 'install' && second !== 'update') return undefined;
    const isExact = isExactVersion(version ?? '');
    return {
      type: 'dotnetToolCommand',
      truth: isExact ? pinned('exact-tool', 'version') : unpinned('no-version'),
    };
  }
  if (verb === 'add' && (second === 'package' || third === 'package')) {
    const truth = version === undefined ? unpinned('no-version') : pinned('exact-version', 'version');
    return { type: 'nugetCommand', truth };
  }
  if (verb !== 'restore') return undefined;
  const isLocked =
    options.has('--locked-mode') || has(command.args, /^[-/]p(?:roperty)?:RestoreLockedMode=true$/i);
  return { type: 'nugetCommand', truth: isLocked ? pinned('lockfile', 'lockfile') : nugetRestore() };
}

/** Whether a restore is fixed is told by the project files. */
function nugetRestore(): Truth {
  return unpinned('lockfile-not-enforced');
}

function has(args: readonly Arg[], pattern: RegExp): boolean {
  return args.some(({ text }) => text.length < 500 && pattern.test(text));
}

function nuget(command: ProgramCall): Truth | undefined {
  const [verb, target] = command.args.map(({ text }) => text.toLowerCase());
  if (verb === 'restore') {
    if (target?.endsWith('packages.config') === true) return pinned('exact-version', 'version');
    return has(command.args, /^-lockedmode$/i) ? pinned('lockfile', 'lockfile') : nugetRestore();
  }
  if (verb !== 'install') return undefined;
  if (target === undefined || target.endsWith('packages.config')) return pinned('exact-version', 'version');
  return has(command.args, /^-version$/i) ? pinned('exact-version', 'version') : unpinned('no-version');
}

function msbuild(command: ProgramCall): Truth | undefined {
  if (!has(command.args, /^[-/](?:t|target):restore$|^[-/]r(?:estore)?$/i)) return undefined;
  return has(command.args, /^[-/]p(?:roperty)?:RestoreLockedMode=true$/i)
    ? pinned('lockfile', 'lockfile')
    : nugetRestore();
}

function brew(command: ProgramCall): Truth | undefined {
  const { words: plain, options } = splitOptions(command.args, words('--file --appdir --cc'));
  const [verb, ...formulas] = plain.map(({ text }) => text);
  if (verb === 'bundle')
    return formulas.length === 0 || formulas[0] === 'install' ? unpinned('no-version') : undefined;
  if (verb === 'upgrade') return unpinned('update');
  if ((verb !== 'install' && verb !== 'reinstall') || options.has('--only-dependencies')) return undefined;
  if (formulas.length === 0) return undefined;
  return formulas.every((name) => name.startsWith('./') || name.startsWith('/'))
    ? notADownload('local', 'local')
    : unpinned('no-version');
}

const CHOCO_CHECKSUMS = /^--require-?checksums?(?:=|$)/i;

function choco(command: ProgramCall): Truth | undefined {
  const verb = command.args[0]?.text.toLowerCase();
  if (verb === 'upgrade') return unpinned('update');
  if (verb !== 'install') return undefined;
  if (has(command.args, CHOCO_CHECKSUMS)) return pinned('checksums-required', 'hash');
  return has(command.args, /^--version(?:=|$)/i) ? unpinned('no-hash', 'version') : unpinned('no-version');
}

function winget(command: ProgramCall): Truth | undefined {
  if (command.args[0]?.text.toLowerCase() !== 'install') return undefined;
  return has(command.args, /^(?:-v|--version)$/i) ? unpinned('no-hash', 'version') : unpinned('no-version');
}

const UNSIGNED =
  /^--(?:allow-unauthenticated|allow-untrusted|force-yes|nogpgcheck|no-gpg-checks?|no-gpg-check|nosignature|allow-insecure-repositories)$/;

/** Packages of the distribution are signed; only switching that off is a finding, or a package by address. */
function systemPackage(command: ProgramCall): Truth | undefined {
  const plain = command.args.filter(({ text }) => !text.startsWith('-'));
  const verb = command.name === 'rpm' ? 'install' : (plain[0]?.text ?? '');
  if (!/^(?:install|add|localinstall|in|upgrade|reinstall)$/.test(verb)) return undefined;
  const targets = command.name === 'rpm' ? plain : plain.slice(1);
  if (
    command.name === 'rpm' &&
    !command.args.some(({ text }) => /^-[A-Za-z]*[iUF]|^--(?:install|upgrade)$/.test(text))
  )
    return undefined;
  if (has(command.args, UNSIGNED))
    return targets.every(({ text }) => isLocalPath(text)) ? undefined : unpinned('unsigned');
  if (targets.some(({ text }) => /^(?:https?|ftp):\/\//.test(text))) return unpinned('package-by-address');
  return undefined;
}
