/** Package managers of further languages and plug-ins of tools: what is fetched is named, at most, by a version. */

import type { Truth } from '../types.ts';
import { type Arg, type ProgramCall, splitOptions } from './command.ts';
import {
  byLockfile,
  isExactVersion,
  isLocalPath,
  type ManagerFinding,
  notADownload,
  pinned,
  unpinned,
} from './verdict.ts';

/** Words that must begin the command line, e.g. `global activate` behind `dart pub`. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  'ansible-galaxy': ['install', 'collection install', 'role install'],
  asdf: ['plugin add', 'plugin-add'],
  cabal: ['install', 'v2-install', 'new-install'],
  code: ['--install-extension'],
  cs: ['install'],
  dart: ['pub global activate', 'pub upgrade', 'pub add'],
  eget: [''],
  flutter: ['pub global activate', 'pub upgrade', 'pub add'],
  gh: ['extension install', 'ext install'],
  helm: ['plugin install'],
  luarocks: ['install'],
  mix: [
    'archive.install hex',
    'escript.install hex',
    'archive.install github',
    'escript.install github',
    'deps.update',
  ],
  nimble: ['install'],
  opam: [],
  pear: ['install'],
  pecl: ['install'],
  pixi: ['global install'],
  rebar3: ['upgrade'],
  raco: ['pkg install'],
  scoop: ['install'],
  sdk: ['install'],
  stack: ['install'],
};
/** Verbs that take the newest versions in range, whatever a lock file says. */
const UPDATES: ReadonlySet<string> = new Set(['pub upgrade', 'deps.update', 'upgrade']);
const VALUED: ReadonlySet<string> = new Set(
  '--server --tree --only-server -r --requirements-file -p --collections-path --roles-path --version -v --pin --overwrite-policy -w --with-compiler --constraint --installdir --install-method --flags -f --project-file --index-state --bindir --lib-name'.split(
    ' ',
  ),
);

/** Verdict of such a command; undefined when it installs nothing. */
export function furtherFinding(command: ProgramCall): ManagerFinding | undefined {
  const { name, args } = command;
  if (name === 'cpanm' || name === 'cpan') return finding(perl(args));
  if (name === 'rscript' || name === 'r' || name === 'julia') return finding(inline(args));
  if (name === 'pod') return finding(pods(args));
  const verbs = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verbs === undefined) return undefined;
  const { words } = splitOptions(args, VALUED);
  const said = name === 'code' ? args.map(({ text }) => text) : words.map(({ text }) => text);
  const verb = verbs.find((one) => one === '' || `${said.join(' ')} `.startsWith(`${one} `));
  if (verb === undefined) return undefined;
  if (UPDATES.has(verb)) return finding(unpinned('update'));
  return finding(named(name, said.slice(verb === '' ? 0 : verb.split(' ').length), args));
}

function finding(truth: Truth | undefined): ManagerFinding | undefined {
  return truth === undefined ? undefined : { type: 'otherPackageCommand', truth };
}

function named(name: string, targets: readonly string[], args: readonly Arg[]): Truth | undefined {
  if (targets.length === 0) {
    // The project itself, or a file of requirements.
    const file =
      name === 'ansible-galaxy' && args.some(({ text }) => /^(?:-r|--requirements-file)/.test(text));
    return file ? unpinned('no-hashes', 'version') : undefined;
  }
  if (name === 'cabal') return cabalTruth(targets);
  if (targets.every((text) => isLocalPath(text) || /\.rockspec$|\.vsix$/.test(text)))
    return notADownload('local', 'local');
  if (args.some(({ text }) => text === '--pin')) return unpinned('no-hash', 'version');
  const isExact = targets.some(
    (text) => isExactVersion(text) || isExactVersion(/[@:=-](v?\d[^@:=]*)$/.exec(text)?.[1] ?? ''),
  );
  return isExact ? unpinned('no-hash', 'version') : unpinned('no-version');
}

/** Targets of the project itself are local: `exe:x`, `all`, or a package with a `.cabal` file here. */
function cabalTruth(targets: readonly string[]): Truth {
  const names = targets.filter((text) => !isLocalPath(text) && !/^(?:\w+:|all$)/.test(text));
  return names.length === 0
    ? notADownload('local', 'local')
    : unpinned('no-version', 'none', { kind: 'local-package', files: names });
}

function perl(args: readonly Arg[]): Truth | undefined {
  const targets = args.filter(({ text }) => !text.startsWith('-'));
  if (args.some(({ text }) => text === '--installdeps')) return unpinned('no-hash');
  if (targets.length === 0) return undefined;
  if (targets.every(({ text }) => isLocalPath(text))) return notADownload('local', 'local');
  return unpinned('no-hash');
}

/** `Rscript -e 'install.packages("x")'`, `julia -e 'using Pkg; Pkg.add("x")'`. */
function inline(args: readonly Arg[]): Truth | undefined {
  return packagesOfCode(args.map(({ text }) => text).join(' '));
}

/** What code of R or Julia installs. */
export function packagesOfCode(code: string): Truth | undefined {
  if (code.length > 5000) return undefined;
  if (/\bPkg\.instantiate\b|\brenv::restore\b/.test(code)) return byLockfile('Manifest.toml', 'renv.lock');
  return /\binstall\.packages\(|\binstall_(?:github|version|cran|url|git|dev|bioc)\(|\bpak::pkg_install\(|\bpak::pak\(|\bBiocManager::install\(|\bPkg\.(?:add|update)\(|\binstall_deps\(/.test(
    code,
  )
    ? unpinned('no-hash')
    : undefined;
}

function pods(args: readonly Arg[]): Truth | undefined {
  const [verb] = args.map(({ text }) => text);
  if (verb === 'update') return unpinned('update');
  if (verb !== 'install') return undefined;
  return args.some(({ text }) => text === '--deployment')
    ? pinned('lockfile', 'lockfile')
    : byLockfile('Podfile.lock');
}
