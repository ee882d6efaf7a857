/** Downloads that are run, as the reference finds them. Reference: file-checks 8.6. */
import type { Command, CommandNode, Pipeline } from 'unbash';
import { addressBaseName, cleanPath, folderOf, hasUnpinnedAddress } from './address.ts';
import type { CommandEvent, ShellEvent } from './events.ts';
import { printCommand, printFirstPipe } from './print.ts';
import { MANAGERS, managerHit } from './reference-managers.ts';
import { baseName, isProgram } from './script-files.ts';
import type { ScriptSource } from './source.ts';
import type { ReferenceInstallType } from './types.ts';
import { isDeclaration, keptText, keptWords, quotedContent, redirectionsOf } from './words.ts';

/** In the reference's order of look-up. */
const INTERPRETERS: readonly string[] = [
  'dotnet',
  'nuget',
  'perl',
  'ruby',
  'php',
  'node',
  'nodejs',
  'java',
  'exec',
  'su',
  'sh',
  'bash',
  'mksh',
  'dash',
  'ksh',
  'python',
  'python3',
  'python2.7',
];
const INTERPRETER_SET = new Set(INTERPRETERS);
/** Interpreters whose `-c` text is not shell. */
const OTHER_LANGUAGES = new Set('perl ruby php node nodejs java python python3 python2.7'.split(' '));

/** One report of the reference, still tied to the syntax tree. */
export interface ReferenceHit {
  readonly type: ReferenceInstallType;
  readonly pinned: boolean;
  /** Position whose line is reported. */
  readonly pos: number;
  readonly end: number;
  readonly text: string;
}

/** Downloaded files by the reference's rules. */
export interface TaintedFiles {
  /** As spelled in the scripts. */
  readonly names: Set<string>;
  /** Cleaned lower-case path to the number of spellings. */
  readonly paths: Map<string, number>;
}

function taint(files: TaintedFiles, name: string): void {
  if (files.names.has(name)) return;
  files.names.add(name);
  const path = cleanPath(name).toLowerCase();
  files.paths.set(path, (files.paths.get(path) ?? 0) + 1);
}

/** What the rules need from their surroundings. */
export interface ReferenceSink {
  /** Shared by all scripts of one file or job. */
  readonly tainted: TaintedFiles;
  hit(hit: ReferenceHit, source: ScriptSource): void;
  /** A quoted script given to a shell; called before the other rules look at the command. */
  nested(script: string, contentPos: number, commandPos: number, source: ScriptSource): void;
  abort(reason: string): void;
}

/** Applies all rules to one event, in the reference's order. */
export function applyReferenceRules(event: ShellEvent, sink: ReferenceSink): void {
  if (event.kind === 'pipeline') {
    pipeRule(event.node, event.source, sink);
    return;
  }
  const node = event.node;
  if (isDeclaration(node)) return;
  if (sink.tainted.names.size === 0 && !mayNest(node) && isOfNoConcern(node)) return;
  const words = keptWords(node);
  if (words.length === 0) return;
  const name = programOf(words);
  if (DOWNLOADERS.has(name)) taintRule(node, words, sink);
  nestedRule(event, words, sink);
  if (sink.tainted.names.size > 0) runsTainted(event, words, sink);
  if (INTERPRETER_SET.has(name)) processSubstitutionRule(event, sink);
  const manager = managerHit(name, words);
  if (manager !== undefined) report(event, manager.type, manager.pinned, sink);
}

/** True when no rule looks at the program a command starts; told from its first word alone. */
function isOfNoConcern(node: Command): boolean {
  const first = node.name === undefined ? undefined : keptText(node.name.text);
  if (first === undefined || first.toLowerCase() === 'sudo') return false;
  const name = baseName(first).toLowerCase();
  return !DOWNLOADERS.has(name) && !INTERPRETER_SET.has(name) && !MANAGERS.has(name);
}

/** False when no word can be an option with a `c` in it: then no script is handed over. */
function mayNest({ suffix }: Command): boolean {
  return suffix.some(
    (item) =>
      (item.type === 'Word' || item.type === 'Assignment') &&
      item.text.includes('-') &&
      item.text.includes('c'),
  );
}

/** Position of the command proper: first assignment or first word. */
export function commandPos(node: Command): number {
  for (const item of node.prefix) if (item.type === 'Assignment') return item.pos;
  return node.name?.pos ?? node.pos;
}

function report(event: CommandEvent, type: ReferenceInstallType, pinned: boolean, sink: ReferenceSink): void {
  const { node, source } = event;
  const text = printCommand(node, source);
  sink.hit({ type, pinned, pos: commandPos(node), end: node.end, text }, source);
}

/** Base name of the first word, lower case. */
function programOf(words: readonly string[]): string {
  return baseName(words[0] ?? '').toLowerCase();
}

const DOWNLOADERS = new Set(['curl', 'wget', 'gsutil', 'aws']);

/** `curl`, `wget`, `gsutil` and `aws s3api get-object`. */
function isDownload(words: readonly string[]): boolean {
  const name = programOf(words);
  return DOWNLOADERS.has(name) && (name !== 'aws' || isGetObject(words));
}

function isGetObject(words: readonly string[]): boolean {
  return words[1]?.toLowerCase() === 's3api' && words[2]?.toLowerCase() === 'get-object';
}

function isInterpreter(words: readonly string[]): boolean {
  return words[0] !== undefined && INTERPRETER_SET.has(programOf(words));
}

