/** Here-document markers of an instruction line, found by the word rules of the BuildKit front end. */

/** A here-document before its body is read. */
export interface HeredocMark {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
}

/** Expansions inside expansions are followed this deep. */
const MAX_DEPTH = 50;

/**
 * Markers on the line in order. A line whose quotes or expansions are outside the word grammar has none
 * (its body lines are then read as instructions).
 */
export function heredocMarks(line: string): HeredocMark[] {
  const words = splitWords(line, true);
  const marks: HeredocMark[] = [];
  for (const word of words ?? []) {
    const match = /^\d*<<(-?)\s*([^<]+)$/.exec(word);
    const rest = match?.[2];
    if (rest === undefined) continue;
    const plain = splitWords(rest, false);
    const name = plain?.[0];
    if (plain?.length !== 1 || name === undefined) continue;
    marks.push({ name, expand: !hasQuotes(rest, name), chomp: match?.[1] === '-' });
  }
  return marks;
}

function hasQuotes(raw: string, word: string): boolean {
  return countQuotes(raw) !== countQuotes(word);
}

function countQuotes(text: string): number {
  let count = 0;
  for (const char of text) if (char === "'" || char === '"') count++;
  return count;
}

interface Lexer {
  readonly text: string;
  readonly raw: boolean;
  at: number;
  word: string;
  inWord: boolean;
  readonly words: string[];
}

/** Words of the text; `raw` keeps quotes and backslashes. Undefined when outside the grammar. */
function splitWords(text: string, raw: boolean): string[] | undefined {
  const lexer: Lexer = { text, raw, at: 0, word: '', inWord: false, words: [] };
  if (lexRun(lexer, undefined, raw, 0) === undefined) return undefined;
  endWord(lexer);
  return lexer.words;
}

function endWord(lexer: Lexer): void {
  if (lexer.word === '') return;
  lexer.words.push(lexer.word);
  lexer.word = '';
  lexer.inWord = false;
}

function addText(lexer: Lexer, text: string): void {
  for (const char of text) {
    if (!/\s/.test(char)) addRaw(lexer, char);
    else if (lexer.inWord) endWord(lexer);
  }
}

function addRaw(lexer: Lexer, text: string): void {
  lexer.word += text;
  lexer.inWord = true;
}

/** Reads up to `stop` (or the end); out: the text read, undefined when outside the grammar. */
function lexRun(
  lexer: Lexer,
  stop: string | undefined,
  rawEscapes: boolean,
  depth: number,
): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  let out = '';
  while (lexer.at < lexer.text.length) {
    const char = lexer.text[lexer.at] ?? '';
    if (char === stop) {
      lexer.at++;
      return out;
    }
    let piece: string | undefined;
    if (char === '$') {
      piece = lexDollar(lexer, rawEscapes, depth);
      if (piece !== undefined) addText(lexer, piece);
    } else if (char === '<') {
      piece = lexAngle(lexer);
      addRaw(lexer, piece);
    } else if (char === "'" || char === '"') {
      piece = char === "'" ? lexSingle(lexer) : lexDouble(lexer, rawEscapes, depth);
      if (piece !== undefined) addRaw(lexer, piece);
    } else if (char === '\\') {
      piece = (rawEscapes ? '\\' : '') + (lexer.text[lexer.at + 1] ?? '');
      lexer.at += 2;
      addRaw(lexer, piece);
    } else {
      piece = char;
      lexer.at++;
      addText(lexer, char);
    }
    if (piece === undefined) return undefined;
    out += piece;
  }
  return stop === undefined ? out : undefined;
}

function lexAngle(lexer: Lexer): string {
  const { text } = lexer;
  if (text[lexer.at + 1] !== '<') {
    lexer.at++;
    return '<';
  }
  let end = lexer.at + 2;
  while (/[ \t\r]/.test(text[end] ?? '')) end++;
  const out = text.slice(lexer.at, end);
  lexer.at = end;
  return out;
}

