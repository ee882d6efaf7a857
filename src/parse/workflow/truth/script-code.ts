import type { ScriptCommand, ScriptWord } from './script.ts';
import { MAX_PLACES, pipedInto, type ScriptState } from './script-state.ts';
import { variableTaint, wordTaints } from './script-words.ts';
import { through } from './taint.ts';
import type { Taint } from './untrusted.ts';

// Variables that a script has parsed as code.

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'fish', 'pwsh', 'powershell', 'su']);
const CODE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  python: ['-c'],
  python3: ['-c'],
  py: ['-c'],
  node: ['-e', '-p', '--eval', '--print', '-pe'],
  perl: ['-e', '-E', '-ne', '-pe', '-lne', '-nle', '-0pe'],
  ruby: ['-e', '-ne'],
  php: ['-r'],
  lua: ['-e'],
  julia: ['-e', '-E'],
  osascript: ['-e'],
  groovy: ['-e'],
  elixir: ['-e'],
  rscript: ['-e'],
  r: ['-e'],
  deno: ['eval'],
  bun: ['-e', '--eval'],
  // A command line that one of its options holds.
  script: ['-c', '--command'],
  flock: ['-c', '--command'],
  gcloud: ['--command'],
  'nix-shell': ['--run', '--command'],
};
/** Options of `ssh` that take a value. */
const SSH_VALUED = /^-[BbcDEeFIiJLlmOopQRSWw]$/;
const WRAPPERS = new Set(
  'sudo doas env exec command nohup time timeout xargs parallel docker podman nerdctl kubectl docker-compose lxc chroot nix runuser gosu setsid nice ionice stdbuf strace watch wsl flatpak machinectl systemd-run unshare nsenter xvfb-run winpty busybox'.split(
    ' ',
  ),
);

/** Code that a command takes as text. */
function codeWords(command: ScriptCommand): readonly ScriptWord[] {
  const { name, args } = command;
  const lower = name.toLowerCase();
  if (lower === 'eval' || lower === 'iex' || lower === 'invoke-expression') return args;
  if (SHELLS.has(lower))
    return afterOption(args, (value) => /^-[a-z]*c$/i.test(value) || value === '-Command');
  if (lower === 'ssh') return remoteWords(args);
  if (lower === 'awk' || lower === 'gawk' || lower === 'mawk') return awkProgram(args);
  const options = CODE_OPTIONS[lower];
  if (options !== undefined) return afterOption(args, (value) => options.includes(value));
  return WRAPPERS.has(lower) ? wrappedCode(args) : [];
}

/** The code of an interpreter that another program starts. */
function wrappedCode(args: readonly ScriptWord[]): readonly ScriptWord[] {
  const at = args.findIndex(({ value }) => {
    const name = value.slice(value.lastIndexOf('/') + 1);
    return SHELLS.has(name) || name === 'ssh' || Object.hasOwn(CODE_OPTIONS, name);
  });
  if (at < 0) return [];
  const name = args[at]!.value;
  return codeWords({ ...NO_COMMAND, name: name.slice(name.lastIndexOf('/') + 1), args: args.slice(at + 1) });
}

const NO_COMMAND: ScriptCommand = {
  offset: 0,
  name: '',
  path: '',
  args: [],
  assignments: [],
  targets: [],
  sources: [],
  input: [],
  pipeline: 0,
  stage: 0,
  groupTargets: [],
  groupInput: [],
};

/** What `ssh` hands to the shell of the other machine. */
function remoteWords(args: readonly ScriptWord[]): readonly ScriptWord[] {
  let at = 0;
  while (at < args.length && args[at]!.value.startsWith('-')) at += SSH_VALUED.test(args[at]!.value) ? 2 : 1;
  return args.slice(at + 1);
}

/** The program of `awk`, which can start others. Values by `-v` are data. */
function awkProgram(args: readonly ScriptWord[]): readonly ScriptWord[] {
  let at = 0;
  while (at < args.length && args[at]!.value.startsWith('-')) at += /^-[vFf]$/.test(args[at]!.value) ? 2 : 1;
  return args.slice(at, at + 1);
}

function afterOption(
  args: readonly ScriptWord[],
  isOption: (value: string) => boolean,
): readonly ScriptWord[] {
  const at = args.findIndex(({ value }) => isOption(value));
  return at < 0 ? [] : args.slice(at + 1, at + 2);
}

