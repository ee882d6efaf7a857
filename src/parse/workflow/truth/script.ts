import {
  type Assignment,
  type Command,
  forEachChild,
  type ParsedScript,
  parse,
  type SyntaxNode,
  type Word,
} from 'unbash';

// A shell script as a flat list of commands, with the variables each part reads.

/** A word of a command. */
export interface ScriptWord {
  /** As written. */
  readonly text: string;
  /** Its value without quotes; expansions stay as written. */
  readonly value: string;
  /** Variables expanded in the word; not those of commands inside it. */
  readonly variables: readonly string[];
  /** Commands inside `$( )` of the word. */
  readonly commands: readonly ScriptCommand[];
  /** All of it stands in single quotes. */
  readonly isRaw: boolean;
}

export interface ScriptCommand {
  /** Offset in the script. */
  readonly offset: number;
  /** Last part of the path of the program; empty for bare assignments. */
  readonly name: string;
  /** The program as written. */
  readonly path: string;
  readonly args: readonly ScriptWord[];
  readonly assignments: readonly { readonly name: string; readonly value: ScriptWord }[];
  /** Files written to. */
  readonly targets: readonly ScriptWord[];
  /** Files read from by `<`. */
  readonly sources: readonly ScriptWord[];
  /** Text fed in by `<<` or `<<<`. */
  readonly input: readonly ScriptWord[];
  /** Number of the pipeline, and place in it. */
  readonly pipeline: number;
  readonly stage: number;
  /** Targets of the enclosing groups. */
  readonly groupTargets: readonly ScriptWord[];
  /** What the enclosing groups are fed with, by `<<<`, `<<` or a pipe. */
  readonly groupInput: readonly ScriptWord[];
}

const MAX_SCRIPT = 200_000;
const MAX_NESTING = 40;

interface Walk {
  readonly commands: ScriptCommand[];
  readonly source: string;
  pipelines: number;
  depth: number;
  targets: readonly ScriptWord[];
  input: readonly ScriptWord[];
}

/** Scripts read last; several questions are asked of each. */
const memo = new Map<string, readonly ScriptCommand[]>();
const MAX_MEMO = 400;
const MAX_MEMO_SCRIPT = 20_000;

/** All commands of a script in order, those inside functions, conditions and substitutions too. */
export function readCommands(script: string): readonly ScriptCommand[] {
  if (script.length > MAX_SCRIPT) return [];
  const known = memo.get(script);
  if (known !== undefined) return known;
  const commands = commandsOf(parse(script), script, 0);
  if (script.length <= MAX_MEMO_SCRIPT) {
    if (memo.size >= MAX_MEMO) memo.clear();
    memo.set(script, commands);
  }
  return commands;
}

function commandsOf(script: ParsedScript, source: string, depth: number): readonly ScriptCommand[] {
  const walk: Walk = {
    commands: [],
    source: script.source ?? source,
    pipelines: 0,
    depth,
    targets: [],
    input: [],
  };
  if (depth < MAX_NESTING) visit(walk, script);
  return walk.commands;
}

function visit(walk: Walk, node: SyntaxNode): void {
  switch (node.type) {
    case 'Command':
      addCommand(walk, node, walk.pipelines++, 0);
      return;
    case 'Pipeline': {
      visitPipeline(walk, node.commands);
      return;
    }
    case 'For':
      addLoop(walk, node.name.value, node.wordlist ?? [], node.pos);
      visit(walk, node.body);
      return;
    case 'Redirected': {
      const { targets, input } = walk;
      walk.targets = [...targets, ...targetsOf(walk, node.redirects)];
      walk.input = [...input, ...inputOf(walk, node.redirects)];
      visit(walk, node.command);
      walk.targets = targets;
      walk.input = input;
      return;
    }
    case 'Word':
    case 'Assignment':
      for (const command of readWord(walk, node.type === 'Word' ? node : undefined)?.commands ?? []) {
        walk.commands.push(command);
      }
      return;
    default:
      forEachChild(node, (child) => visit(walk, child));
  }
}

/** What one stage of a pipeline writes, the next one reads: also when that is a loop. */
function visitPipeline(walk: Walk, stages: readonly SyntaxNode[]): void {
  const pipeline = walk.pipelines++;
  const { input } = walk;
  for (const [stage, node] of stages.entries()) {
    if (node.type === 'Command') addCommand(walk, node, pipeline, stage);
    else visit(walk, node);
    const last = walk.commands.at(-1);
    if (last !== undefined) walk.input = [...input, ...last.args, ...last.input];
  }
  walk.input = input;
}

