/** The Sonar server a Maven project names. Reference: file-checks 9.1. */

const OPEN = '<sonar.host.url>';
const CLOSE = '</sonar.host.url>';

/** The first element whose text is one word; lines are those of the first opening and closing tag in the file. */
export function findSonarHost(
  text: string,
): { lineStart: number; lineEnd: number; address: string } | undefined {
  for (let at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, at + 1)) {
    const end = text.indexOf(CLOSE, at);
    if (end < 0) return undefined;
    const address = text.slice(at + OPEN.length, end).trim();
    if (address === '' || /\s/.test(address)) continue;
    return {
      lineStart: lineOf(text, text.indexOf(OPEN)),
      lineEnd: lineOf(text, text.indexOf(CLOSE)),
      address,
    };
  }
  return undefined;
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
