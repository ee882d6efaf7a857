/** Which commands run what they are given. */

import { withoutEnd } from '../../trim.ts';
import { redirectionsOf } from '../words.ts';
import { type Arg, hasLetterOption, type PlainCommand, type ProgramCall, programName } from './command.ts';

const SHELLS = new Set('sh bash dash ash ksh mksh zsh fish csh tcsh busybox rbash posh'.split(' '));
const LANGUAGES = new Set(
  'python python2 python3 pypy pypy3 perl ruby php node nodejs deno bun lua Rscript pwsh powershell'.split(
    ' ',
  ),
);
/** Options that take a script as text (then standard input and files are data). */
const CODE_OPTIONS: Readonly<Record<string, RegExp>> = {
  python: /^-[A-Za-z]*[cm]/,
  perl: /^-[A-Za-z0-9]*[eEnp]/,
  ruby: /^-[A-Za-z0-9]*[en]/,
  php: /^-[rRBEF]/,
  node: /^(?:-[ep]|-pe|--eval|--print)/,
  nodejs: /^(?:-[ep]|-pe|--eval|--print)/,
  deno: /^(?:eval|fmt|lint|task|test)$/,
  bun: /^(?:-e|install|add|run|x)$/,
  pwsh: /^-(?:c|command)$/i,
  powershell: /^-(?:c|command)$/i,
};
const SHELL_VALUED = new Set(['-o', '+o', '-O', '+O', '--rcfile', '--init-file']);

/** True for shells and interpreters of scripts, versions in the name included. */
export function isShell(name: string): boolean {
  return SHELLS.has(name);
}

function language(name: string): string | undefined {
  if (/^(?:python|pypy)[\d.]*$/.test(name)) return 'python';
  if (/^(?:perl|ruby|php|lua)[\d.]*$/.test(name)) return withoutEnd(name, '0123456789.');
  return LANGUAGES.has(name) ? name : undefined;
}

/** What an interpreter call takes its code from. */
export type CodeSource =
  | { readonly kind: 'stdin' }
  | { readonly kind: 'text'; readonly arg: Arg | undefined }
  | { readonly kind: 'file'; readonly arg: Arg };

/** Where a shell or interpreter gets its code; undefined for other programs. */
export function codeSource(command: PlainCommand): CodeSource | undefined {
  const { name, args } = command;
  if (name === 'source' || name === '.') return args[0] === undefined ? undefined : fromFile(args[0]);
  if (name === 'su') return suSource(args);
  if (SHELLS.has(name)) return shellSource(name === 'busybox' ? args.slice(1) : args);
  const kind = language(name);
  if (kind === undefined) return undefined;
  const code = CODE_OPTIONS[kind];
  const isPowershell = kind === 'powershell' || kind === 'pwsh';
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (code?.test(arg.text) === true) return { kind: 'text', arg: args[at + 1] };
    if (arg.text === '-') return { kind: 'stdin' };
    if (kind === 'deno' && arg.text === 'run') continue;
    if (isPowershell && !arg.text.startsWith('-') && !/\.ps1$/i.test(arg.text)) return { kind: 'text', arg };
    if (!arg.text.startsWith('-')) return fromFile(arg);
  }
  return { kind: 'stdin' };
}

function fromFile(arg: Arg): CodeSource {
  return arg.text === '-' || arg.text === '/dev/stdin' || arg.text === '/dev/fd/0'
    ? { kind: 'stdin' }
    : { kind: 'file', arg };
}

function shellSource(args: readonly Arg[]): CodeSource {
  let readsInput = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const { text } = arg;
    if (text === '-' || text === '--') {
      const next = args[at + 1];
      return next === undefined || readsInput ? { kind: 'stdin' } : fromFile(next);
    }
    if (SHELL_VALUED.has(text)) at++;
    else if (hasLetterOption(text, 'c')) return { kind: 'text', arg: codeArg(args, at + 1) };
    else if (hasLetterOption(text, 's')) readsInput = true;
    else if (!text.startsWith('-') && !text.startsWith('+'))
      return readsInput ? { kind: 'stdin' } : fromFile(arg);
  }
  return { kind: 'stdin' };
}

/** First word behind `-c` that is no option. */
function codeArg(args: readonly Arg[], from: number): Arg | undefined {
  return args.slice(from).find(({ raw }) => !/^[-+][A-Za-z]+$/.test(raw));
}

function suSource(args: readonly Arg[]): CodeSource {
  const at = args.findIndex(({ text }) => text === '-c' || text === '--command');
  return at < 0 ? { kind: 'stdin' } : { kind: 'text', arg: args[at + 1] };
}

const REMOTE = new Set(['ssh', 'docker', 'podman', 'kubectl', 'nerdctl', 'lxc', 'multipass', 'wsl']);

/** The shell call inside `ssh host bash -s` or `docker run -i image sh`, if any. */
export function remoteShell(command: PlainCommand): PlainCommand | undefined {
  if (!REMOTE.has(command.name)) return undefined;
  const at = command.args.findIndex(({ text }) => SHELLS.has(text.slice(text.lastIndexOf('/') + 1)));
  const program = command.args[at];
  if (program === undefined) return undefined;
  const name = program.text.slice(program.text.lastIndexOf('/') + 1);
  return { ...command, name, program, args: command.args.slice(at + 1) };
}

/** `ssh host 'command line'` as a call of the shell there. */
export function remoteText(command: PlainCommand): PlainCommand | undefined {
  const last = command.args.at(-1);
  if (command.name !== 'ssh' || command.args.length < 2 || !/^["']/.test(last?.raw ?? '')) return undefined;
  const option: Arg = { ...command.program, text: '-c', raw: '-c' };
  return { ...command, name: 'sh', args: [option, last!] };
}

const CONTAINER_VALUED = new Set(
  (
    '-v --volume -e --env -w --workdir -u --user --name --network --net --platform --entrypoint --env-file -p ' +
    '--publish -h --hostname --mount -l --label --cpus -m --memory --add-host --cap-add --cap-drop --device --dns ' +
    '--gpus --ipc --pid --restart --security-opt --shm-size --tmpfs --ulimit --userns --volumes-from -a --attach ' +
    '--cidfile --log-driver --pull --stop-signal --link -c --container -n --namespace'
  ).split(' '),
);

/** The program that `docker run image program` and `docker exec container program` start. */
export function containerCall({ name, args, env }: PlainCommand): ProgramCall | undefined {
  if (name !== 'docker' && name !== 'podman' && name !== 'nerdctl') return undefined;
  const verb = args[0]?.text;
  if (verb !== 'run' && verb !== 'exec') return undefined;
  let at = 1;
  while (at < args.length && args[at]!.text.startsWith('-'))
    at += CONTAINER_VALUED.has(args[at]!.text) ? 2 : 1;
  const program = args[at + 1];
  if (program === undefined) return undefined;
  return { name: programName(program.text), program, args: args.slice(at + 2), env };
}

/** Standard input comes from a file or a substitution of the command itself. */
export function hasOwnInput(command: PlainCommand): boolean {
  return redirectionsOf(command.event.node).some(
    (item) => item.type === 'HereDoc' || item.type === 'HereString' || item.operator === '<',
  );
}
