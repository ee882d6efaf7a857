/** What a query of our own asks for, as a tree: enough of the GraphQL grammar to hold an answer against it. */

export interface Field {
  /** Under which name the value stands in the answer. */
  readonly key: string;
  readonly name: string;
  /** Asked of one type among several (`...on X`): it may be absent. */
  readonly optional: boolean;
  /** What is asked of the value; undefined for a plain one. */
  readonly inside: readonly Field[] | undefined;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\.\.\.|[^\s,]/g;

/** The fields of a query; the texts of queries are our own, so nothing is tested that we do not write. */
export function selectionOf(query: string): readonly Field[] {
  const tokens: readonly string[] = query.match(TOKENS) ?? [];
  const start = tokens.indexOf('{');
  return start < 0 ? [] : fieldsFrom({ tokens, at: start + 1 }, false);
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

/** Reads up to and over the closing brace. */
function fieldsFrom(reader: Reader, optional: boolean): Field[] {
  const fields: Field[] = [];
  for (;;) {
    const token = reader.tokens[reader.at++];
    if (token === undefined || token === '}') return fields;
    if (token === '...') {
      reader.at += 3; // on TYPE {
      fields.push(...fieldsFrom(reader, true));
      continue;
    }
    const aliased = reader.tokens[reader.at] === ':';
    const name = aliased ? reader.tokens[reader.at + 1]! : token;
    if (aliased) reader.at += 2;
    if (reader.tokens[reader.at] === '(') skipArguments(reader);
    const nested = reader.tokens[reader.at] === '{';
    if (nested) reader.at++;
    fields.push({ key: token, name, optional, inside: nested ? fieldsFrom(reader, false) : undefined });
  }
}

function skipArguments(reader: Reader): void {
  for (let depth = 0; reader.at < reader.tokens.length; ) {
    const token = reader.tokens[reader.at++];
    if (token === '(') depth++;
    else if (token === ')' && --depth === 0) return;
  }
}
