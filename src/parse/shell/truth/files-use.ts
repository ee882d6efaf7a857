/** Commands that unpack, install or run downloaded files. */
import { cleanPath } from '../address.ts';
import { baseName } from '../script-files.ts';
import type { Arg, PlainCommand, Variables } from './command.ts';
import { redirectTarget } from './download.ts';
import { type FetchedFile, isInside, isInstallPlace, isSameFile } from './files.ts';

/** How a command uses a file: `run` and `install` are strong, `prepare` (made executable, moved) is weak. */
export type UseKind = 'run' | 'install' | 'prepare';

/** One use. */
export interface FileUse {
  readonly file: FetchedFile;
  readonly kind: UseKind;
}

const INSTALLERS: Readonly<Record<string, RegExp>> = {
  dpkg: /^(?:-[A-Za-z]*i|--install|-x|--unpack)$/,
  apt: /^install$/,
  'apt-get': /^install$/,
  gdebi: /./,
  rpm: /^(?:-[A-Za-z]*[iUF]|--install|--upgrade)/,
  yum: /install$/,
  dnf: /install$/,
  zypper: /^in/,
  apk: /^add$/,
  installer: /^-pkg$/,
  msiexec: /^[-/](?:i|package)$/i,
  pip: /^install$/,
  pip3: /^install$/,
  npm: /^(?:install|i|add)$/,
  gem: /^install$/,
  java: /^-jar$/,
  snap: /^install$/,
  flatpak: /^install$/,
  hdiutil: /^attach$/,
  code: /^--install-extension$/,
  'update-alternatives': /^--install$/,
};
const MOVERS = new Set(['mv', 'cp', 'install', 'ln', 'rsync']);
const BUILDERS = new Set(
  'make gmake cmake ninja meson cargo go npm yarn pnpm pip pip3 python python3 perl ruby gradle mvn ant scons bazel configure bash sh autoreconf xcodebuild'.split(
    ' ',
  ),
);

/** Latest file of that name. */
export function findFile(files: readonly FetchedFile[], path: string): FetchedFile | undefined {
  if (path === '' || path.startsWith('-')) return undefined;
  return files.findLast((file) => isSameFile(file.path, path));
}

/** Uses of downloaded files by one command that is no interpreter call. */
export function fileUses(command: PlainCommand, files: readonly FetchedFile[]): FileUse[] {
  const { name, args, program } = command;
  if (program.text.includes('/')) {
    const own =
      findFile(files, program.text) ?? files.findLast((file) => isInside(file, cleanPath(program.text)));
    if (own !== undefined) return [{ file: own, kind: 'run' }];
    if (program.text.startsWith('./') || program.text.startsWith('../')) {
      const entered = files.findLast((file) => file.unpacked?.isEntered === true);
      if (entered !== undefined) return [{ file: entered, kind: 'run' }];
    }
  }
  if (name === 'chmod') return chmodUses(args, files);
  if (MOVERS.has(name)) return moveUses(name, args, files);
  const installer = Object.hasOwn(INSTALLERS, name) ? INSTALLERS[name] : undefined;
  if (installer !== undefined && args.some(({ text }) => installer.test(text))) {
    const found = args.map(({ text }) => findFile(files, text)).filter((file) => file !== undefined);
    const kind = name === 'java' ? ('run' as const) : ('install' as const);
    if (found.length > 0) return found.map((file) => ({ file, kind }));
  }
  if (BUILDERS.has(name) && !runsOther(name, args)) {
    const built = files.findLast((file) => file.unpacked?.isEntered === true) ?? folderOf(args, files);
    if (built !== undefined) return [{ file: built, kind: 'run' }];
  }
  return [];
}

const INTERPRETERS = /^(?:python3?|perl|ruby|bash|sh)$/;

/** True for an interpreter whose script is given as text, or lies elsewhere. */
function runsOther(name: string, args: readonly Arg[]): boolean {
  if (!INTERPRETERS.test(name)) return false;
  const script = args.find(({ text }) => !text.startsWith('-'));
  return (
    args.some(({ text }) => /^-\w{0,3}[ce]$/.test(text)) || script === undefined || isElsewhere(script.text)
  );
}

