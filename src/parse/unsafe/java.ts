/** Java code that reaches for `Unsafe`, as the reference finds it (file-checks 14): comments out, strings out, then patterns. */

export interface JavaUse {
  readonly line: number;
  readonly kind: 'import' | 'use';
}

const IMPORT =
  /\bimport[\t\n\f\r ]+(?:sun[\t\n\f\r ]*\.[\t\n\f\r ]*misc|jdk[\t\n\f\r ]*\.[\t\n\f\r ]*internal[\t\n\f\r ]*\.[\t\n\f\r ]*misc)[\t\n\f\r ]*\.[\t\n\f\r ]*Unsafe[\t\n\f\r ]*;/g;
const NAME =
  /\b(?:sun[\t\n\f\r ]*\.[\t\n\f\r ]*misc|jdk[\t\n\f\r ]*\.[\t\n\f\r ]*internal[\t\n\f\r ]*\.[\t\n\f\r ]*misc)[\t\n\f\r ]*\.[\t\n\f\r ]*Unsafe\b/g;

/** Imports first, then full names outside of them. Comments go before strings: `//` in a string cuts its line (kept). */
export function javaUnsafe(text: string): JavaUse[] {
  const code = withoutStrings(
    withoutBlocks(withoutBlocks(text, '/*', '*/').replace(/\/\/[^\n]*/g, ''), '"""', '"""'),
  );
  const lineOf = lineCounter(code);
  const imports = [...code.matchAll(IMPORT)].map((found) => ({
    from: found.index,
    to: found.index + found[0].length,
  }));
  const uses = [...code.matchAll(NAME)].filter(
    ({ index }) => !imports.some(({ from, to }) => index >= from && index < to),
  );
  return [
    ...imports.map(({ from }): JavaUse => ({ line: lineOf(from), kind: 'import' })),
    ...uses.map(({ index }): JavaUse => ({ line: lineOf(index), kind: 'use' })),
  ];
}

/** Blocks are replaced by their line feeds; an open one stays. */
function withoutBlocks(text: string, open: string, close: string): string {
  let out = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf(open, from);
    const end = start < 0 ? -1 : text.indexOf(close, start + open.length);
    if (end < 0) return out + text.slice(from);
    out += text.slice(from, start) + text.slice(start, end).replace(/[^\n]+/g, '');
    from = end + close.length;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Removes string literals, line feeds inside included. Linear: where a string would close is known from the right. */
function withoutStrings(text: string): string {
  if (!text.includes('"')) return text;
  const closing = new Int32Array(text.length + 2).fill(-1);
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) closing[at] = at;
    else if (code === BACKSLASH) closing[at] = text[at + 1] === '\n' ? -1 : closing[at + 2]!;
    else closing[at] = closing[at + 1]!;
  }
  let out = '';
  let from = 0;
  for (let start = text.indexOf('"'); start >= 0; ) {
    const end = closing[start + 1]!;
    if (end >= 0) {
      out += text.slice(from, start);
      from = end + 1;
    }
    start = text.indexOf('"', end >= 0 ? from : start + 1);
  }
  return out + text.slice(from);
}

/** Line of an offset, from 1; cheap when asked in rising order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let counted = 0;
  return (offset) => {
    if (offset < counted) [line, counted] = [1, 0];
    for (
      let feed = text.indexOf('\n', counted);
      feed >= 0 && feed < offset;
      feed = text.indexOf('\n', feed + 1)
    )
      line++;
    counted = offset;
    return line;
  };
}
