/** Position of the last character of the quoted or escaped run or expansion at `at`; `at` itself if none. */
export function skipQuoted(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 92) return at + 1;
  if (code === 39) return endOr(text.indexOf("'", at + 1), text);
  if (code === 34 || code === 96) {
    for (let end = at + 1; end < text.length; end++) {
      const inner = text.charCodeAt(end);
      if (inner === 92) end++;
      else if (inner === code) return end;
    }
    return text.length;
  }
  if (code !== 36) return at;
  const next = text.charCodeAt(at + 1);
  if (next === 123) return balanced(text, at + 1, 123, 125);
  if (next === 40) return balanced(text, at + 1, 40, 41);
  return at;
}

function balanced(text: string, from: number, open: number, close: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === open) depth++;
    else if (code === close) {
      depth--;
      if (depth === 0) return at;
    } else if (code === 92) at++;
    else if (code === 39) at = endOr(text.indexOf("'", at + 1), text);
  }
  return text.length;
}

function endOr(at: number, text: string): number {
  return at < 0 ? text.length : at;
}
