import { findPlaceholders } from '../expressions.ts';
import type { ScriptCommand, ScriptWord } from './script.ts';
import { joined, type ScriptState, uniqueTaints } from './script-state.ts';
import { expressionTaints, NO_TAINTS, variableTaints } from './taint.ts';
import type { Taint } from './untrusted.ts';
import { FOREIGN_EVENTS, OUTSIDER_EVENTS } from './untrusted-data.ts';

// What outsiders decide of the words of a script.

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

export function variableTaint(state: ScriptState, name: string): readonly Taint[] {
  if (state.checked.has(name)) return NO_TAINTS;
  if (name === 'BASH_REMATCH') return matchTaints(state);
  return state.local.get(name) ?? variableTaints(state.frame, state.step, name);
}

/** What `[[ "$X" =~ ... ]]` leaves in BASH_REMATCH; nothing where the pattern has no free parts. */
function matchTaints(state: ScriptState): readonly Taint[] {
  const names = new Set<string>();
  if (!state.script.includes('=~ ')) return [];
  for (const [, name, pattern] of state.script.matchAll(MATCHED)) {
    if (name !== 'BASH_REMATCH' && names.size < 20 && isFree(state.script, pattern!)) names.add(name!);
  }
  return uniqueTaints([...names].map((name) => variableTaint(state, name)));
}

const MATCHED = /\[\[ {1,4}(?:! {1,4})?"?\$\{?(\w{1,80})\}?"? {1,4}=~ ([^\n]{1,300}?) \]\]/g;

