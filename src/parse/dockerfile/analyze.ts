import { analyzeShell, newShellMemory, type ShellMemory } from '../shell/analyze.ts';
import { MAX_INSTALLS } from '../shell/limits.ts';
import { analyzePowershell } from '../shell/powershell.ts';
import { plainText } from '../shell/truth/command.ts';
import { addressTruth, checkPowershell } from '../shell/truth/flow.ts';
import { rememberFile } from '../shell/truth/memory.ts';
import { pinned } from '../shell/truth/verdict.ts';
import type { InstallRecord, ShellAnalysis, ShellParseError } from '../shell/types.ts';
import { type RunScript, runScripts } from './scripts.ts';
import type { Dockerfile, DockerfileError, Instruction } from './types.ts';

/** Installs of all RUN instructions of one Dockerfile. */
export interface DockerfileInstalls {
  readonly records: readonly InstallRecord[];
  /** Scripts that the reference cannot read. */
  readonly errors: readonly ShellParseError[];
  /** Present: the reference ends its whole check here. */
  readonly error?: DockerfileError;
}

/**
 * Finds what the RUN instructions of a Dockerfile install, or download and run.
 * Downloaded files are known across all RUN instructions of the file. The Assay view alone looks at
 * lower-case RUN, at ONBUILD and at PowerShell. Reference: file-checks 8.4.
 */
export function dockerfileInstalls(file: Dockerfile): DockerfileInstalls {
  const { scripts, error } = runScripts(file);
  const records: InstallRecord[] = [];
  const errors: ShellParseError[] = [];
  const memory = newShellMemory();
  let failure = error;
  const others = file.instructions[Symbol.iterator]();
  for (const script of scripts) {
    if (records.length > MAX_INSTALLS) break;
    noteUntil(script.instruction.startLine, others, memory);
    const powershell = powershellText(script);
    const found = analyzeScript(script, powershell !== undefined, memory, failure === undefined);
    for (const record of found.records) records.push(record);
    errors.push(...found.errors);
    if (found.abort !== undefined) failure ??= { message: found.abort, line: script.instruction.startLine };
    if (powershell === undefined) continue;
    checkPowershell(powershell, memory.truth);
    records.push(...powershellRecords(script, powershell));
  }
  noteUntil(Number.POSITIVE_INFINITY, others, memory);
  records.push(...addedRecords(memory));
  return failure === undefined ? { records, errors } : { records, errors, error: failure };
}

