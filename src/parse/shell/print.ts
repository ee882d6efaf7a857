/**
 * Commands in normal form, as the reference writes them into its snippets: single blanks, line ends kept as
 * backslash-newline-tab, back quotes as `$( )`, redirections behind the words.
 */
import type {
  ArithmeticExpression,
  Assignment,
  Command,
  CommandExpansionPart,
  CommandNode,
  ParsedScript,
  Pipeline,
  ProcessSubstitutionPart,
  Redirection,
  Script,
  Statement,
  Word,
  WordPart,
} from 'unbash';
import { withoutEnd } from '../trim.ts';
import { makeSource, type ScriptSource } from './source.ts';
import { dropEscapedNewlines, isDeclaration } from './words.ts';

/** Text of one simple command without its redirections. */
export function printCommand(node: Command, source: ScriptSource): string {
  const printer = new Printer(source);
  printer.start(node.prefix.find((item) => item.type === 'Assignment')?.pos ?? node.name?.pos ?? node.pos);
  printer.command(node, false);
  return printer.out;
}

/** Text of the first two commands of a pipeline, redirections included. */
export function printFirstPipe(node: Pipeline, source: ScriptSource): string {
  const printer = new Printer(source);
  const [left, right] = node.commands;
  printer.start(node.commands[0]?.pos ?? node.pos);
  if (left !== undefined && right !== undefined) printer.pipe(left, node.operators[0] ?? '|', right);
  return printer.out;
}

type Item = { readonly pos: number; readonly end: number };

/** Keeps the line being written and the indentation, the way the reference's printer does. */
class Printer {
  out = '';
  /** Code of the last character of `out`, kept aside: reading it from a text that grows copies the text each time. */
  private last = 0;
  private readonly source: ScriptSource;
  private lineNow = 0;
  private level = 0;
  private lastLevel = 0;
  private readonly increments: boolean[] = [];

  constructor(source: ScriptSource) {
    this.source = source;
  }

  start(pos: number): void {
    this.lineNow = this.source.line(pos);
  }

  private advance(line: number): void {
    if (line > this.lineNow) this.lineNow = line;
  }

  private indentMore(): void {
    let added = false;
    const last = this.increments.length - 1;
    if (this.level <= this.lastLevel || last < 0) {
      this.level++;
      added = true;
    } else if (this.increments[last] === true) {
      this.increments[last] = false;
      added = true;
    }
    this.increments.push(added);
  }

  private indentLess(): void {
    if (this.increments.pop() === true) this.level--;
  }

  private newLine(): void {
    this.write(`\n${'\t'.repeat(this.level)}`);
    this.lastLevel = this.level;
  }

  private write(text: string): void {
    this.out += text;
    if (text !== '') this.last = text.charCodeAt(text.length - 1);
  }

  /** A blank, unless nothing, a blank, a line end, a tab or an opening bracket stands before. */
  private space(): void {
    const last = this.last;
    if (last !== 0 && last !== 32 && last !== 10 && last !== 9 && last !== 40) this.write(' ');
  }

  /** Words joined by blanks; one that stands on a later line gets a line of its own. */
  private words(words: readonly (Word | Assignment)[]): void {
    let broke = false;
    for (const word of words) {
      if (this.source.line(word.pos) > this.lineNow) {
        if (!broke) this.indentMore();
        broke = true;
        this.escapedNewline();
      } else this.space();
      this.item(word);
    }
    if (broke) this.indentLess();
  }

  private escapedNewline(): void {
    this.space();
    this.write('\\');
    this.lineNow++;
    this.newLine();
  }

  private item(word: Word | Assignment): void {
    if (word.type === 'Word') this.write(this.wordText(word.pos, word.end, word.parts));
    else if (word.value.type === 'Word') {
      this.write(this.source.text.slice(word.pos, word.value.pos));
      this.write(this.wordText(word.value.pos, word.value.end, word.value.parts));
    } else this.write(this.source.text.slice(word.pos, word.end));
    this.advance(this.source.line(word.end));
  }

  command(node: Command, withRedirections: boolean): void {
    const assignments = node.prefix.filter((item) => item.type === 'Assignment');
    const args = node.suffix.filter((item) => item.type === 'Word' || item.type === 'Assignment');
    const redirects = withRedirections ? redirectsOf(node) : [];
    let done = 0;
    const redirectsBefore = (pos: number): void => {
      while (done < redirects.length) {
        const redirect = redirects[done];
        if (redirect === undefined || redirect.pos > pos || redirect.type === 'HereDoc') return;
        this.redirect(redirect);
        done++;
      }
    };
    this.words(assignments);
    if (node.name !== undefined) {
      redirectsBefore(node.name.pos);
      this.words([node.name]);
      if (args[0] !== undefined) redirectsBefore(args[0].pos);
      this.words(args);
    }
    this.indentMore();
    for (const redirect of redirects.slice(done)) {
      if (this.source.line(redirect.pos) > this.lineNow) this.escapedNewline();
      this.redirect(redirect);
    }
    this.indentLess();
  }

  private redirect(node: Redirection): void {
    this.space();
    const start = node.descriptor?.pos ?? node.pos;
    const target = node.type === 'HereDoc' ? node.delimiter : node.target;
    this.write(withoutEnd(this.source.text.slice(start, target?.pos ?? node.end), ' \t'));
    if (target === undefined) return;
    const parts = target.type === 'Word' ? target.parts : undefined;
    this.write(this.wordText(target.pos, target.end, parts));
    this.advance(this.source.line(target.end));
  }