/** True for a pattern, or a variable that holds one, that lets any text through. */
function isFree(script: string, pattern: string): boolean {
  const variable = /^"?\$\{?(\w{1,80})\}?"?$/.exec(pattern)?.[1];
  const own =
    variable === undefined
      ? pattern
      : new RegExp(`(?:^|[\\s;])${variable}=([^\\n]{0,300})`).exec(script)?.[1];
  return own === undefined || /\.[*+]|\[\^|\\S/.test(own);
}

/** Text of outsiders in a word: spliced expressions, variables, and what commands inside it bring. */
export function wordTaints(state: ScriptState, word: ScriptWord): readonly Taint[] {
  if (word.commands.some(isCleaning) || /\$\{\w+\/\/\[\^/.test(word.text)) return NO_TAINTS;
  const spliced = findPlaceholders(word.text).map(({ expression }) =>
    expression === undefined ? NO_TAINTS : expressionTaints(state.frame, state.step, expression),
  );
  const variables = word.variables.map((name) => variableTaint(state, name));
  const inner = uniqueTaints(
    word.commands.flatMap((command) => [commandTaints(state, command), passedOn(state, command)]),
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
function passedOn(state: ScriptState, { name, args, input }: ScriptCommand): readonly Taint[] {
  if (!PRESERVING.has(name)) return NO_TAINTS;
  return [...args, ...input].flatMap((word) =>
    word.variables.flatMap((variable) => variableTaint(state, variable)),
  );
}

const TEXT_FIELD = /title|body|headRefName|head[._]ref|head_branch|message|displayTitle/;
const COMMIT_FIELD =
  /headRef(?:Oid|Name)|head[._](?:sha|ref)|head_branch|headRepository|merge_commit_sha|mergeCommit/;
const WRITING_CALL = / (?:-X|--method|-f|-F|--field|--raw-field|--input)\b/;
const PICKING = / (?:-q|--jq|-t|--template)\b/;
const READERS = new Set([
  'cat',
  'head',
  'tail',
  'grep',
  'sed',
  'awk',
  'cut',
  'jq',
  'yq',
  'tr',
  'sort',
  'tac',
  'less',
]);

/** Commands that print what outsiders decide: from the forge, the event file, the history, their files. */
export function commandTaints(state: ScriptState, command: ScriptCommand): readonly Taint[] {
  const { name, args } = command;
  const all = joined(args);
  if (name === 'gh') return forgeTaints(all, (name) => isForgeAddress(state, name));
  if (name === 'curl' || name === 'wget') return fetchedTaints(state, command, all);
  if (
    name === 'jq' &&
    /GITHUB_EVENT_PATH|event\.json/.test(`${all} ${joined(command.groupInput)} ${joined(command.sources)}`)
  ) {
    return made('event file', OUTSIDER_EVENTS, TEXT_FIELD.test(all), COMMIT_FIELD.test(all));
  }
  if (name === 'git') return historyTaints(all, args[0]?.value ?? '');
  return fileTaints(state, command);
}

const ADDRESS =
  /\/(?:pulls|issues|commits|comments)\/|event\.(?:issue|pull_request|comment|review|discussion)\b[\w.]*url\b/;

/** True for a variable that holds the address of a pull request, an issue or a comment at the forge's interface. */
function isForgeAddress({ frame, step, script }: ScriptState, variable: string): boolean {
  if (!/^\w{1,80}$/.test(variable)) return false;
  const own = new RegExp(`(?:^|[\\s;])${variable}=([^\\n]{0,300})`).exec(script)?.[1];
  if (own !== undefined) return ADDRESS.test(own);
  const name = variable.toLowerCase();
  for (const env of [frame.steps[step]?.env, frame.job?.env, frame.workflow?.env]) {
    const found = env?.variables.find((one) => one.name === name);
    if (found !== undefined) return ADDRESS.test(found.value);
  }
  return false;
}

/** What is read from the forge by its address. */
function fetchedTaints(state: ScriptState, { args }: ScriptCommand, all: string): readonly Taint[] {
  if (/ (?:-X|--request)[ =](?!GET\b)| (?:-d|--data\S{0,20}|-F|--form)[ =]/.test(` ${all} `))
    return NO_TAINTS;
  const asks = args.some(
    ({ value, variables }) =>
      (value.includes('/repos/') && ADDRESS.test(value)) ||
      (/^\$\{?\w+\}?$/.test(value) && variables.some((name) => isForgeAddress(state, name))),
  );
  return made('answer of the forge', FOREIGN_EVENTS, asks, asks);
}

function forgeTaints(all: string, isAddress: (variable: string) => boolean): readonly Taint[] {
  if (!/^(?:pr|issue) (?:view|list)|^api /.test(all) || WRITING_CALL.test(all)) return NO_TAINTS;
  const variable = /^api (?:-\S+ )*\$\{?(\w{1,80})\}?(?: |$)/.exec(all)?.[1];
  const asks =
    /^api .*(?:pulls|issues|commits)\//.test(all) || (variable !== undefined && isAddress(variable));
  const whole = asks && !PICKING.test(all);
  const source = `gh ${all.split(' ').slice(0, 2).join(' ')}`;
  return made(source, FOREIGN_EVENTS, whole || TEXT_FIELD.test(all), whole || COMMIT_FIELD.test(all));
}

function historyTaints(all: string, sub: string): readonly Taint[] {
  if (/^(?:diff|diff-tree|show|ls-files)\b.*--name-(?:only|status)/.test(all)) {
    return made(`git ${sub}`, new Set(['pull_request']), true, false);
  }
  const prints =
    /%(?:s|b|B|f|N|an|aN|ae|aE|cn|cN|ce|cE|d|D)(?![a-zA-Z])|--oneline|--pretty=(?:oneline|short|medium|full)/;
  const isLog = /^(?:log|show)\b/.test(all) && prints.test(all);
  return made(`git ${sub}`, new Set(['push', 'pull_request', 'merge_group']), isLog, false);
}

/** A command that reads a file, where files of an outsider lie about. */
function fileTaints(
  { foreignFiles }: ScriptState,
  { name, args, sources, stage }: ScriptCommand,
): readonly Taint[] {
  if (foreignFiles.size === 0) return NO_TAINTS;
  const reads =
    READERS.has(name) &&
    stage === 0 &&
    args.some(({ value }) => /^[\w./$"{}-]+$/.test(value) && !value.startsWith('-'));
  const redirected = sources.length > 0 && (name === '' || READERS.has(name) || name === 'read');
  return made('file of an artifact', foreignFiles, reads || redirected, reads || redirected);
}

function made(source: string, events: ReadonlySet<string>, text: boolean, commit: boolean): readonly Taint[] {
  return text || commit ? [{ text, commit, source, events, via: ['command'] }] : NO_TAINTS;
}
