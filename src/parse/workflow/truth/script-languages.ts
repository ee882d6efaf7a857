import { powershellStatements } from '../../shell/powershell-words.ts';
import type { ScriptLanguage } from '../shells.ts';
import { MAX_PLACES, type ScriptState, uniqueTaints } from './script-state.ts';
import { variableTaint } from './script-words.ts';
import { NO_TAINTS, through } from './taint.ts';
import type { Taint } from './untrusted.ts';

// Text of outsiders in scripts of PowerShell, the command prompt and Python: what they have parsed again as code and
// what they write to the files of outputs and of the environment.

type Reader = (state: ScriptState) => void;

const READERS: Readonly<Partial<Record<ScriptLanguage, Reader>>> = {
  powershell: readPowershell,
  cmd: readPrompt,
  python: readPython,
};

/** Reads a script that is none of a Unix shell. Languages not known here say nothing. */
export function readOtherLanguage(state: ScriptState, language: ScriptLanguage): void {
  READERS[language]?.(state);
}

function addSink(
  state: ScriptState,
  offset: number,
  kind: 'eval' | 'environment-file',
  names: Iterable<string>,
  taintOf: (name: string) => readonly Taint[],
): void {
  for (const variable of names) {
    const taints = taintOf(variable).filter(({ text }) => text);
    if (taints.length === 0 || state.sinks.length >= MAX_PLACES) continue;
    state.sinks.push({ offset, kind, variable, taints: through(taints, 'env') });
    return;
  }
}

