import type {
  AndOr,
  ArithmeticExpression,
  ArrayValue,
  Assignment,
  Command,
  CommandExpansionPart,
  CommandNode,
  HereDoc,
  ParameterOperation,
  ParsedScript,
  Pipeline,
  ProcessSubstitutionPart,
  Redirection,
  Script,
  Statement,
  SyntaxNode,
  TestExpression,
  Word,
  WordPart,
} from 'unbash';
import type { CommandEvent, Enclosing, ShellEvent, Stage } from './events.ts';
import { makeSource, type ScriptSource } from './source.ts';
import {
  arithmeticFault,
  arrayElementFault,
  commandFault,
  doubleParenFault,
  expansionFault,
  hereDocumentFault,
  indexFault,
  loopFault,
  pipelineFault,
} from './strict.ts';
import { hasExpansion } from './words.ts';

/** All commands of a script in order, or why it cannot be read. */
export interface FlatScript {
  readonly events: readonly ShellEvent[];
  readonly error: string | undefined;
}

interface Place {
  readonly source: ScriptSource;
  readonly stage: Stage | undefined;
  readonly enclosing: Enclosing | undefined;
  readonly scope: number;
  readonly isFailureIgnored: boolean;
  readonly inTest: boolean;
}

/**
 * Lists the simple commands of a parsed script, those in substitutions included.
 * Order: as the reference's walk (file-checks 8.6): a pipeline before its commands, a command before the
 * commands in its words, assignments before words before redirections.
 */
export function flatten(script: ParsedScript, source: ScriptSource): FlatScript {
  const state = new Flattener();
  state.script(script, {
    source,
    stage: undefined,
    enclosing: undefined,
    scope: 0,
    isFailureIgnored: false,
    inTest: false,
  });
  return { events: state.events, error: state.error };
}

/** `f() command`: the reference's parser takes any command as the body of a function. */
const SIMPLE_BODY = 'expected compound command as function body';

/** Walk with the growing list; a class because of the shared state and the mutual recursion. */
class Flattener {
  readonly events: ShellEvent[] = [];
  error: string | undefined;
  private scopes = 0;

  private fail(message: string | undefined): void {
    if (message !== undefined) this.error ??= message;
  }

  script(script: ParsedScript, place: Place): void {
    const first = script.errors?.find(({ message }) => message !== SIMPLE_BODY);
    if (first !== undefined) this.fail(first.message);
    this.list(script.commands, place);
  }

  private list(statements: readonly Statement[], place: Place): void {
    for (const statement of statements) this.node(statement.command, place);
  }

  private node(node: Statement['command'] | Script | SyntaxNode, place: Place): void {
    if (this.error !== undefined) return;
    switch (node.type) {
      case 'Command': {
        this.command(node, place);
        return;
      }
      case 'AndOr':
        this.andOr(node, place);
        return;
      case 'Pipeline': {
        this.pipeline(node, place);
        return;
      }
      case 'Redirected':
        this.node(node.command, place);
        {
          this.redirections(node.redirects, place, undefined);
          return;
        }
      case 'CompoundList': {
        this.list(node.commands, place);
        return;
      }
      case 'Subshell':
        this.fail(doubleParenFault(place.source.text, node.pos));
        this.list(node.body.commands, place);
        return;
      case 'BraceGroup': {
        this.list(node.body.commands, place);
        return;
      }
      case 'If':
        this.list(node.clause.commands, place);
        this.list(node.then.commands, place);
        for (const branch of node.elif) {
          this.list(branch.clause.commands, place);
          this.list(branch.then.commands, place);
        }
        if (node.else !== undefined) this.list(node.else.commands, place);
        return;
      case 'While':
        this.list(node.clause.commands, place);
        {
          this.list(node.body.commands, place);
          return;
        }
      case 'For':
      case 'Select':
        for (const word of node.wordlist ?? []) this.word(word, place, undefined);
        {
          this.list(node.body.commands, place);
          return;
        }
      case 'ArithmeticFor':
        this.fail(loopFault(node, place.source.text));
        this.arithmetic(node.initialize, place);
        this.arithmetic(node.test, place);
        this.arithmetic(node.update, place);
        {
          this.list(node.body.commands, place);
          return;
        }
      case 'Case':
        this.word(node.word, place, undefined);
        for (const item of node.items) {
          for (const pattern of item.pattern) this.word(pattern, place, undefined);
          this.list(item.body.commands, place);
        }
        return;
      case 'Function':
      case 'Coproc': {
        if (node.body.type === 'CompoundList' && node.body.commands.length === 0) this.fail(SIMPLE_BODY);
        this.node(node.body, place);
        return;
      }
      case 'TestCommand': {
        this.test(node.expression, { ...place, inTest: true });
        return;
      }
      case 'ArithmeticCommand': {
        this.fail(arithmeticFault(place.source.text.slice(node.pos, node.end)));
        this.arithmetic(node.expression, place);
        return;
      }
    }
  }