/** A path that does not begin where a script stands. */
export function isElsewhere(path: string): boolean {
  return /^(?:[/~$"']|\.\.)/.test(path);
}

const FOLDER_OPTION =
  /^(?:-C|-S|--directory|--path|--prefix|--manifest-path|--cwd|--dir|-f|--file|--project)$/;

/** `make -C folder`, `cmake -S folder`, `cargo install --path folder`. */
function folderOf(args: readonly Arg[], files: readonly FetchedFile[]): FetchedFile | undefined {
  for (let at = 0; at < args.length - 1; at++) {
    if (!FOLDER_OPTION.test(args[at]!.text)) continue;
    const folder = cleanPath(args[at + 1]!.text);
    const file = files.findLast((one) => one.unpacked !== undefined && isInside(one, folder));
    if (file !== undefined) return file;
  }
  return undefined;
}

function chmodUses(args: readonly Arg[], files: readonly FetchedFile[]): FileUse[] {
  const mode = args.find(({ text }) => !/^-[A-Za-z]/.test(text) || /^-[rwx]+$/.test(text));
  if (mode === undefined || !/\+[rwXst]*x|^[0-7]*[1357][0-7]{0,2}$|=[rw]*x/.test(mode.text)) return [];
  return args.flatMap(({ text }): FileUse[] => {
    const file = findFile(files, text) ?? files.findLast((other) => isInside(other, cleanPath(text)));
    return file === undefined ? [] : [{ file, kind: 'prepare' }];
  });
}

/** Moving into a folder of programs installs; moving elsewhere gives the file another name. */
function moveUses(name: string, args: readonly Arg[], files: readonly FetchedFile[]): FileUse[] {
  const plain = args.filter(({ text }) => !text.startsWith('-') || text === '-');
  const at = args.findIndex(({ text }) => text === '-t' || text === '--target-directory');
  const target = at >= 0 ? (args[at + 1]?.text ?? '') : (plain.at(-1)?.text ?? '');
  const uses: FileUse[] = [];
  for (const { text } of plain) {
    if (text === target) continue;
    const file = findFile(files, text) ?? files.findLast((other) => isInside(other, cleanPath(text)));
    if (file === undefined) continue;
    if (isInstallPlace(target)) uses.push({ file, kind: name === 'install' ? 'install' : 'prepare' });
  }
  return uses;
}

/** New names of a downloaded file after `mv`, `cp`, `gunzip` and redirected filters. */
export function renamed(
  command: PlainCommand,
  files: readonly FetchedFile[],
  variables: Variables,
): { readonly file: FetchedFile; readonly paths: readonly string[] } | undefined {
  const { name, args } = command;
  const plain = args.filter(({ text }) => !text.startsWith('-'));
  const file = plain.map(({ text }) => findFile(files, text)).find((found) => found !== undefined);
  if (file === undefined) return undefined;
  if (MOVERS.has(name)) {
    const target = plain.at(-1)?.text ?? '';
    const inside = `${target}/${baseName(file.path)}`;
    if (plain.length < 2) return undefined;
    const isFolder = target.endsWith('/') || target === '.' || plain.length > 2;
    return { file, paths: isFolder ? [inside] : [inside, target] };
  }
  const redirected = FILTERS.has(name) ? redirectTarget(command, variables) : undefined;
  if (redirected !== undefined) return { file, paths: [redirected] };
  if (!DECOMPRESSORS.has(name)) return undefined;
  return { file, paths: [file.path.replace(/\.(?:gz|xz|bz2|zst|lz4|Z)$/, '')] };
}

/** Programs that pass on what they read, changed or not. */
export const FILTERS: ReadonlySet<string> = new Set(
  'cat gunzip zcat gzip xz xzcat unxz bzip2 bunzip2 bzcat zstd zstdcat lz4 sed tr awk gawk base64 head tail grep envsubst dos2unix tac cut openssl uudecode brotli'.split(
    ' ',
  ),
);
const DECOMPRESSORS = new Set(['gunzip', 'gzip', 'xz', 'unxz', 'bunzip2', 'bzip2', 'zstd', 'unzstd', 'lz4']);

const UNPACKERS = new Set('tar bsdtar gtar unzip 7z 7za 7zz ar cpio unar jar busybox'.split(' '));

/** Archive and target folder of an unpacking command; `archive` undefined: standard input. */
export function readUnpacking(
  command: PlainCommand,
): { readonly archives: readonly string[]; readonly folder: string } | undefined {
  const { name, args } = command;
  if (!UNPACKERS.has(name)) return undefined;
  const texts = args.map(({ text }) => text);
  if (name.endsWith('tar')) return untar(texts);
  if (name === 'unzip' || name === 'unar' || name === 'jar') {
    const at = texts.findIndex((text) => text === '-d' || text === '-o');
    const isTarget = at >= 0 && texts[at] === '-d';
    if (texts.some((text) => /^-[lptZ]/.test(text))) return undefined;
    const archives = texts.filter((text, index) => !text.startsWith('-') && !(isTarget && index === at + 1));
    return { archives: archives.slice(0, 1), folder: isTarget ? (texts[at + 1] ?? '') : '' };
  }
  const target = texts.find((text) => text.startsWith('-o') && text.length > 2)?.slice(2) ?? '';
  if (name.startsWith('7z'))
    return /^[xe]$/.test(texts[0] ?? '') ? { archives: texts.slice(1, 2), folder: target } : undefined;
  return { archives: texts.filter((text) => !text.startsWith('-')), folder: '' };
}

function untar(texts: readonly string[]): { archives: readonly string[]; folder: string } | undefined {
  const bundled = texts[0]?.startsWith('-') === false && !texts[0].includes('/') ? texts[0] : undefined;
  const flags = [bundled ?? '', ...texts.filter((text) => /^-[A-Za-z]+$/.test(text))].join('');
  if (!/x/.test(flags) && !texts.includes('--extract') && !texts.includes('--get')) return undefined;
  const archives: string[] = [];
  let folder = '';
  texts.forEach((text, at) => {
    const next = texts[at + 1] ?? '';
    if (text === '-C' || text === '--directory' || /^-[A-Za-z]*C$/.test(text)) folder = next;
    else if (text.startsWith('--directory=')) folder = text.slice('--directory='.length);
    else if (text.startsWith('-C') && text.length > 2) folder = text.slice(2);
    else if (text === '--file' || /^-[A-Za-z]*f$/.test(text) || (at === 0 && bundled?.endsWith('f') === true))
      archives.push(next);
    else if (text.startsWith('--file=')) archives.push(text.slice('--file='.length));
    else if (at === 0 && bundled?.includes('f') === true && !bundled.endsWith('f')) archives.push(next);
  });
  return { archives: archives.filter((name) => name !== '-'), folder };
}
