import type { ScriptCommand, ScriptWord } from './script.ts';
import { MAX_PLACES, type ScriptState, uniqueTaints } from './script-state.ts';
import { commandTaints, variableTaint, wordTaints } from './script-words.ts';
import type { Taint } from './untrusted.ts';

// What a script puts into outputs and into the environment file.

const FILE = /GITHUB_(OUTPUT|ENV|PATH)\b/;
/** Names of scripts and functions that write an output. */
export const OUTPUT_HELPER =
  /(?:set|write|append|add|save|put|github|gha?)[-_](?:\w{1,20}[-_]){0,3}output\b/i;

const PRINTERS = new Set([
  'echo',
  'printf',
  'cat',
  'tee',
  'sed',
  'jq',
  'Write-Output',
  'Out-File',
  'Add-Content',
]);

/** Values written to outputs and to the environment file. */
export function noteWrites(state: ScriptState, command: ScriptCommand): void {
  const file =
    [...command.targets, ...command.groupTargets]
      .map(({ text }) => FILE.exec(text)?.[1])
      .find((name) => name !== undefined) ??
    (command.name === 'tee'
      ? command.args.map(({ text }) => FILE.exec(text)?.[1]).find((name) => name !== undefined)
      : undefined);
  noteHelper(state, command);
  const words = writtenWords(command);
  if (file !== undefined && (PRINTERS.has(command.name) || words.length > 0)) {
    for (const word of words) for (const line of linesOf(word)) noteLine(state, command, line, file);
  }
  if (file !== undefined) noteFile(state, command, file);
  for (const word of command.args) {
    const old = /::set-(output|env) name=([\w-]+)::/.exec(word.value);
    if (old !== null)
      record(state, command, old[1] === 'env' ? 'ENV' : 'OUTPUT', old[2]!, wordTaints(state, word), word);
  }
}

/** A script or function named for the outputs it writes: name, then value. */
function noteHelper(state: ScriptState, command: ScriptCommand): void {
  if (!OUTPUT_HELPER.test(command.name) || command.args.length < 2) return;
  const [name, value] = command.args.slice(-2);
  if (/^[\w-]+$/.test(name!.value))
    record(state, command, 'OUTPUT', name!.value, wordTaints(state, value!), value!);
}

/** Commands whose output goes to the file as it is. */
const WHOLE = /^(?:cat|sed|gh|git|jq|curl|wget)$/;

/** A file of an outsider, or an answer of the forge, that is written as a whole. */
function noteFile(state: ScriptState, command: ScriptCommand, file: string): void {
  const taints = WHOLE.test(command.name) ? commandTaints(state, command) : [];
  if (taints.length === 0) return;
  if (file === 'OUTPUT') state.outputs.set('*', taints);
  else
    state.sinks.push({
      offset: command.offset,
      kind: 'environment-file',
      variable: command.args.at(-1)?.value ?? '',
      taints,
    });
}

/** What a command prints. The arguments of `echo` and `printf` make one text. */
function writtenWords(command: ScriptCommand): readonly ScriptWord[] {
  if (command.name === 'tee') return command.groupInput;
  if (command.name !== 'echo' && command.name !== 'printf') return [...command.args, ...command.input];
  const args = command.args.filter(({ value }) => !/^-[neE]+$/.test(value));
  if (args.length < 2) return args;
  return [
    {
      text: args.map(({ text }) => text).join(' '),
      value: args.map(({ value }) => value).join(' '),
      isRaw: false,
      variables: args.flatMap(({ variables }) => variables),
      commands: args.flatMap(({ commands }) => commands),
    },
  ];
}

/** A text over several lines, one word for each. */
function linesOf(word: ScriptWord): readonly ScriptWord[] {
  const lines = word.value.split('\n');
  if (lines.length < 2) return [word];
  return lines.map((line) => ({
    text: line,
    value: line,
    isRaw: word.isRaw,
    variables: word.variables.filter((name) =>
      new RegExp(`\\$\\{?${name.replace(/\W/g, '\\$&')}\\b`).test(line),
    ),
    commands: line.includes('$(') || line.includes('`') ? word.commands : [],
  }));
}

function noteLine(state: ScriptState, command: ScriptCommand, word: ScriptWord, file: string): void {
  const opening = /^([\w.-]+)<<(-?.*)$/.exec(word.value);
  if (opening !== null) {
    const random =
      /\$|RANDOM|uuid|openssl|\/dev\/urandom/.test(opening[2]!) &&
      !/^\$\{?(?:EOF|DELIM\w*)\}?$/i.test(opening[2]!);
    state.open = { name: opening[1]!, file, random: random || isRandomDelimiter(state, opening[2]!) };
    return;
  }
  const single = /^([\w.-]+)=/.exec(word.value);
  const taints = wordTaints(state, word);
  if (single !== null) record(state, command, file, single[1]!, taints, word);
  else if (state.open?.file === file) {
    if (!(state.open.random && file === 'ENV')) record(state, command, file, state.open.name, taints, word);
    else if (taints.length > 0) state.variables.set(state.open.name, taints);
  } else if (file === 'PATH' && taints.length > 0) record(state, command, file, 'PATH', taints, word);
}

/** A delimiter variable made of random text. */
function isRandomDelimiter(state: ScriptState, delimiter: string): boolean {
  const name = /^\$\{?(\w+)\}?$/.exec(delimiter)?.[1];
  if (name === undefined) return false;
  const at = state.script.indexOf(`${name}=`);
  return (
    at >= 0 &&
    /RANDOM|uuid|openssl|urandom|date|sha\d*sum/.test(state.script.slice(at, at + 160).split('\n')[0]!)
  );
}

function record(
  state: ScriptState,
  command: ScriptCommand,
  file: string,
  name: string,
  taints: readonly Taint[],
  word: ScriptWord,
): void {
  if (taints.length === 0) return;
  if (file === 'OUTPUT') {
    state.outputs.set(name, uniqueTaints([state.outputs.get(name) ?? [], taints]));
    return;
  }
  state.variables.set(name, uniqueTaints([state.variables.get(name) ?? [], taints]));
  // An expression spliced into the line is told as such already.
  const variable = word.variables.find((candidate) =>
    variableTaint(state, candidate).some(({ text }) => text),
  );
  const byCommand = word.commands.some((inner) => commandTaints(state, inner).some(({ text }) => text));
  if ((variable === undefined && !byCommand) || state.sinks.length >= MAX_PLACES) return;
  const own =
    word.variables.length > 0
      ? uniqueTaints(word.variables.map((inner) => variableTaint(state, inner)))
      : taints;
  state.sinks.push({
    offset: command.offset,
    kind: 'environment-file',
    variable: variable ?? name,
    taints: own.length > 0 ? own : taints,
  });
}
