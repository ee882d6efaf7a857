/** pip, pipx, uv, poetry, pipenv and conda. */

import { upTo } from '../../trim.ts';
import type { Truth } from '../types.ts';
import { type Arg, type ProgramCall, splitOptions } from './command.ts';
import {
  byLockfile,
  isCommitPin,
  isExactVersion,
  isLocalPath,
  type ManagerFinding,
  pinned,
  unpinned,
  worst,
} from './verdict.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const PIP_VALUED = words(
  '-r --requirement -c --constraint -e --editable -t --target -i --index-url --extra-index-url -f --find-links ' +
    '--platform --python-version --implementation --abi --root --prefix --src -C --config-settings --global-option ' +
    '--only-binary --no-binary --progress-bar --report --upgrade-strategy --log --proxy --retries --timeout ' +
    '--trusted-host --cert --client-cert --cache-dir --python -p --index --default-index --group --build-constraint ' +
    '--use-feature --use-deprecated --root-user-action --exists-action --index-strategy --keyring-provider --refresh-package ' +
    '--with --with-requirements --with-editable --from --directory --project --extra --link-mode --resolution',
);
const PIP_NAME = /^pip[\d.]*$/;
const PYTHON_NAME = /^(?:python|pypy)[\d.]*$|^py$/;

/** Verdict of a Python package manager command; undefined when it installs nothing. */
export function pythonFinding(command: ProgramCall): ManagerFinding | undefined {
  const module = moduleCall(command);
  if (module !== undefined) return pythonFinding(module);
  const pip = pipArgs(command);
  if (pip !== undefined) return finding('pipCommand', pipTruth(pip));
  switch (command.name) {
    case 'pipx':
      return finding('pipxCommand', pipx(command.args));
    case 'uvx':
      return finding('uvCommand', tool(command.args));
    case 'uv':
      return finding('uvCommand', uv(command.args));
    case 'poetry':
      return finding('poetryCommand', poetry(command.args));
    case 'pipenv':
      return finding('pipCommand', pipenv(command.args));
    case 'conda':
    case 'mamba':
    case 'micromamba':
      return finding('condaCommand', conda(command.args));
    case 'easy_install':
      return finding('pipCommand', unpinned('no-hash'));
    default:
      return undefined;
  }
}

const MODULES = words('pipx uv poetry pipenv');

/** `python -m pipx ...` as a call of `pipx`. */
function moduleCall(command: ProgramCall): ProgramCall | undefined {
  const { name, args } = command;
  if (!PYTHON_NAME.test(name)) return undefined;
  const at = args.findIndex(({ text }) => text === '-m');
  const program = args[at + 1];
  if (at < 0 || program === undefined || !MODULES.has(program.text)) return undefined;
  return { ...command, name: program.text, program, args: args.slice(at + 2) };
}

function finding(type: ManagerFinding['type'], truth: Truth | undefined): ManagerFinding | undefined {
  return truth === undefined ? undefined : { type, truth };
}

/** Arguments behind `install` of any spelling of pip. */
function pipArgs(command: ProgramCall): readonly Arg[] | undefined {
  let args = command.args;
  const isVariable = command.program.text.includes('$');
  if (
    PYTHON_NAME.test(command.name) ||
    (isVariable && /\$\{?(?:PYTHON|PY)\w*\}?$/i.test(command.program.text))
  ) {
    const at = args.findIndex(({ text }) => text === '-m' || text === '-mpip');
    if (at < 0) return undefined;
    const joined = args[at]?.text === '-mpip';
    if (!joined && args[at + 1]?.text !== 'pip') return undefined;
    args = args.slice(at + (joined ? 1 : 2));
  } else if (!PIP_NAME.test(command.name) && !(isVariable && /\$\{?PIP3?\}?$/i.test(command.program.text)))
    return undefined;
  const at = args.findIndex(
    ({ text }, index) => !text.startsWith('-') && !PIP_VALUED.has(args[index - 1]?.text ?? ''),
  );
  return args[at]?.text.toLowerCase() === 'install' ? args.slice(at + 1) : undefined;
}

