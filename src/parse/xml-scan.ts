/** A small scanner for well-formed XML; elements and text only, no entities beyond the five of XML. */

/** What the scanner tells, in order. */
export interface XmlHandler {
  /** `offset` is the place of the tag in the text. */
  open(name: string, attributes: ReadonlyMap<string, string>, depth: number, offset: number): void;
  text(text: string, depth: number): void;
  close(name: string, depth: number): void;
}

/** Elements deeper than this are refused. */
const MAX_DEPTH = 200;
const NAME = /[A-Za-z_:\u0080-\uFFFF][-A-Za-z0-9._:\u0080-\uFFFF]*/y;
const BLANK = /[ \t\r\n]*/y;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|apos|quot));/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' };

/**
 * Scans the first element of `text` with all it holds. Depth 1 is the root.
 * Out: false when the text is not well-formed up to the end of that element.
 */
export function scanXml(text: string, handler: XmlHandler): boolean {
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const tag = text.indexOf('<', at);
    if (tag < 0) return false;
    if (tag > at && open.length > 0) {
      const plain = decode(text.slice(at, tag));
      if (plain === undefined) return false;
      handler.text(plain, open.length);
    }
    const skipped = skipMarkup(text, tag);
    if (skipped !== undefined) {
      if (skipped < 0) return false;
      if (open.length > 0 && text.startsWith('<![CDATA[', tag))
        handler.text(text.slice(tag + 9, skipped - 3), open.length);
      at = skipped;
      continue;
    }
    if (text.charCodeAt(tag + 1) === 47) {
      const name = match(NAME, text, tag + 2);
      const end = tag + 2 + name.length + match(BLANK, text, tag + 2 + name.length).length;
      if (text[end] !== '>' || open.pop() !== name) return false;
      handler.close(localName(name), open.length + 1);
      if (open.length === 0) return true;
      at = end + 1;
      continue;
    }
    const element = readTag(text, tag + 1);
    if (element === undefined || open.length >= MAX_DEPTH) return false;
    handler.open(localName(element.name), element.attributes, open.length + 1, tag);
    at = element.end;
    if (!element.isEmpty) open.push(element.name);
    else {
      handler.close(localName(element.name), open.length + 1);
      if (open.length === 0) return true;
    }
  }
  return false;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** End of a comment, CDATA section, declaration or instruction; -1 when it is broken, undefined for a tag. */
function skipMarkup(text: string, at: number): number | undefined {
  if (text.startsWith('<!--', at)) {
    const end = text.indexOf('--', at + 4);
    return end >= 0 && text[end + 2] === '>' ? end + 3 : -1;
  }
  if (text.startsWith('<![CDATA[', at)) return after(text, ']]>', at);
  if (text.startsWith('<?', at)) {
    const end = after(text, '?>', at);
    const encoding =
      end < 0
        ? null
        : /^<\?xml\s[^?]*?encoding\s*=\s*["']([^"']*)["']/.exec(text.slice(at, end).slice(0, 200));
    return encoding !== null && encoding[1]?.toLowerCase() !== 'utf-8' ? -1 : end;
  }
  return text.startsWith('<!', at) ? after(text, '>', at) : undefined;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly isEmpty: boolean;
  readonly end: number;
}

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

function readTag(text: string, from: number): Tag | undefined {
  const name = match(NAME, text, from);
  if (name === '') return undefined;
  let at = from + name.length;
  let attributes: Map<string, string> | undefined;
  for (;;) {
    at += match(BLANK, text, at).length;
    if (text[at] === '>')
      return { name, attributes: attributes ?? NO_ATTRIBUTES, isEmpty: false, end: at + 1 };
    if (text[at] === '/') {
      if (text[at + 1] !== '>') return undefined;
      return { name, attributes: attributes ?? NO_ATTRIBUTES, isEmpty: true, end: at + 2 };
    }
    const key = match(NAME, text, at);
    at += key.length;
    at += match(BLANK, text, at).length;
    if (key === '' || text[at] !== '=') return undefined;
    at += 1 + match(BLANK, text, at + 1).length;
    const quote = text[at];
    if (quote !== '"' && quote !== "'") return undefined;
    const end = text.indexOf(quote, at + 1);
    const value = end < 0 ? undefined : decode(text.slice(at + 1, end));
    if (value === undefined || value.includes('<')) return undefined;
    attributes ??= new Map();
    attributes.set(localName(key), value);
    at = end + 1;
  }
}

/** Entities replaced; undefined when one is unknown. */
function decode(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let count = 0;
  const out = text.replace(
    ENTITY,
    (_all, decimal: string | undefined, hex: string | undefined, name: string) => {
      count++;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (name !== undefined) return NAMED[name] ?? '';
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
    },
  );
  return count === text.split('&').length - 1 ? out : undefined;
}
