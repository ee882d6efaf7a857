/**
 * Characters taken off the ends of a text, in linear time. A pattern such as `/[x]+$/` starts anew at each character of
 * a long run that does not reach the end: a text of one megabyte would take hours.
 */

/** `text` without the given characters at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** `text` without the given characters at both ends. */
export function withoutEnds(text: string, characters: string): string {
  let start = 0;
  while (start < text.length && characters.includes(text[start]!)) start++;
  return withoutEnd(text.slice(start), characters);
}

/** `text` without its `${{ ... }}`. */
export function withoutExpressions(text: string): string {
  let out = '';
  let from = 0;
  for (let start = text.indexOf('${{'); start >= 0; ) {
    const end = text.indexOf('}', start);
    if (end < 0) break;
    if (text[end + 1] === '}') {
      out += text.slice(from, start);
      from = end + 2;
    }
    // All that begin before this brace end at it as well.
    start = text.indexOf('${{', end);
  }
  return out + text.slice(from);
}

/** `text` up to the first of `mark`; all of it when there is none. */
export function upTo(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}
