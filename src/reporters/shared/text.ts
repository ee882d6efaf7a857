/** Text for terminals: widths, wrapping, colours, and nothing a file name could smuggle in. */

const PLAIN = /^[\x20-\x7e]*$/;

/** East Asian wide characters and emoji: two columns. Marks and joiners: none. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;
const EMPTY = /\p{Mn}|\p{Me}|\p{Cf}/gu;

/**
 * Columns a text takes. Rough on purpose: the exact library costs 18 ms of start-up for a line that may end a column
 * early.
 */
export function width(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const seen = text.replace(EMPTY, '');
  return [...seen].length + (seen.match(WIDE)?.length ?? 0);
}

/** Control characters written out, so that a file name can neither break lines nor drive the terminal. */
export function safe(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    if (character === '\n') return '\\n';
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** Lines of at most `columns`; words longer than that are cut. Always at least one line. */
export function wrap(text: string, columns: number): string[] {
  const limit = Math.max(8, columns);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ').flatMap((one) => cut(one, limit))) {
    const size = width(word);
    if (used > 0 && used + 1 + size > limit) {
      lines.push(line);
      [line, used] = [word, size];
    } else {
      line = used === 0 ? word : `${line} ${word}`;
      used += (used === 0 ? 0 : 1) + size;
    }
  }
  lines.push(line);
  return lines;
}

/** As `wrap`, for text of several lines whose beginnings count, e.g. YAML to write; makes it safe as well. */
export function wrapLines(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    const indent = line.slice(0, line.length - line.trimStart().length);
    return wrap(safe(line.trimStart()), columns - indent.length).map((part) => indent + part);
  });
}

function cut(word: string, limit: number): string[] {
  if (width(word) <= limit) return [word];
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of word) {
    const size = width(character);
    if (used + size > limit) {
      parts.push(part);
      [part, used] = ['', 0];
    }
    part += character;
    used += size;
  }
  return part === '' ? parts : [...parts, part];
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;
export type Style = keyof typeof CODES;
export type Paint = (style: Style, text: string) => string;

/** Wraps text in colour codes, or leaves it alone. */
export function painter(color: boolean): Paint {
  return color ? (style, text) => `\x1b[${CODES[style]}m${text}\x1b[0m` : (_, text) => text;
}

/** Good, middling, bad, unknown. */
export function scoreStyle(score: number): Style {
  if (score < 0) return 'dim';
  if (score >= 8) return 'green';
  return score >= 5 ? 'yellow' : 'red';
}
