/** JSON with comments and commas before a closing bracket, as bun writes it, made into plain JSON. */

/** In one pass; strings are left as they are, and what is broken stays broken. */
export function withoutJsonc(text: string): string {
  const plain: string[] = [];
  let from = 0;
  /** A comma was met that is only written when something other than a closing bracket follows. */
  let held = false;
  /** The last character that counts. */
  let before = '';
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    if (character === ' ' || character === '\n' || character === '\r' || character === '\t') {
      at++;
      continue;
    }
    const comment = character === '/' ? commentEnd(text, at) : undefined;
    if (comment === undefined && held) {
      const closes = character === '}' || character === ']';
      if (!closes || '{[,'.includes(before)) plain.push(',');
      held = false;
    }
    if (comment !== undefined || character === ',') {
      plain.push(text.slice(from, at));
      if (comment === undefined) held = true;
      at = comment ?? at + 1;
      from = at;
    } else {
      before = character;
      at = character === '"' ? stringEnd(text, at) : at + 1;
    }
  }
  plain.push(held ? ',' : '', text.slice(from));
  return plain.join('');
}

/** Behind the comment that begins here; undefined when none does. */
function commentEnd(text: string, at: number): number | undefined {
  const mark = text[at + 1];
  if (mark !== '/' && mark !== '*') return undefined;
  const end = mark === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
  return end < 0 ? text.length : mark === '/' ? end : end + 2;
}

/** Behind the string that begins here. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