/** Interpreters that read code from standard input when they are given no file. */
const READS_INPUT = new Set(['python', 'python3', 'py', 'node', 'perl', 'ruby', 'php', 'lua', 'deno', 'bun']);

/** True for `sh`, `python3 -`, `bash -s` and `ssh host bash`. */
function readsCode({ name, args }: ScriptCommand): boolean {
  const lower = name.toLowerCase();
  if (lower === 'ssh') {
    const remote = remoteWords(args);
    return remote.length === 0 || remote.some(({ value }) => SHELLS.has(value));
  }
  if (WRAPPERS.has(lower)) {
    const at = args.findIndex(({ value }) => SHELLS.has(value.slice(value.lastIndexOf('/') + 1)));
    return (
      at >= 0 && args.slice(at + 1).every(({ value }) => value.startsWith('-') && !/^-\w*c$/.test(value))
    );
  }
  if (!SHELLS.has(lower) && !READS_INPUT.has(lower)) return false;
  const words = args.map(({ value }) => value);
  return words.every((value) => value.startsWith('-') && !/^-\w*[ceEr]$/.test(value)) || words[0] === '-s';
}

/** Variables whose text is parsed again. */
export function noteEvaluation(
  state: ScriptState,
  command: ScriptCommand,
  commands: readonly ScriptCommand[],
  index: number,
): void {
  const code = [...codeWords(command)];
  const earlier = command.stage === 0 ? [] : pipedInto(command, commands, index);
  if (readsCode(command)) {
    // `echo "$X" | sh` and `bash <<< "$X"`.
    code.push(...command.input, ...earlier.flatMap((one) => [...one.args, ...one.input]));
  }
  for (const word of code) {
    // In single quotes the inner shell reads the variable, which parses nothing.
    for (const variable of word.variables) addSink(state, command, variable, variableTaint(state, variable));
  }
  if (command.name === 'xargs' || command.name === 'parallel') noteReplaced(state, command, earlier);
  noteRunFile(state, command);
}

function addSink(
  state: ScriptState,
  { offset }: ScriptCommand,
  variable: string,
  all: readonly Taint[],
): void {
  const taints = all.filter(({ text }) => text);
  if (taints.length > 0 && state.sinks.length < MAX_PLACES)
    state.sinks.push({ offset, kind: 'eval', variable, taints: through(taints, 'env') });
}

/** `xargs -I{} sh -c 'echo {}'`: what is read is put into the code. */
function noteReplaced(state: ScriptState, command: ScriptCommand, earlier: readonly ScriptCommand[]): void {
  const { args, input } = command;
  const mark = args.map(({ value }) => /^-I(.*)$/.exec(value)?.[1]).find((one) => one !== undefined);
  const at = args.findIndex(({ value }) => value === '-I');
  const sign = command.name === 'parallel' ? '{}' : mark || args[at + 1]?.value;
  if (sign === undefined || sign === '' || !wrappedCode(args).some(({ value }) => value.includes(sign)))
    return;
  for (const word of [...input, ...earlier.flatMap((one) => [...one.args, ...one.input])])
    for (const variable of word.variables) addSink(state, command, variable, variableTaint(state, variable));
}

/** Notes files that get text of outsiders, and tells when one is run: `bash file`, `source file`, `source <(...)`. */
function noteRunFile(state: ScriptState, command: ScriptCommand): void {
  const { name, path, args, input, targets, groupTargets } = command;
  for (const target of [...targets, ...groupTargets]) {
    if (target.value.includes('GITHUB_') || state.files.size > 50) continue;
    const taints = [...args, ...input].flatMap((word) => (word.isRaw ? [] : wordTaints(state, word)));
    if (taints.length > 0) state.files.set(plainPath(target.value), taints);
  }
  const runs = name === 'source' || name === '.' || SHELLS.has(name) || READS_INPUT.has(name);
  const file = runs ? args.find(({ value }) => !value.startsWith('-')) : undefined;
  if (file !== undefined && /^<\(/.test(file.text)) addSink(state, command, 'code', wordTaints(state, file));
  if (file?.value === '/dev/stdin' || file?.value === '-')
    for (const word of input) addSink(state, command, 'code', wordTaints(state, word));
  if (state.files.size === 0) return;
  const run = file?.value ?? (path.includes('/') ? path : undefined);
  const taints = run === undefined ? undefined : state.files.get(plainPath(run));
  if (taints !== undefined) addSink(state, command, plainPath(run!), taints);
}

function plainPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, '');
}