/** Verdict of the arguments behind `pip install`. */
function pipTruth(args: readonly Arg[]): Truth | undefined {
  const { words: plain, options } = splitOptions(args, PIP_VALUED);
  const has = (name: string): boolean => options.has(name);
  if (has('--help') || has('-h') || has('--dry-run')) return undefined;
  if (has('--require-hashes')) return pinned('hashes', 'hash');
  if (has('--no-index')) return pinned('local', 'local');
  const noDeps = has('--no-deps');
  const values = (short: string, long: string): readonly string[] => [
    ...(options.get(short) ?? []),
    ...(options.get(long) ?? []),
  ];
  const files = values('-r', '--requirement');
  const truths: Truth[] = [...plain.map(({ text }) => text), ...values('-e', '--editable')].map((text) =>
    requirement(text, noDeps),
  );
  if (files.length > 0) {
    truths.push(unpinned('no-hashes', 'version', { kind: 'hashes', files }));
    if (truths.every(({ pinnedBy, verdict }) => pinnedBy !== undefined || verdict !== 'unpinned'))
      return truths.at(-1);
  }
  // Groups of pyproject.toml are ranges, whatever else is named beside them.
  if (has('--group')) truths.push(unpinned('no-hashes'));
  return truths.length === 0 ? unpinned('no-hash') : worst(truths);
}

