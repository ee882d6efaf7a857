import { findPlaceholders } from '../expressions.ts';
import { readCommands, type ScriptCommand, type ScriptWord } from './script.ts';
import { expressionTaints, type Frame, NO_TAINTS, through, variableTaints } from './taint.ts';
import type { Taint } from './untrusted.ts';
import { FOREIGN_EVENTS, OUTSIDER_EVENTS } from './untrusted-data.ts';

// Text of outsiders inside a shell script: what it puts into outputs, into the environment file, and what it has
// parsed as code again.

/** A place where a variable is parsed again or written raw. */
export interface ScriptSink {
  readonly offset: number;
  readonly kind: 'eval' | 'environment-file';
  readonly variable: string;
  readonly taints: readonly Taint[];
}

/** A command that brings in the tree of a pull request or a fork. */
export interface ScriptCheckout {
  readonly offset: number;
  readonly snippet: string;
  readonly taints: readonly Taint[];
}

export interface ScriptFacts {
  readonly checkouts: readonly ScriptCheckout[];
  readonly outputs: ReadonlyMap<string, readonly Taint[]>;
  /** Variables written to the environment file. */
  readonly variables: ReadonlyMap<string, readonly Taint[]>;
  readonly sinks: readonly ScriptSink[];
}

const NO_FACTS: ScriptFacts = { checkouts: [], outputs: new Map(), variables: new Map(), sinks: [] };

interface State {
  readonly frame: Frame;
  readonly step: number;
  readonly script: string;
  readonly local: Map<string, readonly Taint[]>;
  readonly outputs: Map<string, readonly Taint[]>;
  readonly variables: Map<string, readonly Taint[]>;
  readonly sinks: ScriptSink[];
  readonly checkouts: ScriptCheckout[];
  /** Variables that a strict pattern was demanded of. */
  readonly checked: ReadonlySet<string>;
  /** Name of the multi-line value being written. */
  open: { readonly name: string; readonly file: string; readonly random: boolean } | undefined;
}

const cache = new WeakMap<object, Map<string, ScriptFacts>>();