  private andOr(node: AndOr, place: Place): void {
    const last = node.commands.length - 1;
    const isIgnored = node.operators[last - 1] === '||' && isHarmless(node.commands[last]);
    const inner = isIgnored && !place.isFailureIgnored ? { ...place, isFailureIgnored: true } : place;
    for (const command of node.commands) this.node(command, inner);
  }

  private pipeline(node: Pipeline, place: Place): void {
    this.fail(pipelineFault(node));
    if (node.commands.length > 1) {
      this.events.push({ kind: 'pipeline', node, source: place.source });
      node.commands.forEach((command: CommandNode, index) => {
        this.node(command, { ...place, stage: { pipeline: node, index, outer: place.stage } });
      });
    } else if (node.commands[0] !== undefined) this.node(node.commands[0], place);
  }

  private command(node: Command, place: Place): void {
    this.fail(commandFault(node, place.source.text));
    const { source, stage, enclosing, scope, isFailureIgnored } = place;
    const event: CommandEvent = { kind: 'command', node, source, stage, enclosing, scope, isFailureIgnored };
    this.events.push(event);
    for (const item of node.prefix) if (item.type === 'Assignment') this.assignment(item, place, event);
    if (node.name !== undefined) this.word(node.name, place, event);
    let hasRedirection = node.prefix.length > 0;
    for (const item of node.suffix) {
      if (item.type === 'Word') this.word(item, place, event);
      else if (item.type === 'Assignment') this.assignment(item, place, event);
      else hasRedirection = true;
    }
    if (!hasRedirection) return;
    for (const item of node.prefix) if (item.type !== 'Assignment') this.redirection(item, place, event);
    for (const item of node.suffix) {
      if (item.type !== 'Word' && item.type !== 'Assignment') this.redirection(item, place, event);
    }
  }

  private assignment(node: Assignment, place: Place, event: CommandEvent | undefined): void {
    if (!node.text.includes('=')) return;
    const value = node.value;
    if (value.type === 'ArrayValue') this.array(value, place, event);
    else this.word(value, place, event);
    const index = node.index;
    if (index !== undefined) {
      this.fail(indexFault(index.text));
      this.word(index, place, event);
    }
  }

  private array(node: ArrayValue, place: Place, event: CommandEvent | undefined): void {
    for (const element of node.elements) {
      this.fail(arrayElementFault(element.text));
      this.word(element, place, event);
    }
  }

  private redirections(nodes: readonly Redirection[], place: Place, event: CommandEvent | undefined): void {
    for (const node of nodes) this.redirection(node, place, event);
  }

  private redirection(node: Redirection, place: Place, event: CommandEvent | undefined): void {
    if (node.type === 'HereDoc') {
      this.hereDocument(node, place, event);
      return;
    }
    if (node.target !== undefined) this.word(node.target, place, event);
  }

  private hereDocument(node: HereDoc, place: Place, event: CommandEvent | undefined): void {
    this.fail(hereDocumentFault(node));
    if (node.delimiter?.quoted === true) return;
    const text = node.body.text;
    if (!text.includes('$') && !text.includes('`')) return;
    this.parts(node.body.parts, place, event);
  }

  private word(word: Word, place: Place, event: CommandEvent | undefined): void {
    if (this.error === undefined && hasExpansion(word)) this.parts(word.parts, place, event);
  }