/** What ADD puts into the image, and nothing checks or runs afterwards. */
function addedRecords({ truth: { files } }: ShellMemory): InstallRecord[] {
  return files
    .filter(
      ({ isAdded, isReported, path }) =>
        isAdded === true && !isReported && !DATA.test(path.replace(/^.*:\/\//, '')),
    )
    .map(({ path, truth, startLine, endLine }) => ({
      type: 'downloadThenRun',
      text: `ADD ${path}`,
      truth: truth.verdict === 'unpinned' ? { ...truth, why: 'unchecked-install' } : truth,
      startLine,
      endLine,
    }));
}

/** Names of files that nothing runs. */
const DATA =
  /\.(?:txt|json|ya?ml|csv|tsv|xml|html?|md|rst|conf|cfg|ini|pem|crt|cer|key|asc|gpg|pub|png|jpe?g|svg|ico|gif|pdf|sql|ttf|woff2?|css|patch|diff|list|repo|sources|dict|otf|eot|webp|mp[34]|wav|log)$|corpus|corpora|seeds?[_.-]|dataset|test-?data|dictionar/i;

/** Takes in what the instructions before a line set or fetch. */
function noteUntil(line: number, instructions: Iterator<Instruction>, memory: ShellMemory): void {
  for (let step = instructions.next(); step.done !== true; step = instructions.next()) {
    const instruction = step.value;
    if (instruction.keyword === 'add') noteAdd(instruction, memory);
    else if (instruction.keyword === 'env' || instruction.keyword === 'arg')
      noteVariables(instruction, memory);
    if (instruction.startLine >= line) return;
  }
}

function noteVariables(instruction: Instruction, memory: ShellMemory): void {
  for (const word of instruction.args) {
    const equals = word.indexOf('=');
    const value = word.slice(equals + 1).replace(/^(["'])(.*)\1$/, '$2');
    if (equals > 0 && value.length < 2000 && !value.includes('$')) {
      memory.truth.variables.set(word.slice(0, equals), value);
    }
  }
}

/** `ADD address target` puts a downloaded file into the image. */
function noteAdd(instruction: Instruction, memory: ShellMemory): void {
  const target = instruction.args.at(-1) ?? '';
  const isChecked = instruction.flags.some((flag) => /^--checksum=sha\d+:/.test(flag));
  for (const address of instruction.args.slice(0, -1)) {
    if (!/^https?:\/\/|^git@/.test(address)) continue;
    const name =
      address
        .replace(/[?#].*$/, '')
        .split('/')
        .pop() ?? '';
    const path = target.endsWith('/') || target === '.' ? `${target}/${name}` : target;
    const isFixed = isChecked || isFixedTree(plainText(address, memory.truth.variables));
    const truth = isFixed ? pinned('verified-checksum', 'hash') : addressTruth([address]);
    const file = rememberFile(memory.truth, path, truth, instruction.startLine, instruction.endLine);
    file.isAdded = true;
  }
}

/** A git repository at a full commit: by `?commit=`, `?checksum=`, or behind a number sign. */
function isFixedTree(address: string): boolean {
  return /\.git(?:[?&#].{0,300}?)?[?&#](?:(?:commit|checksum|ref)=)?[0-9a-f]{40}(?:$|[&:#])/i.test(address);
}

const NOTHING: ShellAnalysis = { records: [], errors: [] };

const POWERSHELL_CALL =
  /^\s*(?:powershell|pwsh)(?:\.exe)?\s+(?:-(?!c)[a-z]+\s+(?:(?:bypass|unrestricted|remotesigned)\s+)?)*(?:-c(?:ommand)?\s+)?/i;

/** The PowerShell script of a RUN, by its shell or as `powershell ...` under the Windows default shell. */
function powershellText(script: RunScript): string | undefined {
  if (script.shell === 'powershell') return script.text;
  if (script.shell !== 'cmd') return undefined;
  const start = POWERSHELL_CALL.exec(script.text.slice(0, 300))?.[0].length;
  return start === undefined ? undefined : ' '.repeat(start) + script.text.slice(start);
}

/** The words of an exec form are no script of their own: its script is looked at by itself. */
const EXEC_FORM = { verdict: 'not-a-download', why: 'other-shell', pinKind: 'none' } as const;

function analyzeScript(
  script: RunScript,
  isPowershell: boolean,
  memory: ShellMemory,
  isAlive: boolean,
): ShellAnalysis {
  const { startLine, endLine, fileLine } = script;
  const inReference = script.inReference && isAlive;
  const isShell = !isPowershell && (script.shell === 'posix' || script.shell === 'cmd');
  if (!inReference && !isShell) return NOTHING;
  const both = inReference ? 'both' : 'truth';
  const views = isShell ? both : 'reference';
  if (isShell && script.actual !== undefined) {
    const place = { startLine, endLine, fileLine, memory };
    const really = analyzeShell(script.actual, { ...place, views: 'truth' });
    if (!inReference) return really;
    const { records, ...rest } = analyzeShell(script.text, { ...place, views: 'reference' });
    const told = records.map((record) => ({ ...record, truth: EXEC_FORM }));
    return { ...rest, records: [...told, ...really.records] };
  }
  const found = analyzeShell(script.text, { startLine, endLine, fileLine, memory, views });
  if (views !== 'reference') return found;
  const truth = { verdict: 'not-a-download', why: 'other-shell', pinKind: 'none' } as const;
  return { ...found, records: found.records.map((record) => ({ ...record, truth })) };
}

function powershellRecords(script: RunScript, text: string): InstallRecord[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return analyzePowershell(text).map(({ type, truth, text: command, startLine, endLine }) => ({
    type,
    truth,
    text: command,
    startLine: script.fileLine(starts[startLine - 1] ?? 0),
    endLine: script.fileLine((starts[endLine] ?? text.length + 1) - 1),
  }));
}