/** What a step's script does with text of outsiders. */
export function scriptFacts(frame: Frame, step: number): ScriptFacts {
  const run = frame.steps[step]?.run;
  if (run === undefined || !isInteresting(run.value) || --frame.budget.left < 0) return NO_FACTS;
  const key = `${frame.path}:${frame.job?.id ?? ''}:${step}:${run.line}`;
  const known = cache.get(frame.budget) ?? new Map<string, ScriptFacts>();
  cache.set(frame.budget, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  known.set(key, NO_FACTS);
  const facts = readFacts(frame, step, run.value);
  known.set(key, facts);
  return facts;
}

const INTERESTING = [
  'git ',
  'gh pr checkout',
  'gh repo clone',
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'set-output',
  'set-env',
  'eval',
  ' -c',
  ' -e',
  'iex',
  'bash',
  'sh\n',
  'Invoke-Expression',
  'source',
];

function isInteresting(script: string): boolean {
  return INTERESTING.some((word) => script.includes(word)) || /\|\s*(?:ba)?sh\b/.test(script);
}

function readFacts(frame: Frame, step: number, script: string): ScriptFacts {
  const state: State = {
    frame,
    step,
    script,
    local: new Map(),
    outputs: new Map(),
    variables: new Map(),
    sinks: [],
    checkouts: [],
    checked: checkedVariables(script),
    open: undefined,
  };
  const commands = readCommands(script);
  for (const [index, command] of commands.entries()) {
    noteAssignments(state, command, commands, index);
    noteWrites(state, command);
    noteEvaluation(state, command, commands, index);
    noteCheckout(state, command, commands, index);
  }
  return {
    checkouts: state.checkouts,
    outputs: state.outputs,
    variables: state.variables,
    sinks: state.sinks,
  };
}

/** Variables that must match an anchored pattern without free parts: `[[ "$X" =~ ^[0-9]+$ ]]`. */
function checkedVariables(script: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const match of script.matchAll(
    /\[\[[ \t]+!?[ \t]*"?\$\{?(\w+)\}?"?[ \t]+=~[ \t]+(\^[^\s]{1,200}\$)[ \t]/g,
  )) {
    if (!/\.[*+]|\[\^/.test(match[2]!)) found.add(match[1]!);
  }
  return found;
}

/** Commands whose output is a number, a digest, or of a narrow set of characters. */
function isCleaning({ name, args }: ScriptCommand): boolean {
  const values = args.map(({ value }) => value);
  if (name === 'tr') return values.some((value) => /^-[cCds]*[cC]/.test(value));
  if (name === 'sed') return values.some((value) => value.includes('[^'));
  if (name === 'grep')
    return (
      values.some((value) => /^-\w*o/.test(value) || value === '--only-matching') &&
      !values.some((value) => /\.[*+]/.test(value))
    );
  return /^(?:sha\d*sum|md5sum|b2sum|cksum|wc|base64|xxd|od|date|slugify|expr|openssl)$/.test(name);
}

function uniqueTaints(lists: readonly (readonly Taint[])[]): readonly Taint[] {
  const result: Taint[] = [];
  for (const taint of lists.flat())
    if (!result.some(({ source }) => source === taint.source)) result.push(taint);
  return result;
}

function variableTaint(state: State, name: string): readonly Taint[] {
  if (state.checked.has(name)) return NO_TAINTS;
  return state.local.get(name) ?? variableTaints(state.frame, state.step, name);
}

/** Text of outsiders in a word: spliced expressions, variables, and what commands inside it bring. */
function wordTaints(state: State, word: ScriptWord): readonly Taint[] {
  if (word.commands.some(isCleaning) || /\$\{\w+\/\/\[\^/.test(word.text)) return NO_TAINTS;
  const spliced = findPlaceholders(word.text).map(({ expression }) =>
    expression === undefined ? NO_TAINTS : expressionTaints(state.frame, state.step, expression),
  );
  const variables = word.variables.map((name) => variableTaint(state, name));
  const inner = uniqueTaints(
    word.commands.flatMap((command) => [commandTaints(command), passedOn(state, command)]),
  );
  return uniqueTaints([...spliced, ...variables, pickFields(word.commands, inner)]);
}

/** What `jq` leaves of a JSON text: only the asked fields. */
function pickFields(commands: readonly ScriptCommand[], taints: readonly Taint[]): readonly Taint[] {
  const jq = taints.length === 0 ? undefined : commands.find(({ name }) => name === 'jq');
  if (jq === undefined) return taints;
  const filter = jq.args.map(({ value }) => value).join(' ');
  if (!/\.\w|\[/.test(filter)) return taints;
  return taints.flatMap((taint) => {
    const text = taint.text && TEXT_FIELD.test(filter);
    const commit = taint.commit && COMMIT_FIELD.test(filter);
    return text || commit ? [{ ...taint, text, commit }] : [];
  });
}

/** Commands that print what they are given, more or less changed. */
const PRESERVING = new Set(
  'echo printf cat sed awk gawk cut head tail tr sort uniq grep xargs basename dirname jq yq perl tee paste rev fold fmt'.split(
    ' ',
  ),
);

/** Text of outsiders that a command prints because it was given it. */
function passedOn(state: State, { name, args, input }: ScriptCommand): readonly Taint[] {
  if (!PRESERVING.has(name)) return NO_TAINTS;
  return [...args, ...input].flatMap((word) =>
    word.variables.flatMap((variable) => variableTaint(state, variable)),
  );
}

const TEXT_FIELD = /title|body|headRefName|head[._]ref|head_branch|message|displayTitle/;
const COMMIT_FIELD =
  /headRef(?:Oid|Name)|head[._](?:sha|ref)|head_branch|headRepository|merge_commit_sha|mergeCommit/;

/** Commands that print what outsiders decide: from the forge, the event file, the history. */
function commandTaints({ name, args, groupInput }: ScriptCommand): readonly Taint[] {
  const values = args.map(({ value }) => value);
  const all = values.join(' ');
  if (name === 'gh' && /^(?:pr|issue) (?:view|list)|^api /.test(all)) {
    return made(
      `gh ${values.slice(0, 2).join(' ')}`,
      FOREIGN_EVENTS,
      TEXT_FIELD.test(all),
      COMMIT_FIELD.test(all),
    );
  }
  if (
    name === 'jq' &&
    /GITHUB_EVENT_PATH|event\.json/.test(all + groupInput.map((word) => word.text).join(' '))
  ) {
    return made('event file', OUTSIDER_EVENTS, TEXT_FIELD.test(all), COMMIT_FIELD.test(all));
  }
  if (name !== 'git') return NO_TAINTS;
  if (/^(?:diff|diff-tree|show|ls-files)\b.*--name-(?:only|status)/.test(all)) {
    return made(`git ${values[0]}`, new Set(['pull_request']), true, false);
  }
  const prints =
    /%(?:s|b|B|f|N|an|aN|ae|aE|cn|cN|ce|cE|d|D)(?![a-zA-Z])|--oneline|--pretty=(?:oneline|short|medium|full)/;
  const isLog = /^(?:log|show)\b/.test(all) && prints.test(all);
  return made(`git ${values[0]}`, new Set(['push', 'pull_request', 'merge_group']), isLog, false);
}

function made(source: string, events: ReadonlySet<string>, text: boolean, commit: boolean): readonly Taint[] {
  return text || commit ? [{ text, commit, source, events, via: ['command'] }] : NO_TAINTS;
}

function noteAssignments(
  state: State,
  command: ScriptCommand,
  commands: readonly ScriptCommand[],
  index: number,
): void {
  for (const { name, value } of command.assignments) state.local.set(name, wordTaints(state, value));
  if (command.name !== 'read' && command.name !== 'mapfile' && command.name !== 'readarray') return;
  const source = uniqueTaints([
    ...[...command.input, ...command.groupInput].map((word) => wordTaints(state, word)),
    ...pipedInto(command, commands, index).flatMap((earlier) =>
      earlier.args.map((word) => wordTaints(state, word)),
    ),
  ]);
  for (const { value } of command.args) if (/^[A-Za-z_]\w*$/.test(value)) state.local.set(value, source);
}

/** Earlier stages of the same pipeline. */
function pipedInto(
  command: ScriptCommand,
  commands: readonly ScriptCommand[],
  index: number,
): readonly ScriptCommand[] {
  if (command.stage === 0) return [];
  return commands
    .slice(0, index)
    .filter(({ pipeline, stage }) => pipeline === command.pipeline && stage < command.stage);
}

const FILE = /GITHUB_(OUTPUT|ENV|PATH)\b/;
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
function noteWrites(state: State, command: ScriptCommand): void {
  const file =
    [...command.targets, ...command.groupTargets]
      .map(({ text }) => FILE.exec(text)?.[1])
      .find((name) => name !== undefined) ??
    (command.name === 'tee'
      ? command.args.map(({ text }) => FILE.exec(text)?.[1]).find((name) => name !== undefined)
      : undefined);
  const words = writtenWords(command);
  if (file !== undefined && (PRINTERS.has(command.name) || words.length > 0)) {
    for (const word of words) for (const line of linesOf(word)) noteLine(state, command, line, file);
  }
  for (const word of command.args) {
    const old = /::set-(output|env) name=([\w-]+)::/.exec(word.value);
    if (old !== null)
      record(state, command, old[1] === 'env' ? 'ENV' : 'OUTPUT', old[2]!, wordTaints(state, word), word);
  }
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

function noteLine(state: State, command: ScriptCommand, word: ScriptWord, file: string): void {
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
function isRandomDelimiter(state: State, delimiter: string): boolean {
  const name = /^\$\{?(\w+)\}?$/.exec(delimiter)?.[1];
  if (name === undefined) return false;
  const at = state.script.indexOf(`${name}=`);
  return (
    at >= 0 &&
    /RANDOM|uuid|openssl|urandom|date|sha\d*sum/.test(state.script.slice(at, at + 160).split('\n')[0]!)
  );
}

function record(
  state: State,
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
  const byCommand = word.commands.some((inner) => commandTaints(inner).some(({ text }) => text));
  if (variable === undefined && !byCommand) return;
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
function noteEvaluation(
  state: State,
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
      const taints = variableTaint(state, variable);
      if (taints.length > 0)
        state.sinks.push({ offset: command.offset, kind: 'eval', variable, taints: through(taints, 'env') });
    }
  }
}

/** The pull request as a whole: whatever its number is. */
const PULL: Taint = {
  text: false,
  commit: true,
  source: 'pull request',
  events: FOREIGN_EVENTS,
  via: ['command'],
};
const PULL_REF = /(?:^|[+:/])pull\/[^/:]+\/(?:head|merge)/;
const BRINGING = new Set([
  'checkout',
  'switch',
  'reset',
  'merge',
  'pull',
  'rebase',
  'cherry-pick',
  'worktree',
  'read-tree',
]);

/** The subcommand of `git` and what follows it. */
function gitParts({ name, args }: ScriptCommand): readonly ScriptWord[] {
  if (name !== 'git') return [];
  let index = 0;
  while (index < args.length && args[index]!.value.startsWith('-'))
    index += /^-[Cc]$/.test(args[index]!.value) ? 2 : 1;
  return args.slice(index);
}

function noteCheckout(
  state: State,
  command: ScriptCommand,
  commands: readonly ScriptCommand[],
  index: number,
): void {
  const values = command.args.map(({ value }) => value);
  if (command.name === 'gh' && values[0] === 'pr' && values[1] === 'checkout') {
    addCheckout(state, command, [PULL]);
    return;
  }
  const isClone = command.name === 'gh' && values[0] === 'repo' && values[1] === 'clone';
  const [sub, ...rest] = isClone ? command.args.slice(1) : gitParts(command);
  const brings = sub !== undefined && (BRINGING.has(sub.value) || sub.value === 'clone');
  const fetches = sub?.value === 'fetch' || (sub?.value === 'remote' && rest[0]?.value === 'add');
  if (!brings && !(fetches && isBroughtLater(state, commands, index))) return;
  const refs = rest.filter((_, at) => !/^-[bBc]$/.test(rest[at - 1]?.value ?? ''));
  const taints = refs.flatMap((word) =>
    PULL_REF.test(word.value) ? [PULL] : wordTaints(state, word).filter(({ commit }) => commit),
  );
  if (taints.length > 0) addCheckout(state, command, taints);
}

/** After `git fetch`, something must take the tree. */
function isBroughtLater(state: State, commands: readonly ScriptCommand[], index: number): boolean {
  if (commands.slice(index + 1).some((later) => BRINGING.has(gitParts(later)[0]?.value ?? ''))) return true;
  return state.frame.steps
    .slice(state.step + 1)
    .some((step) =>
      /\bgit\s+(?:-C\s+\S+\s+)?(?:checkout|switch|reset|merge|rebase|worktree)\b/.test(step.run?.value ?? ''),
    );
}

function addCheckout(state: State, command: ScriptCommand, taints: readonly Taint[]): void {
  const end = state.script.indexOf('\n', command.offset);
  const snippet = state.script
    .slice(command.offset, end < 0 ? undefined : end)
    .trim()
    .slice(0, 200);
  state.checkouts.push({ offset: command.offset, snippet, taints });
}
