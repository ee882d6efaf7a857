/** The import section of a Go file, read as far as it goes; nothing after it is looked at. */

export interface GoImport {
  /** The literal as written, quotes included. */
  readonly literal: string;
  /** Line of the name before it, or of the literal. */
  readonly line: number;
}

/** Package clause and imports; undefined when they do not parse. */
export function goImports(text: string): GoImport[] | undefined {
  const reader = new Tokens(text);
  if (reader.next() !== 'package' || !isName(reader.next()) || !isEnd(reader.next())) return undefined;
  const imports: GoImport[] = [];
  while (reader.next() === 'import') {
    if (reader.next() !== '(') {
      if (!importSpec(reader, imports) || !isEnd(reader.next())) return undefined;
      continue;
    }
    while (reader.next() !== ')') {
      if (!importSpec(reader, imports)) return undefined;
      const after = reader.next();
      if (after === ')') break;
      if (!isEnd(after)) return undefined;
    }
    if (!isEnd(reader.next())) return undefined;
  }
  return imports;
}

/** Reads one import; its first token is the current one. */
function importSpec(reader: Tokens, imports: GoImport[]): boolean {
  const { line } = reader;
  const named = reader.token === '.' || isName(reader.token);
  const literal = named ? reader.next() : reader.token;
  if (!isImportPath(literal)) return false;
  imports.push({ literal, line });
  return true;
}

/** A string that is not empty and holds only characters that Go allows in import paths. */
function isImportPath(token: string): boolean {
  const quote = token[0];
  if (quote !== '"' && quote !== '`') return false;
  const path = token.slice(1, -1);
  return path.length > 0 && !/[\s!"#$%&'()*,:;<=>?[\]^`{|}\uFFFD]/.test(path) && !path.includes('\\');
}

const isEnd = (token: string): boolean => token === ';' || token === '';
const isName = (token: string): boolean =>
  /^[\p{L}_]/u.test(token) && token !== 'import' && token !== 'package';

/** Tokens of the section: names, strings, single characters, `;` also where Go inserts it, empty at the end. */
class Tokens {
  token = '';
  /** Of the current token. */
  line = 1;
  readonly #text: string;
  #at = 0;
  #lineNow = 1;
  /** A line end here ends a statement. */
  #ends = false;

  constructor(text: string) {
    this.#text = text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  next(): string {
    if (this.#skipBlank()) return this.#give(';', false);
    this.line = this.#lineNow;
    const rest = this.#text.slice(this.#at, this.#at + 4096);
    if (rest === '') return this.#give('', false);
    const [token] = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|"(?:[^"\\\n]|\\.)*"|`[^`]*`|[\s\S])/u.exec(rest)!;
    this.#at += token.length;
    const ends = token === ')' || /^["`]./s.test(token) || isName(token);
    return this.#give(token, ends);
  }

  #give(token: string, ends: boolean): string {
    this.token = token;
    this.#ends = ends;
    return token;
  }

  /** Skips blanks and comments; true when a statement ends on the way. */
  #skipBlank(): boolean {
    for (;;) {
      const character = this.#text[this.#at];
      if (character === '\n') {
        this.#at++;
        this.#lineNow++;
        if (this.#ends) return this.#ended();
      } else if (character === ' ' || character === '\t' || character === '\r') this.#at++;
      else if (this.#text.startsWith('//', this.#at)) {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else if (this.#text.startsWith('/*', this.#at)) {
        if (this.#skipComment() && this.#ends) return this.#ended();
      } else return this.#ends && character === undefined ? this.#ended() : false;
    }
  }

  /** True when the comment spans lines: it then counts as a line end. */
  #skipComment(): boolean {
    const close = this.#text.indexOf('*/', this.#at + 2);
    if (close < 0) {
      this.#at = this.#text.length;
      return false;
    }
    const lines = this.#text.slice(this.#at, close).split('\n').length - 1;
    this.#at = close + 2;
    this.#lineNow += lines;
    return lines > 0;
  }

  #ended(): boolean {
    this.#ends = false;
    this.line = this.#lineNow;
    return true;
  }
}
