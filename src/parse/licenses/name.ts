/**
 * Licence files by name, the reference's grammar (file-checks 6.2) read by hand in linear time. Accepted paths start
 * with an optional licence id, then a word such as `LICENSE`, then optionally another id and an extension; the only
 * slash allowed is the one right after the word.
 */

/** A name taken apart. */
interface Parts {
  /** The word itself, as written. */
  readonly word: string;
  readonly id: string;
  /** The word names a folder. */
  readonly folder: boolean;
  /** Letters after a separator, only when no id stands there. */
  readonly tail: string;
  /** How much of the path was understood. */
  readonly length: number;
}

const WORD = /patents?|copying|copyright|licen[sc]es?/gi;
const WORD_HERE = /patents?|copying|copyright|licen[sc]es?/iy;

/** Allowed in extensions, anywhere in them. */
const TEXT_EXTENSION = /\.(?:adoc|asc|docx?|ext|html|markdown|md|rst|txt|xml)/i;

/** Cheap test for most paths: no licence file lies deeper than one folder. */
export function mayNameLicense(path: { readonly folder: string; readonly lower: string }): boolean {
  if (path.folder.includes('/')) return false;
  const { lower } = path;
  return lower.includes('licen') || lower.includes('copy') || lower.includes('patent');
}

/**
 * The licence id that a path names, `` when it names a licence file without an id, undefined when it names none.
 */
export function licenseNamedBy(path: string): string | undefined {
  const parts = takeApart(path);
  if (parts === undefined) return undefined;
  if (parts.word === path) return '';
  const { id, extension } = settle(parts, extensionOf(path, parts.word));
  const matched = path.slice(0, parts.length);
  if (matched !== path) {
    if (!parts.folder && id === '') return undefined;
    return matched + extension === path ? id : undefined;
  }
  return extension === '' || TEXT_EXTENSION.test(extension) ? id : undefined;
}

function takeApart(path: string): Parts | undefined {
  const found = findWord(path);
  if (found === undefined) return undefined;
  const { at, word } = found;
  const before = path.slice(0, at).replace(/[-_]$/, '');
  let next = at + word.length;
  const folder = path[next] === '/';
  if (next < path.length && '-_./'.includes(path[next]!)) next++;
  const end = idEnd(path, next);
  const tail = end === next ? (/^\.?[A-Za-z]+/.exec(path.slice(next))?.[0] ?? '') : '';
  const id = before !== '' ? before : path.slice(next, end);
  return { word, id: id.toLowerCase() === 'un' ? 'UNLICENSE' : id, folder, tail, length: end + tail.length };
}

/** The last word that an id (or nothing) leads to from the start of the path: the grammar is greedy. */
function findWord(path: string): { at: number; word: string } | undefined {
  let last: { at: number; word: string } | undefined;
  const slash = path.indexOf('/');
  const first = slash < 0 ? path : path.slice(0, slash);
  const reach = idEnd(first, 0);
  WORD.lastIndex = 0;
  for (let hit = WORD.exec(first); hit !== null; hit = WORD.exec(first)) {
    const separated = hit.index > 0 && '-_'.includes(first[hit.index - 1]!) ? 1 : 0;
    const before = hit.index - separated;
    if (before !== 0 && before > reach) break;
    if (before === 0 || !'-_'.includes(first[before - 1]!)) last = { at: hit.index, word: hit[0] };
    WORD.lastIndex = hit.index + 1; // words may overlap
  }
  if (last === undefined) return undefined;
  WORD_HERE.lastIndex = last.at;
  return { at: last.at, word: WORD_HERE.exec(path)![0] };
}

/** Where an id that starts here ends: letters and digits and dots, each optionally led by one dash or underscore. */
function idEnd(text: string, from: number): number {
  if (!isAlphanumeric(text.charCodeAt(from))) return from;
  let end = from + 1;
  for (;;) {
    const skip = '-_'.includes(text[end] ?? ' ') ? 1 : 0;
    const code = text.charCodeAt(end + skip);
    if (!isAlphanumeric(code) && code !== 0x2e) return end;
    end += skip + 1;
  }
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** From the last dot of the base name; nothing when it holds the word (`.LICENSE`). */
function extensionOf(path: string, word: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  const extension = dot < 0 ? '' : base.slice(dot);
  return extension.includes(word) ? '' : extension;
}

/** Decides what belongs to the id and what to the extension (file-checks 6.2, step 4). */
function settle(parts: Parts, extension: string): { id: string; extension: string } {
  const { id } = parts;
  if (id === '' || extension === '') return { id, extension };
  if (extension.includes(id)) return { id: '', extension };
  if (id.includes(extension)) {
    if (!TEXT_EXTENSION.test(extension) && /\.\d/.test(id)) return { id, extension: '' };
    return { id: id.replaceAll(extension, ''), extension };
  }
  return { id: extension === parts.tail ? id : id + parts.tail, extension };
}
