/**
 * Commands as they take effect: quotes off, known variables filled in, `sudo`, `env` and their like removed.
 */
import type { Word } from 'unbash';
import type { CommandEvent } from '../events.ts';
import { skipQuoted } from '../scan.ts';
import { baseName } from '../script-files.ts';
import { dropEscapedNewlines } from '../words.ts';

/** One argument. */
export interface Arg {
  /** Quotes off, `${x}` written `$x`, variables with a known value filled in. */
  readonly text: string;
  readonly pos: number;
  readonly end: number;
  /** As it stands in the script. */
  readonly raw: string;
  readonly word: Word | undefined;
}

/** A program and its arguments. */
export interface ProgramCall {
  /** Base name of the program, lower case; empty when only known at run time. */
  readonly name: string;
  /** The program word itself. */
  readonly program: Arg;
  readonly args: readonly Arg[];
  /** Variables set for this command, by assignment or `env`. */
  readonly env: ReadonlyMap<string, string>;
}

/** A command of a script without its wrappers. */
export interface PlainCommand extends ProgramCall {
  readonly event: CommandEvent;
  /** Wrappers taken off, outermost first. */
  readonly wrappers: readonly string[];
}

/** Values of variables as far as they are plain text. */
export type Variables = Map<string, string>;

const MAX_VALUE = 2000;
const NAME = /^[A-Za-z_]\w*$/;

/** Text of a word: quotes and escapes off, known variables filled in; expansions stay as they are. */
export function plainText(raw: string, variables: Variables): string {
  if (!/["'\\$`]/.test(raw)) return raw;
  const text = dropEscapedNewlines(raw);
  let out = '';
  let isDouble = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\') {
      const next = text[++at] ?? '';
      out += isDouble && !'$`"\\'.includes(next) ? char + next : next;
    } else if (char === '"') isDouble = !isDouble;
    else if (char === "'" && !isDouble) {
      const close = skipQuoted(text, at);
      out += text.slice(at + 1, close);
      at = close;
    } else if (char === '$') {
      const [piece, end] = expansion(text, at, variables);
      out += piece;
      at = end;
    } else out += char;
  }
  return out;
}

/** Text of the expansion at `at` and the position of its last character. */
function expansion(text: string, at: number, variables: Variables): [string, number] {
  const braced = /^\$\{([A-Za-z_]\w*)(?::?-([^{}$`"']*))?\}/.exec(text.slice(at, at + 200));
  const bare = braced === null ? /^\$([A-Za-z_]\w*)/.exec(text.slice(at, at + 200)) : null;
  const name = braced?.[1] ?? bare?.[1];
  if (name !== undefined) {
    const value = variables.get(name) ?? (braced?.[2] === '' ? undefined : braced?.[2]);
    return [value ?? `$${name}`, at + (braced ?? bare)![0].length - 1];
  }
  if (text[at + 1] === "'") return ['', at];
  const end = Math.min(skipQuoted(text, at), text.length - 1);
  return [text.slice(at, end + 1), end];
}

/** Notes the plain assignments of a command that is nothing but assignments (or `export a=b`). */
export function noteAssignments(event: CommandEvent, variables: Variables): void {
  const { node } = event;
  const items = node.name === undefined ? node.prefix : node.suffix;
  for (const item of items) {
    if (item.type !== 'Assignment' || item.value.type !== 'Word' || item.append === true) continue;
    const value = plainText(item.value.text, variables);
    if (value.length > MAX_VALUE || /[$`]/.test(value)) variables.delete(item.name);
    else variables.set(item.name, value);
  }
}

/** Options of the wrappers that take a value. */
const WRAPPERS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    sudo: [
      '-u',
      '-g',
      '-h',
      '-p',
      '-C',
      '-r',
      '-t',
      '-T',
      '-U',
      '-D',
      '--user',
      '--group',
      '--host',
      '--chdir',
    ],
    doas: ['-u', '-C'],
    env: ['-u', '-C', '--unset', '--chdir', '-S'],
    command: [],
    builtin: [],
    exec: ['-a'],
    nohup: [],
    time: ['-f', '-o'],
    nice: ['-n'],
    ionice: ['-c', '-n'],
    setsid: [],
    stdbuf: ['-i', '-o', '-e'],
    unbuffer: [],
    timeout: ['-k', '-s', '--kill-after', '--signal'],
    gtimeout: ['-k', '-s'],
    retry: ['-t', '-d', '--tries', '--delay', '--until', '--times', '-n', '-s'],
    travis_retry: [],
    xvfb: [],
    'xvfb-run': ['-s', '-n', '-e', '--server-args'],
    fakeroot: [],
    chroot: [],
    gosu: [],
    'su-exec': [],
    runuser: ['-u', '-g'],
    proxychains: [],
    'cross-env': [],
    dotenv: [],
    arch: [],
    xargs: [
      '-I',
      '-n',
      '-P',
      '-L',
      '-d',
      '-a',
      '-s',
      '-E',
      '--max-args',
      '--max-procs',
      '--arg-file',
      '--delimiter',
    ],
    winpty: [],
    eatmydata: [],
    caffeinate: [],
  }),
);
/** Functions that scripts define to run the rest of their words. */
const WRAPPER_NAME =
  /^(?:maybe_?sudo|sudo_if|as_?root|try|with_?retr(?:y|ies)|retry_\w{1,20}|\w{1,20}_(?:retry|sudo)|quietly|run_(?:cmd|command|quiet(?:ly)?))$/;