function pipeRule(node: Pipeline, source: ScriptSource, sink: ReferenceSink): void {
  const [left, right] = node.commands;
  if (node.operators[0] !== '|' || left === undefined || right === undefined) return;
  const from = plainWords(left);
  if (from === undefined || !isDownload(from)) return;
  const to = plainWords(right);
  if (to === undefined || !isInterpreter(to) || !hasUnpinnedAddress(from)) return;
  const text = printFirstPipe(node, source);
  sink.hit({ type: 'downloadThenRun', pinned: false, pos: left.pos, end: right.end, text }, source);
}

function plainWords(node: CommandNode): string[] | undefined {
  return node.type === 'Command' && !isDeclaration(node) ? keptWords(node) : undefined;
}

function taintRule(node: Command, words: readonly string[], sink: ReferenceSink): void {
  if (!isDownload(words) || !hasUnpinnedAddress(words)) return;
  for (const redirect of redirectionsOf(node)) {
    if (redirect.type !== 'Redirect' || redirect.operator !== '>' || redirect.target === undefined) continue;
    const target = redirect.target.text;
    if (/["'`$([]/.test(target)) continue;
    taint(sink.tainted, target);
    return;
  }
  const file = outputFile(words);
  if (file instanceof Error) sink.abort(file.message);
  else if (file !== undefined) taint(sink.tainted, file);
}

function outputFile(words: readonly string[]): string | undefined | Error {
  const name = programOf(words);
  if (name === 'wget') return wgetFile(words);
  if (name === 'gsutil') {
    const at = words.findIndex(
      (word, index) => index > 0 && index < words.length - 1 && word.startsWith('gs://'),
    );
    return at < 0 ? undefined : copyTarget(words[at] ?? '', words[at + 1] ?? '');
  }
  if (name === 'aws') return copyTarget(words.at(-2) ?? '', words.at(-1) ?? '');
  return undefined;
}

function wgetFile(words: readonly string[]): string | undefined | Error {
  for (let at = 1; at < words.length - 1; at++) {
    if (words[at]?.toLowerCase() === '-o') return words[at + 1];
  }
  const address = words.find((word, at) => at > 0 && word.startsWith('http'));
  if (address === undefined) return undefined;
  return addressBaseName(address) ?? new Error(`not a valid address: ${address}`);
}

/** Target of a copy; a folder gets the base name of the source. */
function copyTarget(from: string, to: string): string | Error {
  if (folderOf(to) !== cleanPath(to)) return to;
  const name = addressBaseName(from);
  if (name === undefined) return new Error(`not a valid address: ${from}`);
  return cleanPath(`${folderOf(to)}/${name}`);
}

function nestedRule(event: CommandEvent, words: readonly string[], sink: ReferenceSink): void {
  const nested = contentFor(event, words);
  if (nested !== undefined) sink.nested(nested.content, nested.pos, commandPos(event.node), event.source);
}

/** The quoted script a command gives to a shell, and where its text begins. */
export function nestedContent(
  event: CommandEvent,
): { readonly content: string; readonly pos: number } | undefined {
  return mayNest(event.node) ? contentFor(event, keptWords(event.node)) : undefined;
}

function contentFor(
  event: CommandEvent,
  words: readonly string[],
): { readonly content: string; readonly pos: number } | undefined {
  const interpreter = interpreterWithCode(words);
  if (interpreter === undefined || OTHER_LANGUAGES.has(interpreter)) return undefined;
  for (const word of [event.node.name, ...event.node.suffix]) {
    if (word?.type !== 'Word') continue;
    if (word.text === "''" || word.text === "$''") return undefined;
    const content = quotedContent(word.text);
    if (content === undefined) continue;
    return { content, pos: word.pos + (word.text.charCodeAt(0) === 36 ? 2 : 1) };
  }
  return undefined;
}

/** First interpreter, in look-up order, that has a later word beginning with a dash and containing c. */
function interpreterWithCode(words: readonly string[]): string | undefined {
  if (!words.some((word) => word.charCodeAt(0) === 45 && word.includes('c'))) return undefined;
  let best: number | undefined;
  words.forEach((word, at) => {
    const rank = INTERPRETERS.indexOf(baseName(word).toLowerCase());
    if (rank < 0 || (best !== undefined && rank >= best)) return;
    const name = INTERPRETERS[rank] ?? '';
    const hasCode = words.some(
      (later, index) => index > at && later.startsWith('-') && later.includes('c') && !isProgram(later, name),
    );
    if (hasCode) best = rank;
  });
  return best === undefined ? undefined : INTERPRETERS[best];
}

function runsTainted(event: CommandEvent, words: readonly string[], sink: ReferenceSink): void {
  const args = isInterpreter(words) ? words : words.slice(0, 1);
  const paths = new Set(args.map((word) => cleanPath(word).toLowerCase()));
  let count = 0;
  for (const path of paths) count += sink.tainted.paths.get(path) ?? 0;
  for (; count > 0; count--) report(event, 'downloadThenRun', false, sink);
}

function processSubstitutionRule(event: CommandEvent, sink: ReferenceSink): void {
  const second = event.node.suffix.find((item) => item.type === 'Word' || item.type === 'Assignment');
  if (second?.type !== 'Word' || !second.text.startsWith('<(')) return;
  const part = second.parts?.[0];
  if (part?.type !== 'ProcessSubstitution' || second.parts?.length !== 1) return;
  const first = part.script?.commands[0]?.command;
  if (first?.type !== 'Command' || isDeclaration(first)) return;
  if (isDownload(keptWords(first))) report(event, 'downloadThenRun', false, sink);
}
