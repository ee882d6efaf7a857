/** PowerShell text cut into statements and words; no full grammar, just enough to see commands. */

/** Commands joined by pipes; braces and line ends part statements. */
export interface PowershellStatement {
  /** Words of each pipeline stage; quotes kept, parentheses kept whole. */
  readonly stages: readonly (readonly string[])[];
  /** The statement as it stands, blanks collapsed. */
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Statements longer than this are cut. */
const MAX_STATEMENT = 20_000;

/** Cuts a script into statements. Never throws; time is linear. */
export function powershellStatements(script: string): PowershellStatement[] {
  const statements: PowershellStatement[] = [];
  const cutter = new Cutter((statement) => statements.push(statement));
  cutter.run(script);
  return statements;
}

class Cutter {
  private readonly emit: (statement: PowershellStatement) => void;
  private stages: string[][] = [[]];
  private word = '';
  private text = '';
  private line = 1;
  private startLine = 1;
  private parens = 0;

  constructor(emit: (statement: PowershellStatement) => void) {
    this.emit = emit;
  }

  run(script: string): void {
    let at = 0;
    while (at < script.length) at = this.step(script, at);
    this.endStatement();
  }

  /** Handles what stands at `at`; out: the position behind it. */
  private step(script: string, at: number): number {
    const char = script[at] ?? '';
    const next = script[at + 1] ?? '';
    if (char === '`') return this.escape(script, at, next);
    if (char === '<' && next === '#') return this.skip(script, at, '#>');
    if (char === '#' && (this.word === '' || this.parens > 0) && !/[\w$]/.test(script[at - 1] ?? ' ')) {
      const end = script.indexOf('\n', at);
      return end < 0 ? script.length : end;
    }
    if (char === '@' && (next === '"' || next === "'")) return this.take(script, at, `\n${next}@`);
    if (char === "'" || char === '"') return this.quoted(script, at, char);
    if (char === '\n') return this.newline(at);
    if (char === '(' || char === ')') {
      this.parens = Math.max(0, this.parens + (char === '(' ? 1 : -1));
      this.add(char);
      return at + 1;
    }
    if (this.parens === 0 && (char === ';' || char === '{' || char === '}')) {
      if (char === '{' && /[$@]$/.test(this.word)) return this.take(script, at, '}');
      this.endStatement();
      return at + 1;
    }
    if (this.parens === 0 && char === '|') {
      if (next === '|') {
        this.endStatement();
        return at + 2;
      }
      this.endWord();
      this.stages.push([]);
      this.text += ' | ';
      return at + 1;
    }
    if (this.parens === 0 && char === '&' && next === '&') {
      this.endStatement();
      return at + 2;
    }
    if (this.parens === 0 && /\s/.test(char)) this.endWord();
    else this.add(char);
    return at + 1;
  }

  private escape(script: string, at: number, next: string): number {
    const end = /^`[ \t\r]*\n/.exec(script.slice(at, at + 100));
    if (end === null) {
      this.add(next);
      return at + 2;
    }
    this.line++;
    this.endWord();
    return at + end[0].length;
  }

  private newline(at: number): number {
    const isOpen =
      this.parens > 0 || (this.stages.length > 1 && this.stages.at(-1)?.length === 0 && this.word === '');
    if (isOpen) {
      if (this.parens > 0) this.add(' ');
    } else this.endStatement();
    this.line++;
    return at + 1;
  }

  private quoted(script: string, at: number, quote: string): number {
    let end = at + 1;
    for (; end < script.length; end++) {
      if (script[end] === '`' && quote === '"') end++;
      else if (script[end] === quote) {
        if (script[end + 1] !== quote) break;
        end++;
      }
    }
    return this.takeTo(script, at, end + 1);
  }

  private take(script: string, at: number, mark: string): number {
    const end = script.indexOf(mark, at + 1);
    return this.takeTo(script, at, end < 0 ? script.length : end + mark.length);
  }

  private takeTo(script: string, at: number, end: number): number {
    const piece = script.slice(at, end);
    this.add(piece);
    this.line += countLines(piece);
    return end;
  }

  private skip(script: string, at: number, mark: string): number {
    const end = script.indexOf(mark, at);
    const stop = end < 0 ? script.length : end + mark.length;
    this.line += countLines(script.slice(at, stop));
    return stop;
  }

  private add(piece: string): void {
    if (this.text === '' && this.word === '') this.startLine = this.line;
    if (this.text.length + this.word.length < MAX_STATEMENT) this.word += piece;
  }

  private endWord(): void {
    if (this.word === '') return;
    this.stages.at(-1)?.push(this.word);
    this.text += this.text === '' || this.text.endsWith(' ') ? this.word : ` ${this.word}`;
    this.word = '';
  }

  private endStatement(): void {
    this.endWord();
    this.parens = 0;
    if (this.stages.some((stage) => stage.length > 0)) {
      const { stages, text, startLine, line } = this;
      this.emit({ stages, text: text.trim(), startLine, endLine: line });
    }
    this.stages = [[]];
    this.text = '';
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
