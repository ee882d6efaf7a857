import type { ScriptCommand, ScriptWord } from './script.ts';
import { MAX_PLACES, pipedInto, type ScriptState } from './script-state.ts';
import { variableTaint } from './script-words.ts';
import { through } from './taint.ts';

// Variables that a script has parsed as code.

const SHELLS = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'pwsh', 'powershell', 'su']);
const CODE_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  python: ['-c'],
  python3: ['-c'],
  node: ['-e', '-p', '--eval', '--print'],
  perl: ['-e', '-E', '-ne', '-pe'],
  ruby: ['-e'],
  php: ['-r'],
  deno: ['eval'],
  ssh: [],
};
const WRAPPERS = new Set([
  'sudo',
  'env',
  'exec',
  'command',
  'nohup',
  'time',
  'timeout',
  'xargs',
  'docker',
  'podman',
  'nix-shell',
  'nix',
  'runuser',
]);

/** Code that a command takes as text. */
function codeWords(command: ScriptCommand): readonly ScriptWord[] {
  const { name, args } = command;
  const lower = name.toLowerCase();
  if (lower === 'eval' || lower === 'iex' || lower === 'invoke-expression') return args;
  if (SHELLS.has(lower))
    return afterOption(args, (value) => /^-[a-z]*c$/i.test(value) || value === '-Command');
  const options = CODE_OPTIONS[lower];
  if (options !== undefined) return afterOption(args, (value) => options.includes(value));
  if (WRAPPERS.has(lower)) {
    const inner = args.findIndex(({ value }) => SHELLS.has(value.slice(value.lastIndexOf('/') + 1)));
    if (inner >= 0) return afterOption(args.slice(inner + 1), (value) => /^-[a-z]*c$/.test(value));
  }
  return [];
}

function afterOption(
  args: readonly ScriptWord[],
  isOption: (value: string) => boolean,
): readonly ScriptWord[] {
  const at = args.findIndex(({ value }) => isOption(value));
  return at < 0 ? [] : args.slice(at + 1, at + 2);
}

/** Variables whose text is parsed again. */
export function noteEvaluation(
  state: ScriptState,
  command: ScriptCommand,
  commands: readonly ScriptCommand[],
  index: number,
): void {
  const code = [...codeWords(command)];
  if (SHELLS.has(command.name) && command.args.every(({ value }) => value.startsWith('-'))) {
    // `echo "$X" | sh` and `bash <<< "$X"`.
    code.push(
      ...command.input,
      ...pipedInto(command, commands, index).flatMap((earlier) => [...earlier.args, ...earlier.input]),
    );
  }
  for (const word of code) {
    // In single quotes the inner shell reads the variable, which parses nothing.
    for (const variable of word.variables) {
      const taints = variableTaint(state, variable).filter(({ text }) => text);
      if (taints.length > 0 && state.sinks.length < MAX_PLACES)
        state.sinks.push({ offset: command.offset, kind: 'eval', variable, taints: through(taints, 'env') });
    }
  }
}