/** Wrappers whose first plain word belongs to them (a duration, a user, a folder). */
const TAKES_WORD = new Set(['timeout', 'gtimeout', 'chroot', 'gosu', 'su-exec']);

/** The command without wrappers; undefined when there is none. */
export function plainCommand(event: CommandEvent, variables: Variables): PlainCommand | undefined {
  const { node } = event;
  if (node.name === undefined) return undefined;
  const words: Arg[] = [];
  const add = (item: { text: string; pos: number; end: number }, word: Word | undefined): void => {
    words.push({ text: plainText(item.text, variables), pos: item.pos, end: item.end, raw: item.text, word });
  };
  add(node.name, node.name);
  for (const item of node.suffix) {
    if (item.type === 'Word') add(item, item);
    else if (item.type === 'Assignment') add(item, undefined);
  }
  const env = new Map<string, string>();
  for (const item of node.prefix) {
    if (item.type === 'Assignment' && item.value.type === 'Word')
      env.set(item.name, plainText(item.value.text, variables));
  }
  const wrappers: string[] = [];
  const first = unwrap(words, env, wrappers);
  const program = words[first];
  if (program === undefined) return undefined;
  return { event, name: programName(program.text), program, args: words.slice(first + 1), env, wrappers };
}

function unwrap(words: readonly Arg[], env: Map<string, string>, wrappers: string[]): number {
  let at = 0;
  for (;;) {
    const name = programName(words[at]?.text ?? '');
    const valued = WRAPPERS.get(name) ?? (WRAPPER_NAME.test(name) ? [] : undefined);
    if (valued === undefined || at >= words.length - 1) return at;
    let next = at + 1;
    while (next < words.length) {
      const text = words[next]?.text ?? '';
      const equals = text.indexOf('=');
      if (text === '--') {
        next++;
        break;
      }
      if (text.startsWith('-') && text.length > 1) next += valued.includes(text) ? 2 : 1;
      else if (
        (name === 'env' || name === 'sudo' || name === 'cross-env') &&
        equals > 0 &&
        NAME.test(text.slice(0, equals))
      ) {
        env.set(text.slice(0, equals), text.slice(equals + 1));
        next++;
      } else break;
    }
    if (TAKES_WORD.has(name)) next++;
    else if (!WRAPPERS.has(name) && /^\d+$/.test(words[next]?.text ?? '')) next++;
    if (next >= words.length) return at;
    wrappers.push(name);
    at = next;
  }
}

/** Base name in lower case without `.exe`; empty for a program only known at run time. */
export function programName(text: string): string {
  const name = baseName(text.replaceAll('\\', '/')).toLowerCase();
  if (name.includes('$') || name.includes('`')) return '';
  return name.endsWith('.exe') ? name.slice(0, -4) : name;
}

/** Plain words among the arguments and the options, `--name=value` split. */
export interface Options {
  readonly words: readonly Arg[];
  /** Option names without dashes' values: `-f` and `--name` with the values given, empty text for none. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/**
 * Splits arguments into options and words. `valued` lists the options that take the next word as value.
 * With `clusters`, `-abc` stands for `-a -b -c` (the last may take a value, or the rest is its value).
 */
export function splitOptions(args: readonly Arg[], valued: ReadonlySet<string>, clusters = false): Options {
  const words: Arg[] = [];
  const options = new Map<string, string[]>();
  const put = (name: string, value: string): void => {
    const known = options.get(name);
    if (known === undefined) options.set(name, [value]);
    else known.push(value);
  };
  let isOver = false;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const { text } = arg;
    if (isOver || !text.startsWith('-') || text === '-') words.push(arg);
    else if (text === '--') isOver = true;
    else if (text.startsWith('--')) {
      const equals = text.indexOf('=');
      if (equals > 0) put(text.slice(0, equals), text.slice(equals + 1));
      else put(text, valued.has(text) ? (args[++at]?.text ?? '') : '');
    } else if (!clusters) {
      const equals = text.indexOf('=');
      if (equals > 0) put(text.slice(0, equals), text.slice(equals + 1));
      else put(text, valued.has(text) ? (args[++at]?.text ?? '') : '');
    } else at += cluster(text, args[at + 1]?.text, valued, put);
  }
  return { words, options };
}

/** Out: how many further words were taken. */
function cluster(
  text: string,
  next: string | undefined,
  valued: ReadonlySet<string>,
  put: (name: string, value: string) => void,
): number {
  for (let at = 1; at < text.length; at++) {
    const name = `-${text[at]}`;
    if (!valued.has(name)) {
      put(name, '');
      continue;
    }
    const rest = text.slice(at + 1);
    put(name, rest === '' ? (next ?? '') : rest);
    return rest === '' ? 1 : 0;
  }
  return 0;
}

/** One-letter options written together, `-lc`, with this one among them. */
export function hasLetterOption(text: string, letter: string): boolean {
  return text.includes(letter) && /^-[A-Za-z]+$/.test(text);
}
