/** Quotes and expansions deeper than this are not told apart. */
const MAX_DEPTH = 100;

/** Position of the last character of the quoted or escaped run or expansion at `at`; `at` itself if none. */
export function skipQuoted(text: string, at: number, depth = 0): number {
  const code = text.charCodeAt(at);
  if (code === 92) return at + 1;
  if (code === 39) return endOr(text.indexOf("'", at + 1), text);
  if (depth > MAX_DEPTH) return at;
  if (code === 34 || code === 96) return skipDouble(text, at, code, depth);
  if (code !== 36) return at;
  const next = text.charCodeAt(at + 1);
  if (next === 123) return skipBalanced(text, at + 1, 123, 125, depth);
  if (next === 40) return skipBalanced(text, at + 1, 40, 41, depth);
  return at;
}

/** Double or back quotes; expansions inside have quotes of their own. */
function skipDouble(text: string, open: number, quote: number, depth: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === 92) at++;
    else if (code === 36 || (code === 96 && quote === 34)) at = skipQuoted(text, at, depth + 1);
  }
  return text.length;
}

function skipBalanced(text: string, from: number, open: number, close: number, depth: number): number {
  let level = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === open) level++;
    else if (code === close) {
      level--;
      if (level === 0) return at;
    } else if (code === 92 || code === 39 || code === 34 || code === 96 || code === 36) {
      at = skipQuoted(text, at, depth + 1);
    }
  }
  return text.length;
}

function endOr(at: number, text: string): number {
  return at < 0 ? text.length : at;
}