/** Verdict of one requirement: name, file, folder or address. */
function requirement(text: string, noDeps: boolean): Truth {
  if (/^(?:[\w.\-[\], ]+@ *)?(?:git|hg|svn|bzr)\+/.test(text) || text.startsWith('git://')) {
    if (!isCommitPin(text)) return unpinned('no-commit');
    return noDeps ? pinned('full-commit', 'hash') : unpinned('dependencies-float', 'hash');
  }
  if (/^https?:\/\//.test(text)) {
    return /[#&]sha(?:256|384|512)=[0-9a-f]{64}/i.test(text.slice(upTo(text, '#').length))
      ? pinned('hash', 'hash')
      : unpinned('no-hash');
  }
  if (isLocalPath(text) || (text.includes('/') && !text.includes('$'))) return pinned('local', 'local');
  if (/^[$`]/.test(text) && /\.whl$/.test(text)) return pinned('local', 'local');
  const version = exactVersion(upTo(text, ';').trimEnd());
  if (version !== '' && !version.includes('*') && !text.includes(',')) return unpinned('no-hash', 'version');
  return unpinned('no-version');
}

/** What follows the last `==` or `===`, when it is one word. */
function exactVersion(text: string): string {
  const equals = text.lastIndexOf('==');
  const version = equals < 0 ? '' : text.slice(equals + 2).trimStart();
  return /[,\s]/.test(version) ? '' : version;
}

function pipx(args: readonly Arg[]): Truth | undefined {
  const { words: plain, options } = splitOptions(args, PIP_VALUED);
  const verb = plain[0]?.text;
  if (verb !== 'install' && verb !== 'run' && verb !== 'inject' && verb !== 'upgrade') return undefined;
  const spec = options.get('--spec')?.[0];
  const target = spec ?? plain[verb === 'inject' ? 2 : 1]?.text;
  return target === undefined ? undefined : requirement(target, false);
}

/** `uvx tool` and `uv tool run tool`. */
function tool(args: readonly Arg[]): Truth | undefined {
  const { words: plain, options } = splitOptions(args, PIP_VALUED);
  const target = options.get('--from')?.[0] ?? plain[0]?.text;
  if (target === undefined) return undefined;
  const version = /^[\w.-]+(?:\[[^\]]*\])?@(.+)$/.exec(target)?.[1];
  if (version !== undefined)
    return isExactVersion(version) ? unpinned('dependencies-float', 'version') : unpinned('no-version');
  return requirement(target, false);
}

function uv(args: readonly Arg[]): Truth | undefined {
  const { words: plain, options } = splitOptions(args, PIP_VALUED);
  const [verb, second] = plain.map(({ text }) => text);
  const isLocked = options.has('--frozen') || options.has('--locked');
  const behind = (name: string): readonly Arg[] =>
    args.slice(args.findIndex(({ text }) => text === name) + 1);
  switch (verb) {
    case 'pip':
      if (second === 'sync') return pipSync(plain.slice(2), options.has('--require-hashes'));
      return second === 'install' ? pipTruth(behind('install')) : undefined;
    case 'sync':
      return isLocked ? pinned('lockfile', 'lockfile') : byLockfile('uv.lock');
    case 'run': {
      const extra = [...(options.get('--with') ?? [])];
      if (extra.length > 0) return worst(extra.map((text) => requirement(text, false)));
      return undefined;
    }
    case 'add':
      return worst(plain.slice(1).map(({ text }) => requirement(text, false)));
    case 'tool':
      if (second === 'run') return tool(behind('run'));
      return second === 'install' ? tool(behind('install')) : undefined;
    default:
      return undefined;
  }
}

function pipSync(files: readonly Arg[], hasHashes: boolean): Truth {
  if (hasHashes) return pinned('hashes', 'hash');
  return unpinned('no-hashes', 'version', { kind: 'hashes', files: files.map(({ text }) => text) });
}

function poetry(args: readonly Arg[]): Truth | undefined {
  const { words: plain } = splitOptions(
    args,
    words('-C --directory -P --project -E --extras --with --without --only -G --group'),
  );
  const [verb, second] = plain.map(({ text }) => text);
  if (verb === 'install' || verb === 'sync') return byLockfile('poetry.lock');
  if (verb === 'add')
    return worst(plain.slice(1).map(({ text }) => requirement(text.replace('@', '=='), false)));
  if (verb === 'update') return unpinned('update');
  return verb === 'self' && (second === 'add' || second === 'update') ? unpinned('no-hash') : undefined;
}

function pipenv(args: readonly Arg[]): Truth | undefined {
  const { words: plain, options } = splitOptions(args, PIP_VALUED);
  const verb = plain[0]?.text;
  if (verb === 'sync') return pinned('lockfile', 'lockfile');
  if (verb === 'update' || verb === 'upgrade') return unpinned('update');
  if (verb !== 'install') return undefined;
  if (options.has('--deploy') || options.has('--ignore-pipfile')) return pinned('lockfile', 'lockfile');
  if (plain.length === 1)
    return options.has('--skip-lock') ? unpinned('no-lockfile') : byLockfile('Pipfile.lock');
  return worst(plain.slice(1).map(({ text }) => requirement(text, false)));
}

function conda(args: readonly Arg[]): Truth | undefined {
  const { words: plain, options } = splitOptions(args, words('-n --name -p --prefix -c --channel -f --file'));
  const [verb, second] = plain.map(({ text }) => text);
  const file = options.get('--file')?.[0] ?? options.get('-f')?.[0];
  if (verb === 'env')
    return second === 'create' || second === 'update' ? condaFile(file ?? 'environment.yml') : undefined;
  if (verb !== 'install' && verb !== 'create' && verb !== 'update' && verb !== 'upgrade') return undefined;
  if (file !== undefined) return condaFile(file);
  if (verb === 'create' && plain.length === 1) return undefined;
  if (verb === 'update' || verb === 'upgrade') return unpinned('update');
  const isExact = plain.slice(1).every(({ text }) => /=[^=<>]/.test(text));
  return isExact ? unpinned('dependencies-float', 'version') : unpinned('no-version');
}

function condaFile(file: string): Truth {
  return /lock/.test(file) ? pinned('lockfile', 'lockfile') : unpinned('no-lockfile');
}
