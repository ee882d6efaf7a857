import { lineCounter } from '../lines.ts';
import type { Dockerfile, DockerfileError, Instruction } from './types.ts';

/** One script of a RUN instruction. */
export interface RunScript {
  readonly text: string;
  /** The reference's base lines (file-checks 8.4, quirks kept). */
  readonly startLine: number;
  readonly endLine: number;
  /** Line in the file of a position in the script. */
  readonly fileLine: (pos: number) => number;
  /** False: only the Assay view looks at it (lower-case RUN, ONBUILD). */
  readonly inReference: boolean;
  /** Shell that runs it, by the SHELL instruction or the first line of a here-document. */
  readonly shell: 'posix' | 'powershell' | 'cmd' | 'other';
  readonly instruction: Instruction;
  /** What is really run, where the exec form hands a script to a shell; the reference takes the words as one script. */
  readonly actual?: string;
}

/** Scripts of one Dockerfile; `error`: the reference ends its whole check here. */
export interface RunScripts {
  readonly scripts: readonly RunScript[];
  readonly error?: DockerfileError;
}

/** Lists the scripts of all RUN instructions in file order. Reference: file-checks 8.4. */
export function runScripts(file: Dockerfile): RunScripts {
  const scripts: RunScript[] = [];
  let error = file.error;
  let shell: RunScript['shell'] = 'posix';
  for (const instruction of file.instructions) {
    if (instruction.keyword === 'from') shell = isWindowsImage(instruction.args[0] ?? '') ? 'cmd' : 'posix';
    else if (instruction.keyword === 'shell') shell = shellKind(instruction.args);
    else if (instruction.keyword === 'run') {
      const inReference = instruction.name === 'RUN' && error === undefined;
      if (inReference && instruction.heredocs.length === 0 && instruction.args.length === 0) {
        error = { message: 'RUN without a command', line: instruction.startLine };
      }
      addScripts(instruction, inReference && error === undefined, shell, scripts);
    } else if (instruction.inner?.keyword === 'run') addScripts(instruction.inner, false, shell, scripts);
  }
  return error === undefined ? { scripts } : { scripts, error };
}

function addScripts(
  instruction: Instruction,
  inReference: boolean,
  shell: RunScript['shell'],
  scripts: RunScript[],
): void {
  if (instruction.heredocs.length > 0) {
    addHeredocs(instruction, inReference, shell, scripts);
    return;
  }
  if (instruction.args.length === 0) return;
  const base = {
    startLine: instruction.startLine - 1,
    endLine: instruction.endLine - 1,
    inReference,
    instruction,
  };
  const text = instruction.args.join(' ');
  const fileLine = instruction.isJson
    ? () => instruction.startLine
    : (pos: number) => pieceLine(instruction, instruction.argsOffset + pos);
  const actual = instruction.isJson ? execScript(instruction.args) : undefined;
  scripts.push({
    ...base,
    text,
    fileLine,
    shell: instruction.isJson ? 'posix' : shell,
    ...(actual === undefined ? {} : { actual }),
  });
}

/** The script of `["bash", "-o", "pipefail", "-c", "script"]`; undefined for any other program. */
function execScript(args: readonly string[]): string | undefined {
  if (!/^(?:\S*\/)?(?:ba|da|z|k|a)?sh$/.test(args[0] ?? '')) return undefined;
  const at = args.findIndex((word, index) => index > 0 && /^-[a-z]{0,8}c$/.test(word));
  return at < 0 ? undefined : args[at + 1];
}

/** Line of a position in the joined text. */
function pieceLine(instruction: Instruction, offset: number): number {
  const { pieces } = instruction;
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1]?.line ?? instruction.startLine;
}

function addHeredocs(
  instruction: Instruction,
  inReference: boolean,
  shell: RunScript['shell'],
  scripts: RunScript[],
): void {
  let offset = 1;
  for (const heredoc of instruction.heredocs) {
    const { content } = heredoc;
    const newlines = countNewlines(content);
    const line = lineCounter(content);
    scripts.push({
      text: content,
      startLine: instruction.startLine + offset - 1,
      endLine: instruction.startLine + offset + newlines - 2,
      fileLine: (pos) => heredoc.startLine - 1 + line(pos),
      inReference,
      shell: heredocShell(content, instruction, shell),
      instruction,
    });
    offset = 2 * offset + newlines;
  }
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** A body is run by its `#!` line, by the command it is given to, or by the shell. */
function heredocShell(
  content: string,
  instruction: Instruction,
  shell: RunScript['shell'],
): RunScript['shell'] {
  if (content.startsWith('#!')) {
    return /^#!\s*\S*?(?:\/|\benv\s+)?(?:sh|bash|dash|ash|ksh|mksh|zsh)\b/.test(content.slice(0, 200))
      ? 'posix'
      : 'other';
  }
  const command = (instruction.args[0] ?? '').replace(/^(?:\s*\d*<<-?\s*\S+)+\s*/, '').trim();
  if (command === '') return shell;
  return /^(?:\S*\/)?(?:sh|bash|dash|ash|ksh|zsh)\b/.test(command) ? 'posix' : 'other';
}

/** Kind of a SHELL instruction's value. */
function shellKind(args: readonly string[]): RunScript['shell'] {
  const name = (args[0] ?? '').replaceAll('\\', '/').split('/').pop()?.toLowerCase() ?? '';
  if (/^(powershell|pwsh)(\.exe)?$/.test(name)) return 'powershell';
  if (/^cmd(\.exe)?$/.test(name)) return 'cmd';
  return /^(sh|bash|ash|dash|ksh|mksh|zsh|busybox)$/.test(name) ? 'posix' : 'other';
}

function isWindowsImage(image: string): boolean {
  return /windows|nanoserver|servercore/i.test(image);
}