  private parts(parts: readonly WordPart[] | undefined, place: Place, event: CommandEvent | undefined): void {
    if (parts === undefined) return;
    for (const part of parts) {
      switch (part.type) {
        case 'DoubleQuoted':
        case 'LocaleString':
          this.parts(part.parts, place, event);
          break;
        case 'BraceExpansion':
          this.parts(part.parts, place, event);
          break;
        case 'Glob':
          if (part.kind === 'bracket') this.parts(part.parts, place, event);
          break;
        case 'CommandExpansion':
        case 'ProcessSubstitution':
          this.substitution(part, place, event);
          break;
        case 'ArithmeticExpansion':
          this.fail(arithmeticFault(part.text));
          this.arithmetic(part.expression, place);
          break;
        case 'ParameterExpansion':
          this.fail(expansionFault(part));
          if (part.index !== undefined) this.word(part.index, place, event);
          if (part.operation !== undefined) this.operation(part.operation, place, event);
          break;
      }
    }
  }

  private operation(node: ParameterOperation, place: Place, event: CommandEvent | undefined): void {
    switch (node.type) {
      case 'Default':
      case 'Remove': {
        this.word(node.operand, place, event);
        return;
      }
      case 'CaseModification':
        if (node.operand !== undefined) this.word(node.operand, place, event);
        return;
      case 'Replace':
        this.word(node.pattern, place, event);
        {
          this.word(node.replacement, place, event);
          return;
        }
    }
  }

  private substitution(
    part: CommandExpansionPart | ProcessSubstitutionPart,
    place: Place,
    event: CommandEvent | undefined,
  ): void {
    const script = part.script;
    if (script === undefined) return;
    if (part.text.charCodeAt(2) === 40) this.fail(doubleParenFault(place.source.text, part.pos));
    const operator =
      part.type === 'CommandExpansion' ? '$(' : part.operator === '<' ? ('<(' as const) : ('>(' as const);
    this.scopes++;
    this.script(script, {
      source: nestedSource(script, part.pos, place.source),
      stage: undefined,
      enclosing: { event, operator, part, inTest: place.inTest },
      scope: this.scopes,
      isFailureIgnored: place.isFailureIgnored,
      inTest: false,
    });
  }

  private test(node: TestExpression, place: Place): void {
    switch (node.type) {
      case 'TestUnary': {
        this.word(node.operand, place, undefined);
        return;
      }
      case 'TestBinary':
        this.word(node.left, place, undefined);
        {
          this.word(node.right, place, undefined);
          return;
        }
      case 'TestLogical':
        for (const operand of node.operands) this.test(operand, place);
        return;
      case 'TestNot': {
        this.test(node.operand, place);
        return;
      }
      case 'TestGroup': {
        this.test(node.expression, place);
        return;
      }
    }
  }

  private arithmetic(node: ArithmeticExpression | undefined, place: Place): void {
    if (node === undefined) return;
    switch (node.type) {
      case 'ArithmeticBinary':
        this.arithmetic(node.left, place);
        {
          this.arithmetic(node.right, place);
          return;
        }
      case 'ArithmeticUnary': {
        this.arithmetic(node.operand, place);
        return;
      }
      case 'ArithmeticTernary':
        this.arithmetic(node.test, place);
        this.arithmetic(node.consequent, place);
        {
          this.arithmetic(node.alternate, place);
          return;
        }
      case 'ArithmeticGroup': {
        this.arithmetic(node.expression, place);
        return;
      }
      case 'ArithmeticWord': {
        this.parts(node.parts, place, undefined);
        return;
      }
      case 'ArithmeticCommandExpansion':
        if (node.script !== undefined) {
          this.scopes++;
          const source = nestedSource(node.script, node.pos, place.source);
          const enclosing = { event: undefined, operator: '$(' as const, part: node, inTest: false };
          this.script(node.script, { ...place, source, stage: undefined, enclosing, scope: this.scopes });
        }
    }
  }
}

/** `true`, `:` and messages: what is put behind `||` to carry on. */
function isHarmless(node: AndOr['commands'][number] | undefined): boolean {
  if (node?.type !== 'Command') return false;
  const name = node.name?.text;
  return name === 'true' || name === ':' || name === 'echo' || name === 'printf';
}

/** Scripts in backquotes with escapes own their decoded text; all others index the outer text. */
function nestedSource(script: Script, pos: number, outer: ScriptSource): ScriptSource {
  if (script.source === undefined) return outer;
  const before = outer.line(pos) - 1;
  const fileLine = outer.fileLine(pos) - 1;
  const own = makeSource(script.source);
  return {
    text: script.source,
    line: (at) => before + own.line(at),
    fileLine: (at) => fileLine + own.line(at),
    outerPos: (at) => outer.outerPos(pos + 1 + at),
  };
}