function lexSingle(lexer: Lexer): string | undefined {
  const close = lexer.text.indexOf("'", lexer.at + 1);
  if (close < 0) return undefined;
  const inner = lexer.text.slice(lexer.at + 1, close);
  lexer.at = close + 1;
  return lexer.raw ? `'${inner}'` : inner;
}

function lexDouble(lexer: Lexer, rawEscapes: boolean, depth: number): string | undefined {
  let out = lexer.raw ? '"' : '';
  lexer.at++;
  while (lexer.at < lexer.text.length) {
    const char = lexer.text[lexer.at] ?? '';
    if (char === '"') {
      lexer.at++;
      return lexer.raw ? `${out}"` : out;
    }
    if (char === '$') {
      const piece = lexDollar(lexer, rawEscapes, depth);
      if (piece === undefined) return undefined;
      out += piece;
      continue;
    }
    lexer.at++;
    if (char !== '\\') {
      out += char;
      continue;
    }
    if (rawEscapes) out += char;
    const next = lexer.text[lexer.at] ?? '';
    if (next === '"' || next === '$' || next === '\\') {
      out += next;
      lexer.at++;
    } else if (next !== '') out += char;
  }
  return undefined;
}

/** Expansions stay as they are (no variable is known here); only their grammar matters. */
function lexDollar(lexer: Lexer, rawEscapes: boolean, depth: number): string | undefined {
  lexer.at++;
  if (lexer.text[lexer.at] !== '{') return `$${lexName(lexer)}`;
  lexer.at++;
  const first = lexer.text[lexer.at];
  if (first === undefined || first === '{' || first === '}' || first === ':') return undefined;
  const name = lexName(lexer);
  let operator = lexer.text[lexer.at] ?? '';
  lexer.at++;
  if (operator === '}') return `\${${name}}`;
  if (operator === '/') {
    let all = '';
    if (lexer.text[lexer.at] === '/') {
      all = '/';
      lexer.at++;
    }
    const pattern = nestedRun(lexer, '/', true, depth);
    const replacement = pattern === undefined ? undefined : nestedRun(lexer, '}', true, depth);
    return replacement === undefined ? undefined : `\${${name}/${all}${pattern}/${replacement}}`;
  }
  const hasColon = operator === ':';
  if (hasColon) {
    operator = lexer.text[lexer.at] ?? '';
    lexer.at++;
  }
  const isTrim = operator === '#' || operator === '%';
  if (!'+-?#%'.includes(operator) || operator === '' || (hasColon && isTrim))
    return hasColon ? anyModifier() : undefined;
  const word = nestedRun(lexer, '}', isTrim || (rawEscapes && isTrim), depth);
  return word === undefined ? undefined : `\${${name}${hasColon ? ':' : ''}${operator}${word}}`;

  function anyModifier(): string | undefined {
    // Behind a colon any character is read as operator; only `#` and `%` are refused outright.
    if (isTrim || operator === '') return undefined;
    const rest = nestedRun(lexer, '}', false, depth);
    return rest === undefined ? undefined : `\${${name}:${operator}${rest}}`;
  }
}

/** The words read so far are lost inside an expansion, as in the front end. */
function nestedRun(lexer: Lexer, stop: string, rawEscapes: boolean, depth: number): string | undefined {
  lexer.word = '';
  const count = lexer.words.length;
  const text = lexRun(lexer, stop, rawEscapes, depth + 1);
  lexer.words.length = Math.min(count, lexer.words.length);
  lexer.word = '';
  return text;
}

const LETTER = /[\p{L}\p{Nd}_]/u;

function lexName(lexer: Lexer): string {
  const { text } = lexer;
  const first = text[lexer.at] ?? '';
  const start = lexer.at;
  if (/\d/.test(first)) while (/\d/.test(text[lexer.at] ?? '')) lexer.at++;
  else if ('@*#?-$!'.includes(first) && first !== '') lexer.at++;
  else while (LETTER.test(text[lexer.at] ?? '')) lexer.at++;
  return text.slice(start, lexer.at);
}
