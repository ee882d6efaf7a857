/** Longest line the reference's line reader takes; it stops there (file-checks 1.5). */
const MAX_LINE = 65_536;

/** True if some line, trimmed, is not empty and does not begin with the comment mark (file-checks 1.5). */
export function hasCommands(text: string, mark = '#'): boolean {
  let start = 0;
  while (start < text.length) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (end - start >= MAX_LINE) return false;
    let first = start;
    while (first < end && isSpace(text.charCodeAt(first))) first++;
    if (first < end && !text.startsWith(mark, first)) return true;
    start = end + 1;
  }
  return false;
}

/** White space by Unicode, without the byte order mark. */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}
