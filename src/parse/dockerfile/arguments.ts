import type { Dockerfile } from './types.ts';

/** Values of ARG names as FROM sees them. */
export type Arguments = ReadonlyMap<string, string>;

/** Expansions of defaults that name other arguments are followed this deep. */
const MAX_DEPTH = 8;
/** Longest text an expansion may grow to. */
const MAX_LENGTH = 4096;

/** Defaults of the arguments declared before the first FROM; those are the ones FROM can see. */
export function collectArguments(file: Dockerfile): Arguments {
  const values = new Map<string, string>();
  for (const instruction of file.instructions) {
    if (instruction.keyword === 'from') break;
    if (instruction.keyword !== 'arg') continue;
    for (const word of instruction.args) {
      const equals = word.indexOf('=');
      if (equals >= 0) values.set(word.slice(0, equals), unquote(word.slice(equals + 1)));
    }
  }
  return values;
}

function unquote(text: string): string {
  const first = text[0];
  const isQuoted = text.length >= 2 && (first === '"' || first === "'") && text.endsWith(first);
  return isQuoted ? text.slice(1, -1) : text;
}

/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+word}`.
 * Out: the text, and whether a name without value is left in it.
 */
export function expand(text: string, values: Arguments, depth = 0): { text: string; isOpen: boolean } {
  if (!text.includes('$')) return { text, isOpen: false };
  let isOpen = false;
  const out = text.replace(
    /\$(?:\{([A-Za-z_]\w*)(?::?([-+])([^{}]*))?\}|([A-Za-z_]\w*))/g,
    (all, ...groups) => {
      const [name, operator, word = '', bare] = groups as (string | undefined)[];
      const value = values.get(name ?? bare ?? '');
      let chosen = value;
      if (operator === '-' && (value === undefined || value === '')) chosen = word;
      else if (operator === '+') chosen = value === undefined || value === '' ? '' : word;
      if (chosen === undefined) {
        isOpen = true;
        return all;
      }
      if (depth >= MAX_DEPTH) return chosen;
      const inner = expand(chosen, values, depth + 1);
      isOpen ||= inner.isOpen;
      return inner.text;
    },
  );
  return { text: out.slice(0, MAX_LENGTH), isOpen };
}
