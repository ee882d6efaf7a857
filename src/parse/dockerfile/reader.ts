import { type HeredocMark, heredocMarks } from './heredoc.ts';
import { type LineParts, parseLine } from './instruction.ts';
import type { Dockerfile, DockerfileError, Heredoc, Instruction, ParserDirective, Piece } from './types.ts';

/** Longest line of the BuildKit front end, in bytes, line end included. */
const MAX_LINE = 64 * 1024;
/** Instructions of one file that are read. */
const MAX_INSTRUCTIONS = 20_000;
/** Lines of one instruction that are read. */
const MAX_LINES = 50_000;
const DIRECTIVES = new Set(['syntax', 'escape', 'check']);

/**
 * Reads a Dockerfile into instructions, by the grammar of the BuildKit front end.
 * In: the text. Out: the instructions; `error` when the grammar fails. Never throws.
 * Reference: file-checks 8.3, 8.4.
 */
export function readDockerfile(text: string): Dockerfile {
  const reader = new Reader(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  reader.run();
  const { instructions, directives, error, cut } = reader;
  return { instructions, directives, ...(error && { error }), ...(cut && { cut }) };
}

/** Position, directives and growing result of one reading. */
class Reader {
  readonly instructions: Instruction[] = [];
  readonly directives: ParserDirective[] = [];
  error: DockerfileError | undefined;
  cut: DockerfileError | undefined;
  private readonly text: string;
  private at = 0;
  private line = 0;
  private escape = '\\';
  private directivesDone = false;

  constructor(text: string) {
    this.text = text;
  }

  private fail(message: string, line: number): void {
    this.error ??= { message, line };
  }

  /** Next line with its line end, or undefined at the end or behind an overlong line. */
  private next(): string | undefined {
    if (this.at >= this.text.length) return undefined;
    const newline = this.text.indexOf('\n', this.at);
    const end = newline < 0 ? this.text.length : newline + 1;
    const line = this.text.slice(this.at, end);
    if (line.length * 3 >= MAX_LINE && isOverlong(line)) {
      this.at = this.text.length;
      this.fail('line too long', this.line + 1);
      return undefined;
    }
    this.at = end;
    this.line++;
    return line;
  }

  run(): void {
    for (let raw = this.next(); raw !== undefined; raw = this.next()) {
      const first = this.cleanLine(raw, true);
      if (this.error !== undefined) return;
      if (first === '') continue;
      const startLine = this.line;
      if (this.instructions.length === MAX_INSTRUCTIONS) {
        this.cut = { message: `more than ${MAX_INSTRUCTIONS} instructions`, line: startLine };
        return;
      }
      const pieces: Piece[] = [{ offset: 0, line: startLine }];
      const joined = this.join(first, pieces);
      if (this.error !== undefined || this.cut !== undefined) return;
      const parts = parseLine(joined, this.escape);
      if (typeof parts === 'string') {
        this.fail(parts, startLine);
        return;
      }
      const heredocs = joined.includes('<<') && takesHeredoc(parts) ? this.heredocs(joined, startLine) : [];
      if (this.error !== undefined) return;
      this.instructions.push(toInstruction(parts, joined, startLine, this.line, pieces, heredocs));
    }
    if (this.instructions.length === 0) this.fail('no instructions', this.line);
  }

  /** Line end, leading blanks and comments taken off; parser directives are noted. */
  private cleanLine(raw: string, isFirst: boolean): string {
    const line = isFirst ? trimLineEnd(raw).trimStart() : trimLineEnd(raw);
    if (!this.directivesDone) this.directive(line);
    return isComment(line) ? '' : line;
  }

  private directive(line: string): void {
    const match = line.length > 4096 ? null : /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S.*)$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || !DIRECTIVES.has(name)) {
      this.directivesDone = true;
      return;
    }
    const value = (match[2] ?? '').trimEnd();
    if (this.directives.some((other) => other.name === name)) {
      this.fail(`the parser directive ${name} stands twice`, this.line);
      return;
    }
    this.directives.push({ name, value, line: this.line });
    if (name !== 'escape') return;
    if (value === '`' || value === '\\') this.escape = value;
    else this.fail('the escape character must be a backslash or a back quote', this.line);
  }

  /** Appends continuation lines; comments and blank lines between them are dropped. */
  private join(first: string, pieces: Piece[]): string {
    let part = this.trimContinuation(first);
    let text = part.text;
    const startLine = this.line;
    while (part.continues) {
      const raw = this.next();
      if (raw === undefined) break;
      if (this.line - startLine === MAX_LINES) {
        this.cut = { message: `an instruction of more than ${MAX_LINES} lines`, line: startLine };
        break;
      }
      const line = this.cleanLine(raw, false);
      if (this.error !== undefined) break;
      if (isComment(raw) || line.trim() === '') continue;
      part = this.trimContinuation(line);
      pieces.push({ offset: text.length, line: this.line });
      text += part.text;
    }
    return text;
  }

  private trimContinuation(line: string): { text: string; continues: boolean } {
    let end = line.length;
    while (end > 0 && (line.charCodeAt(end - 1) === 32 || line.charCodeAt(end - 1) === 9)) end--;
    const continues =
      end > 0 && line[end - 1] === this.escape && (end === 1 || line[end - 2] !== this.escape);
    return continues ? { text: line.slice(0, end - 1), continues } : { text: line, continues };
  }

  private heredocs(line: string, startLine: number): Heredoc[] {
    const heredocs: Heredoc[] = [];
    for (const mark of heredocMarks(line)) {
      const bodyLine = this.line + 1;
      const content = this.body(mark);
      if (content === undefined) {
        this.fail(`here-document ${mark.name} is not closed`, startLine);
        break;
      }
      heredocs.push({ ...mark, content, startLine: bodyLine });
    }
    return heredocs;
  }

  private body(mark: HeredocMark): string | undefined {
    const start = this.at;
    for (let end = this.at, raw = this.next(); raw !== undefined; end = this.at, raw = this.next()) {
      const line = trimLineEnd(raw);
      if ((mark.chomp ? line.replace(/^\t+/, '') : line) === mark.name) return this.text.slice(start, end);
    }
    return undefined;
  }
}

function isOverlong(line: string): boolean {
  const bytes = new TextEncoder().encode(line).length;
  return bytes > MAX_LINE || (bytes === MAX_LINE && !line.endsWith('\n'));
}

function trimLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line.charCodeAt(end - 1) === 10 || line.charCodeAt(end - 1) === 13)) end--;
  return end === line.length ? line : line.slice(0, end);
}

function isComment(line: string): boolean {
  return line.trimStart().charCodeAt(0) === 35;
}

const HEREDOC_KEYWORDS = new Set(['add', 'copy', 'run']);

function takesHeredoc(parts: LineParts): boolean {
  const inner = parts.keyword === 'onbuild' ? parts.inner : parts;
  return inner !== undefined && HEREDOC_KEYWORDS.has(inner.keyword) && !inner.isJson;
}

function toInstruction(
  parts: LineParts,
  original: string,
  startLine: number,
  endLine: number,
  pieces: readonly Piece[],
  heredocs: readonly Heredoc[],
): Instruction {
  const { inner, ...rest } = parts;
  const own = { ...rest, original, startLine, endLine, pieces, heredocs };
  if (inner === undefined) return own;
  return { ...own, inner: toInstruction(inner, original, startLine, endLine, pieces, heredocs) };
}
