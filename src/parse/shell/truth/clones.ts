/** `git clone` of other repositories, and the commits they are then set to. */
import { baseName } from '../script-files.ts';
import { type Arg, type PlainCommand, splitOptions } from './command.ts';
import { isLocalPath } from './verdict.ts';

/** A tree that a command brings here. */
export interface Clone {
  readonly folder: string;
  /** It is fetched at a full commit. */
  readonly isFixed: boolean;
}

const GLOBAL_VALUED = new Set(['-c', '-C', '--git-dir', '--work-tree']);
const CLONE_VALUED = new Set(
  '-b --branch --depth -o --origin -c --config --reference -j --jobs --filter --separate-git-dir --shallow-since --shallow-exclude -u --upload-pack --template --revision --bundle-uri'.split(
    ' ',
  ),
);
/** The repository that is scanned, or one that cannot be told. */
const OWN = /GITHUB_REDACTED_VAR|\$\{?(?:GITHUB_|CI_|BUILD_REPOSITORY|GIT_URL)|\.wiki(?:\.git)?$/;

/** Arguments of `git` behind its own options, and the folder it works in. */
function gitCall(args: readonly Arg[]): { readonly folder: string; readonly rest: readonly Arg[] } {
  let at = 0;
  let folder = '';
  while (at < args.length && args[at]!.text.startsWith('-')) {
    const { text } = args[at]!;
    if (text === '-C') folder = args[at + 1]?.text ?? '';
    at += GLOBAL_VALUED.has(text) ? 2 : 1;
  }
  return { folder, rest: args.slice(at) };
}

/** The tree that `git clone`, or `gh repo clone`, brings; undefined for other commands and for local ones. */
export function readClone({ name, args }: PlainCommand): Clone | undefined {
  if (name === 'gh') {
    if (args[0]?.text !== 'repo' || args[1]?.text !== 'clone') return undefined;
    return cloneOf(args.slice(2));
  }
  if (name !== 'git') return undefined;
  const { folder, rest } = gitCall(args);
  if (rest[0]?.text !== 'clone') return undefined;
  const found = cloneOf(rest.slice(1));
  return found === undefined || folder === '' ? found : { ...found, folder: `${folder}/${found.folder}` };
}

function cloneOf(args: readonly Arg[]): Clone | undefined {
  const { words, options } = splitOptions(args, CLONE_VALUED);
  const address = words[0]?.text ?? '';
  if (address === '' || OWN.test(address) || isLocalPath(address)) return undefined;
  const own = baseName(address.replace(/\/+$/, '')).replace(/\.git$/, '');
  const folder = words[1]?.text ?? own;
  if (folder === '' || folder === '/') return undefined;
  return { folder, isFixed: isCommit(options.get('--revision')?.[0] ?? '') };
}

/** The folder that a command sets to a full commit (empty: where it stands); undefined for other commands. */
export function commitFolder({ name, args }: PlainCommand): string | undefined {
  if (name !== 'git') return undefined;
  const { folder, rest } = gitCall(args);
  const [verb, ...words] = rest.map(({ text }) => text);
  if (verb !== 'checkout' && verb !== 'switch' && verb !== 'reset' && verb !== 'fetch') return undefined;
  return words.some(isCommit) ? folder : undefined;
}

/** A full hash, or a variable that is named for one. */
function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/i.test(text) || /^\$\{?\w*(?:COMMIT|SHA|HASH|REV|REVISION)\w*\}?$/i.test(text);
}
