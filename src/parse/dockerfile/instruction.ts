/** One joined instruction line taken apart, by the line grammars of the BuildKit front end. */

/** What an instruction line holds. */
export interface LineParts {
  readonly name: string;
  readonly keyword: string;
  readonly flags: readonly string[];
  readonly args: readonly string[];
  readonly isJson: boolean;
  readonly argsOffset: number;
  /** Instruction of an ONBUILD. */
  readonly inner?: LineParts;
}

/** ONBUILD inside ONBUILD is followed this deep. */
const MAX_ONBUILD = 20;

/** Parses one line. Out: the parts, or a text why it is outside the grammar. */
export function parseLine(line: string, escapeChar: string, depth = 0): LineParts | string {
  const text = line.trim();
  const split = /[\t\v\f\r ]/.exec(text);
  const name = split === null ? text : text.slice(0, split.index);
  const keyword = name.toLowerCase();
  const tail = split === null ? '' : text.slice(split.index).replace(/^[\t\v\f\r ]+/, '');
  const flagged = takeFlags(tail, escapeChar);
  const rest = flagged.rest.trim();
  const argsOffset = line.trimEnd().length - rest.length;
  const base = { name, keyword, flags: flagged.flags, argsOffset };
  if (keyword === 'onbuild') {
    if (rest === '' || depth >= MAX_ONBUILD) return { ...base, args: [], isJson: false };
    const inner = parseLine(rest, escapeChar, depth + 1);
    if (typeof inner === 'string') return inner;
    const offset = inner.argsOffset + argsOffset;
    return { ...base, args: [], isJson: false, inner: { ...inner, argsOffset: offset } };
  }
  const args = parseArgs(keyword, rest, escapeChar);
  return typeof args === 'string' ? args : { ...base, ...args };
}

interface Args {
  readonly args: readonly string[];
  readonly isJson: boolean;
}

function parseArgs(keyword: string, rest: string, escapeChar: string): Args | string {
  switch (keyword) {
    case 'run':
    case 'cmd':
    case 'entrypoint':
    case 'shell':
      return maybeJson(rest) ?? { args: rest === '' ? [] : [rest], isJson: false };
    case 'add':
    case 'copy':
    case 'volume':
      return maybeJson(rest) ?? { args: splitBlanks(rest), isJson: false };
    case 'from':
    case 'expose':
      return { args: splitBlanks(rest), isJson: false };
    case 'arg':
      return { args: splitQuoted(rest, escapeChar), isJson: false };
    case 'env':
    case 'label':
      return nameValues(keyword, rest, escapeChar);
    case 'healthcheck': {
      const blank = /\s+/.exec(rest);
      if (blank === null) return { args: rest === '' ? [] : [rest], isJson: false };
      const kind = rest.slice(0, blank.index);
      const command = rest.slice(blank.index + blank[0].length);
      const parsed = maybeJson(command) ?? { args: command === '' ? [] : [command], isJson: false };
      return typeof parsed === 'string' ? parsed : { args: [kind, ...parsed.args], isJson: parsed.isJson };
    }
    case 'maintainer':
    case 'stopsignal':
    case 'user':
    case 'workdir':
      return { args: rest === '' ? [] : [rest], isJson: false };
    default:
      return { args: [], isJson: false };
  }
}

/** Elements of a JSON array; undefined when it is none, a text when it holds other things than strings. */
function maybeJson(rest: string): Args | string | undefined {
  if (!rest.startsWith('[')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(rest);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const args: string[] = [];
  for (const item of value) {
    if (typeof item !== 'string') return 'a JSON array of an instruction may hold strings only';
    args.push(item);
  }
  return { args, isJson: true };
}

function splitBlanks(rest: string): string[] {
  return rest === '' ? [] : rest.split(/[\t\v\f\r ]+/);
}

function nameValues(keyword: string, rest: string, escapeChar: string): Args | string {
  const words = splitQuoted(rest, escapeChar);
  const first = words[0];
  if (first === undefined) return { args: [], isJson: false };
  if (!first.includes('=')) {
    const blank = /[\t\v\f\r ]+/.exec(rest);
    if (blank === null) return `${keyword.toUpperCase()} needs a name and a value`;
    const value = rest.slice(blank.index + blank[0].length);
    return { args: [`${rest.slice(0, blank.index)}=${value}`], isJson: false };
  }
  const wrong = words.find((word) => !word.includes('='));
  if (wrong !== undefined) return `${keyword.toUpperCase()} needs name=value pairs`;
  return { args: words, isJson: false };
}

const isBlank = (char: string): boolean => char === ' ' || /\s/.test(char);

/** Words with their quotes kept; blanks inside quotes do not split. */
export function splitQuoted(text: string, escapeChar: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    let char = text[at] ?? '';
    if (word === undefined) {
      if (isBlank(char)) continue;
      word = '';
    }
    if (quote === '' && isBlank(char)) {
      words.push(word);
      word = undefined;
      continue;
    }
    if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = '';
    if (char === escapeChar && quote !== "'") {
      if (at + 1 === text.length) continue;
      word += char;
      at++;
      char = text[at] ?? '';
    }
    word += char;
  }
  if (word !== undefined && word !== '') words.push(word);
  return words;
}

/** Leading `--flag` words, quotes and escapes taken off; `--` alone ends them. */
function takeFlags(text: string, escapeChar: string): { flags: string[]; rest: string } {
  const flags: string[] = [];
  let at = 0;
  while (at < text.length) {
    while (at < text.length && isBlank(text[at] ?? '')) at++;
    if (text[at] !== '-' || text[at + 1] !== '-') return { flags, rest: text.slice(at) };
    let word = '';
    let quote = '';
    let isEmptyWord = true;
    for (; at < text.length; at++) {
      const char = text[at] ?? '';
      if (quote === '' && isBlank(char)) break;
      if (quote === '' && (char === "'" || char === '"')) {
        quote = char;
        isEmptyWord = false;
      } else if (char === quote) quote = '';
      else if (char === escapeChar) {
        at++;
        word += text[at] ?? '';
      } else word += char;
    }
    if (word === '--') return { flags, rest: text.slice(at) };
    if (word !== '' || !isEmptyWord) flags.push(word);
  }
  return { flags, rest: '' };
}