/** Offsets at which the lines of a text begin. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

const POWERSHELL_VARIABLE = /\$\{?(?:env:)?\w{1,80}/gi;
const POWERSHELL_CODE =
  /(?:^|[|;&({=]\s{0,8})(?:iex|invoke-expression)\b|\[scriptblock\]::create\s{0,4}\(|\b(?:pwsh|powershell)(?:\.exe)?\b[^|\n]{0,200}\s-c(?:ommand)?\s|\bcmd(?:\.exe)?\s{1,4}\/[ck]\s|\b(?:ba|z|da)?sh(?:\.exe)?\s(?:-\w{1,8}\s){0,3}-\w{0,6}c\s|\b(?:python3?|py)(?:\.exe)?\s(?:-\w\s){0,3}-c\s|\bnode(?:\.exe)?\s(?:-[ep]|--eval|--print)\s|\bssh\s/i;
const POWERSHELL_CLEAN =
  /-c?replace\s{0,4}\(?['"]\[\^|\[(?:int|long|uint\d*|int\d+|version|guid|bool)\]|get-filehash|\.length\b|\.gethashcode\(/i;

function readPowershell(state: ScriptState): void {
  const starts = lineStarts(state.script);
  const checked = checkedByMatch(state.script);
  const taintOf = (name: string): readonly Taint[] => {
    const plain = name.replace(/[{}]/g, '').toLowerCase();
    if (checked.has(plain)) return NO_TAINTS;
    if (plain.startsWith('$env:')) return variableTaint(state, plain.slice(5));
    return state.local.get(plain) ?? NO_TAINTS;
  };
  for (const { text, startLine } of powershellStatements(state.script)) {
    const offset = starts[startLine - 1] ?? 0;
    // In single quotes a variable is plain text.
    const expanded = text.replace(/'[^'\n]{0,2000}'/g, "''");
    const names = expanded.match(POWERSHELL_VARIABLE)?.slice(0, 60) ?? [];
    const assigned = /^(\$(?:env:)?\w{1,80}) \+?= (.*)$/s.exec(expanded);
    if (assigned !== null && !POWERSHELL_CODE.test(assigned[2]!)) {
      const value = POWERSHELL_CLEAN.test(text) ? NO_TAINTS : uniqueTaints(names.slice(1).map(taintOf));
      state.local.set(assigned[1]!.toLowerCase(), value);
      continue;
    }
    if (POWERSHELL_CODE.test(expanded)) addSink(state, offset, 'eval', names, taintOf);
    noteFileOfPowershell(state, offset, text, names, taintOf);
  }
}

/** Variables that must match an anchored pattern without free parts. */
function checkedByMatch(script: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const match of script.matchAll(
    /(\$(?:env:)?\w{1,80})["']?\s{1,4}-c?(?:not)?match\s{1,4}['"](\^[^'"\n]{1,200}\$)['"]/gi,
  )) {
    if (!/\.[*+]|\[\^/.test(match[2]!)) found.add(match[1]!.toLowerCase());
  }
  return found;
}

/** `"name=$value" >> $env:GITHUB_OUTPUT` and its like. */
function noteFileOfPowershell(
  state: ScriptState,
  offset: number,
  text: string,
  names: readonly string[],
  taintOf: (name: string) => readonly Taint[],
): void {
  const file = /\$\{?env:GITHUB_(OUTPUT|ENV|PATH)\b/i.exec(text)?.[1]?.toUpperCase();
  if (file === undefined || !/>>?|out-file|add-content|set-content|tee-object|appendall/i.test(text)) return;
  const values = names.filter((name) => !/^\$\{?env:github_(?:output|env|path)$/i.test(name));
  const taints = uniqueTaints(values.map(taintOf)).filter((taint) => taint.text || taint.commit);
  if (taints.length === 0) return;
  const name = /(?:^|["'\s])([A-Za-z_][\w.-]{0,80})=/.exec(text)?.[1];
  if (file === 'OUTPUT') {
    if (name !== undefined) state.outputs.set(name, uniqueTaints([state.outputs.get(name) ?? [], taints]));
    return;
  }
  if (name !== undefined && file === 'ENV') state.variables.set(name, taints);
  addSink(state, offset, 'environment-file', values, taintOf);
}

/** The command prompt puts values in before it parses a line: quotes hold nothing back. */
function readPrompt(state: ScriptState): void {
  let offset = 0;
  for (const line of state.script.split('\n')) {
    if (line.includes('%') && !/^\s*@?(?:rem\b|::)/i.test(line)) {
      const names = [...line.matchAll(/%(\w{1,80})(?::[^%\n]{1,80})?%/g)]
        .map(([, name]) => name!)
        .slice(0, 60);
      const file = /%GITHUB_(OUTPUT|ENV)%/i.exec(line)?.[1]?.toUpperCase();
      const name = /([A-Za-z_][\w.-]{0,80})=/.exec(line)?.[1];
      addSink(state, offset, 'eval', names, (one) => variableTaint(state, one));
      const taints = uniqueTaints(names.map((one) => variableTaint(state, one)));
      if (name !== undefined && taints.length > 0) {
        if (file === 'OUTPUT') state.outputs.set(name, taints);
        else if (file === 'ENV') state.variables.set(name, taints);
        else if (/^\s*@?set\s/i.test(line)) state.local.set(name, taints);
      }
    }
    offset += line.length + 1;
  }
}

const PYTHON_CODE =
  /\bos\.(?:system|popen)\s?\(|\b(?:subprocess|sp)\.\w+\(.{0,600}\bshell\s?=\s?True|(?:^|[^\w.])(?:eval|exec)\s?\(|\bsubprocess\.get(?:status)?output\(|\[\s?["'](?:ba|z)?sh["'],\s?["']-\w?c["']/;
const PYTHON_ENVIRONMENT = /\benviron(?:\.get)?\s?[[(]\s?["'](\w{1,80})["']|\bgetenv\(\s?["'](\w{1,80})["']/g;
const PYTHON_CLEAN = /\bint\(|\bshlex\.quote\(|\blen\(|\bhashlib\.|\bre\.sub\(r?["']\[\^|\.isdigit\(/;

function readPython(state: ScriptState): void {
  let offset = 0;
  for (const line of state.script.split('\n')) {
    const local = (name: string): readonly Taint[] => state.local.get(`py ${name}`) ?? NO_TAINTS;
    const text = line.length > 2000 || /^\s*#/.test(line) ? '' : line;
    const fromEnvironment = [...text.matchAll(PYTHON_ENVIRONMENT)].map((match) => (match[1] ?? match[2])!);
    const ofVariables = pythonNames(text, state);
    const assigned = /^\s*(\w{1,80})\s?=\s?(?!=)/.exec(text)?.[1];
    if (assigned !== undefined && !PYTHON_CODE.test(text)) {
      const all = [...fromEnvironment.map((name) => variableTaint(state, name)), ...ofVariables.map(local)];
      state.local.set(`py ${assigned}`, PYTHON_CLEAN.test(text) ? NO_TAINTS : uniqueTaints(all));
    } else if (PYTHON_CODE.test(text) && !PYTHON_CLEAN.test(text)) {
      addSink(state, offset, 'eval', fromEnvironment, (name) => variableTaint(state, name));
      if (state.sinks.at(-1)?.offset !== offset) addSink(state, offset, 'eval', ofVariables, local);
    }
    offset += line.length + 1;
  }
}

function pythonNames(line: string, state: ScriptState): readonly string[] {
  if (state.local.size === 0) return [];
  return (line.match(/[A-Za-z_]\w{0,80}/g) ?? [])
    .filter((name) => state.local.has(`py ${name}`))
    .slice(0, 60);
}