  pipe(left: CommandNode, operator: string, right: CommandNode): void {
    this.node(left);
    this.space();
    this.write(operator);
    const line = this.source.line(right.pos);
    if (line <= this.lineNow) {
      this.write(' ');
      this.node(right);
      return;
    }
    this.indentMore();
    this.newLine();
    this.advance(line);
    this.node(right);
    this.indentLess();
  }

  private node(node: CommandNode | Pipeline | Statement['command']): void {
    this.advance(this.source.line(node.pos));
    if (node.type === 'Command' && !isDeclaration(node)) this.command(node, true);
    else if (node.type === 'Pipeline' && node.prefixes.length === 0)
      this.chain(node.commands, node.operators);
    else if (node.type === 'AndOr') this.chain(node.commands, node.operators);
    else {
      this.space();
      this.write(this.source.text.slice(node.pos, node.end));
      this.advance(this.source.line(node.end));
    }
  }

  private chain(nodes: readonly (CommandNode | Pipeline)[], operators: readonly string[]): void {
    let indented = false;
    nodes.forEach((node, index) => {
      if (index > 0) {
        this.space();
        this.write(operators[index - 1] ?? '|');
        if (this.source.line(node.pos) > this.lineNow) {
          if (!indented) this.indentMore();
          indented = true;
          this.newLine();
        } else this.write(' ');
      }
      this.node(node);
    });
    if (indented) this.indentLess();
  }

  /** Text of a word: as it stands, substitutions in normal form, unquoted escaped line ends taken out. */
  private wordText(pos: number, end: number, parts: readonly WordPart[] | undefined): string {
    const text = this.source.text.slice(pos, end);
    if (!text.includes('$') && !text.includes('`') && !text.includes('(')) {
      return text.includes('\\\n') && !/["']/.test(text) ? dropEscapedNewlines(text) : text;
    }
    const found: Substitution[] = [];
    collect(parts, found);
    let out = '';
    let from = pos;
    for (const part of found) {
      if (part.pos < from) continue;
      out += this.source.text.slice(from, part.pos) + this.substitution(part);
      from = part.end;
    }
    return out + this.source.text.slice(from, end);
  }

  private substitution(part: Substitution): string {
    if (part.type === 'ArithmeticExpansion') {
      if (part.expression === undefined) return part.text;
      return `$((${this.arithmetic(part.expression)}))`;
    }
    const script = part.script;
    const open = part.type === 'CommandExpansion' ? '$(' : `${part.operator}(`;
    if (script === undefined) return part.text;
    return open + this.nested(script, part);
  }

  private nested(script: ParsedScript | Script, part: Item): string {
    const inner = new Printer(script.source === undefined ? this.source : makeSource(script.source));
    inner.level = this.level;
    inner.lastLevel = this.lastLevel;
    inner.start(script.source === undefined ? part.pos : 0);
    inner.indentMore();
    script.commands.forEach((statement, index) => {
      if (index > 0 || inner.source.line(statement.pos) > inner.lineNow) {
        inner.advance(inner.source.line(statement.pos));
        inner.newLine();
      }
      inner.node(statement.command);
      if (statement.background === true) inner.write(' &');
    });
    inner.indentLess();
    if (script.source === undefined && this.source.line(part.end) > inner.lineNow) inner.newLine();
    return `${inner.out})`;
  }

  private arithmetic(node: ArithmeticExpression): string {
    switch (node.type) {
      case 'ArithmeticBinary': {
        const gap = node.operator === ',' ? ', ' : ` ${node.operator} `;
        return this.arithmetic(node.left) + gap + this.arithmetic(node.right);
      }
      case 'ArithmeticUnary': {
        const operand = this.arithmetic(node.operand);
        return node.prefix ? node.operator + operand : operand + node.operator;
      }
      case 'ArithmeticTernary':
        return `${this.arithmetic(node.test)} ? ${this.arithmetic(node.consequent)} : ${this.arithmetic(node.alternate)}`;
      case 'ArithmeticGroup':
        return `(${this.arithmetic(node.expression)})`;
      case 'ArithmeticWord':
        return this.wordText(node.pos, node.end, node.parts);
      case 'ArithmeticCommandExpansion':
        return node.script === undefined ? node.text : `$(${this.nested(node.script, node)}`;
    }
  }
}

type Substitution =
  | CommandExpansionPart
  | ProcessSubstitutionPart
  | Extract<WordPart, { type: 'ArithmeticExpansion' }>;

function collect(parts: readonly WordPart[] | undefined, found: Substitution[]): void {
  for (const part of parts ?? []) {
    if (part.type === 'DoubleQuoted' || part.type === 'LocaleString') collect(part.parts, found);
    else if (part.type === 'BraceExpansion') collect(part.parts, found);
    else if (part.type === 'ParameterExpansion') {
      const operation = part.operation;
      if (operation?.type === 'Default' || operation?.type === 'Remove')
        collect(operation.operand.parts, found);
      else if (operation?.type === 'Replace') {
        collect(operation.pattern.parts, found);
        collect(operation.replacement.parts, found);
      }
    } else if (
      part.type === 'CommandExpansion' ||
      part.type === 'ProcessSubstitution' ||
      part.type === 'ArithmeticExpansion'
    ) {
      found.push(part);
    }
  }
}

function redirectsOf(node: Command): Redirection[] {
  const all: Redirection[] = [];
  for (const item of [...node.prefix, ...node.suffix]) {
    if (item.type !== 'Assignment' && item.type !== 'Word') all.push(item);
  }
  return all.sort((a, b) => a.pos - b.pos);
}
