/** The Sonar server a Maven project names. Reference: file-checks 9.1. */

const OPEN = '<sonar.host.url>';
const CLOSE = '</sonar.host.url>';

/**
 * The first element whose text is one word; lines are those of the first opening and closing tag in the file.
 * As in the reference the word reaches to the last closing tag it can reach without a blank between.
 */
export function findSonarHost(
  text: string,
): { lineStart: number; lineEnd: number; address: string } | undefined {
  if (!text.includes(CLOSE)) return undefined;
  let wordEnd = 0;
  let close = -1;
  for (let at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, at + 1)) {
    const start = skip(text, at + OPEN.length, true);
    if (start >= wordEnd) {
      wordEnd = skip(text, start, false);
      // Each word is looked through once: time stays linear with very many opening tags.
      const last = text.slice(start, wordEnd).lastIndexOf(CLOSE);
      close = text.startsWith(CLOSE, skip(text, wordEnd, true)) ? wordEnd : last < 0 ? -1 : start + last;
    }
    if (close <= start) continue;
    return {
      lineStart: lineOf(text, text.indexOf(OPEN)),
      lineEnd: lineOf(text, text.indexOf(CLOSE)),
      address: text.slice(start, close),
    };
  }
  return undefined;
}

/** The first place from `from` on that is no blank, or (`blank` false) that is one. */
function skip(text: string, from: number, blank: boolean): number {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at)) === blank) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 12 || code === 13;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