/** `for name in words` sets a variable. */
function addLoop(walk: Walk, name: string, wordlist: readonly Word[], offset: number): void {
  const words = wordlist.map((word) => readWord(walk, word)!);
  const commands = words.flatMap((word) => word.commands);
  const text = words.map((word) => word.text).join(' ');
  const value: ScriptWord = {
    text,
    value: text,
    isRaw: false,
    variables: words.flatMap((word) => word.variables),
    commands,
  };
  walk.commands.push(...commands, {
    ...BARE,
    offset,
    pipeline: walk.pipelines++,
    assignments: [{ name, value }],
  });
}

const BARE = {
  name: '',
  path: '',
  args: [],
  targets: [],
  sources: [],
  input: [],
  stage: 0,
  groupTargets: [],
  groupInput: [],
};

function targetsOf(walk: Walk, redirects: Command['redirects'], sign = '>'): readonly ScriptWord[] {
  const found: ScriptWord[] = [];
  for (const redirect of redirects) {
    if (redirect.type === 'Redirect' && redirect.target !== undefined && redirect.operator.includes(sign)) {
      found.push(readWord(walk, redirect.target)!);
    }
  }
  return found;
}

function inputOf(walk: Walk, redirects: Command['redirects']): readonly ScriptWord[] {
  const found: ScriptWord[] = [];
  for (const redirect of redirects) {
    if (redirect.type === 'HereString') {
      const word = readWord(walk, redirect.target);
      if (word !== undefined) found.push(word);
    } else if (redirect.type === 'HereDoc') {
      const { body, delimiter } = redirect;
      const isRaw = delimiter?.quoted ?? false;
      const inner = isRaw ? NOTHING : collect(walk, body.parts ?? []);
      found.push({ text: body.text, value: body.text, isRaw, ...inner });
    }
  }
  return found;
}

const NOTHING = { variables: [] as readonly string[], commands: [] as readonly ScriptCommand[] };

function addCommand(walk: Walk, node: Command, pipeline: number, stage: number): void {
  const assignments: { name: string; value: ScriptWord }[] = [];
  const args: ScriptWord[] = [];
  for (const prefix of node.prefix)
    if (prefix.type === 'Assignment') assignments.push(readAssignment(walk, prefix));
  for (const arg of node.args) {
    if (arg.type === 'Word') args.push(readWord(walk, arg)!);
    else assignments.push(readAssignment(walk, arg));
  }
  const name = node.name === undefined ? '' : unquote(node.name.value);
  const targets = targetsOf(walk, node.redirects);
  const input = inputOf(walk, node.redirects);
  const inner = [...args, ...assignments.map(({ value }) => value), ...input].flatMap(
    (word) => word.commands,
  );
  walk.commands.push(...inner, {
    offset: node.pos,
    name: name.slice(name.lastIndexOf('/') + 1),
    path: name,
    args,
    assignments,
    targets,
    sources: targetsOf(walk, node.redirects, '<'),
    input,
    pipeline: walk.depth * 10_000 + pipeline,
    stage,
    groupTargets: walk.targets,
    groupInput: walk.input,
  });
}

function readAssignment(walk: Walk, node: Assignment): { name: string; value: ScriptWord } {
  const { value } = node;
  if (value.type === 'Word') return { name: node.name, value: readWord(walk, value)! };
  const words = value.elements.map((element) => readWord(walk, element)!);
  return {
    name: node.name,
    value: {
      text: node.text,
      value: node.text,
      isRaw: false,
      variables: words.flatMap((word) => word.variables),
      commands: words.flatMap((word) => word.commands),
    },
  };
}

function unquote(value: string): string {
  return value.replace(/^(['"])(.*)\1$/s, '$2');
}

function readWord(walk: Walk, node: Word | undefined): ScriptWord | undefined {
  if (node === undefined) return undefined;
  const { text } = node;
  const isRaw =
    text.length > 1 && text.startsWith("'") && text.endsWith("'") && !text.slice(1, -1).includes("'");
  const value = unquote(node.value);
  if (isRaw || !/[$`<>]/.test(text)) return { text, value, isRaw, ...NOTHING };
  return { text, value, isRaw, ...collect(walk, node.parts ?? []) };
}

/** Variables and commands inside the parts of a word. */
function collect(walk: Walk, parts: readonly SyntaxNode[]): Omit<ScriptWord, 'text' | 'value' | 'isRaw'> {
  const variables = new Set<string>();
  const commands: ScriptCommand[] = [];
  const inspect = (node: SyntaxNode, depth: number): void => {
    if (depth > MAX_NESTING) return;
    if (node.type === 'SimpleExpansion') variables.add(node.text.replace(/^\$\{?|\}$/g, ''));
    else if (node.type === 'ParameterExpansion' && node.prefix !== '#') variables.add(node.parameter);
    if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution') {
      if (node.script !== undefined) {
        commands.push(...commandsOf(node.script, walk.source, walk.depth + 1));
      }
      return;
    }
    forEachChild(node, (child) => inspect(child, depth + 1));
  };
  for (const part of parts) inspect(part, 0);
  return { variables: [...variables], commands };
}
