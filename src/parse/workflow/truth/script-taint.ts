import { scriptLanguage } from '../shells.ts';
import { foreignFileEvents } from './artifacts.ts';
import { readCommands, type ScriptCommand } from './script.ts';
import { noteCheckout } from './script-checkouts.ts';
import { noteEvaluation } from './script-code.ts';
import { readOtherLanguage } from './script-languages.ts';
import { pipedInto, type ScriptFacts, type ScriptState, uniqueTaints } from './script-state.ts';
import { wordTaints } from './script-words.ts';
import { noteWrites, OUTPUT_HELPER } from './script-writes.ts';
import type { Frame } from './taint.ts';

// Text of outsiders inside a shell script: what it puts into outputs, into the environment file, and what it has
// parsed as code again.

const NO_FACTS: ScriptFacts = { checkouts: [], outputs: new Map(), variables: new Map(), sinks: [] };

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

const WRITING = /GITHUB_(?:OUTPUT|ENV|PATH)|::set-/;
const PARSING =
  /\beval\b|\biex\b|Invoke-Expression|\[scriptblock\]|\s-\w*[ceEpr]\s|--(?:eval|print|command)\b|-Command|cmd(?:\.exe)?\s+\/[ck]|\|\s*(?:sudo\s+)?(?:ba|da|z|k)?sh\b|<<|\bssh\b|\bg?awk\b|\bxargs\b|<\(|%\w+%|\bos\.(?:system|popen)|\bsubprocess\.|\bexec\s?\(|>\s{0,4}["']?[\w./$-]{1,200}\.(?:ba|z)?(?:sh|py|m?js|pl|rb|ps1)\b|GITHUB_(?:ENV|PATH)|::set-env/i;
const BRINGING = /\bgit\s|(?:gh|hub) pr checkout|gh repo clone|\/(?:archive|tarball|zipball|tar\.gz|zip)\//;

/** Cheap tests before a script is read. */
function isInteresting(script: string): boolean {
  return WRITING.test(script) || OUTPUT_HELPER.test(script) || PARSING.test(script) || BRINGING.test(script);
}

/** True when a script may parse a variable again or write it raw. */
export function mayHaveSinks(script: string): boolean {
  return PARSING.test(script);
}

/** True when a script may bring in another tree. */
export function mayCheckOut(script: string): boolean {
  return BRINGING.test(script);
}

function readFacts(frame: Frame, step: number, script: string): ScriptFacts {
  const state: ScriptState = {
    frame,
    step,
    script,
    local: new Map(),
    outputs: new Map(),
    variables: new Map(),
    sinks: [],
    checkouts: [],
    files: new Map(),
    checked: checkedVariables(script),
    foreignFiles: foreignFileEvents(frame, step),
    open: undefined,
  };
  const language = scriptLanguage(frame.steps[step]!, frame.job, frame.workflow?.defaults);
  if (language !== 'shell') readOtherLanguage(state, language);
  // A plain command is written alike for PowerShell and the command prompt.
  const commands = language === 'python' ? [] : readCommands(script);
  const isShell = language === 'shell' || language === 'other';
  for (const [index, command] of commands.entries()) {
    if (isShell) {
      noteAssignments(state, command, commands, index);
      noteWrites(state, command);
      noteEvaluation(state, command, commands, index);
    }
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
  if (!script.includes(' =~ ')) return found;
  for (const match of script.matchAll(
    /\[\[ {1,4}(?:! {1,4})?"?\$\{?(\w+)\}?"? {1,4}=~ {1,4}(\^[^\s]{1,200}\$) /g,
  )) {
    if (!/\.[*+]|\[\^/.test(match[2]!)) found.add(match[1]!);
  }
  return found;
}

function noteAssignments(
  state: ScriptState,
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
