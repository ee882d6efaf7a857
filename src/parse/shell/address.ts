import { baseName } from './script-files.ts';

/** An address as far as the rules look at it. */
export interface Address {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
}

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
const CONTROL = /[\x00-\x1f\x7f]/;
/** ASCII characters that may not stand in a host name. */
const BAD_HOST = /[\x00-\x20#%/?@\\^`{|}]/;
const USER_INFO = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

/**
 * Reads `text` as an address by RFC 3986 the way strict address parsers do.
 * `absolute`: only absolute addresses and absolute paths are accepted, and `#` has no meaning.
 * Out: undefined when it is refused.
 */
export function parseAddress(text: string, absolute: boolean): Address | undefined {
  let rest = text;
  if (!absolute) {
    const hash = rest.indexOf('#');
    if (hash >= 0) {
      if (BAD_ESCAPE.test(rest.slice(hash + 1))) return undefined;
      rest = rest.slice(0, hash);
    }
  }
  if (CONTROL.test(rest) || (absolute && rest === '')) return undefined;
  if (rest === '*') return { scheme: '', host: '', path: '*' };
  if (rest.startsWith(':')) return undefined;
  const scheme = SCHEME.exec(rest)?.[0].slice(0, -1).toLowerCase() ?? '';
  if (scheme !== '') rest = rest.slice(scheme.length + 1);
  const question = rest.indexOf('?');
  if (question >= 0) rest = rest.slice(0, question);
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme, host: '', path: '' };
    const slash = rest.indexOf('/');
    if (absolute || (slash < 0 ? rest : rest.slice(0, slash)).includes(':')) return undefined;
  }
  let host = '';
  if (rest.startsWith('//') && (scheme !== '' || (!absolute && !rest.startsWith('///')))) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    const at = authority.lastIndexOf('@');
    host = authority.slice(at + 1);
    const user = at < 0 ? '' : authority.slice(0, at);
    if (!USER_INFO.test(user) || BAD_ESCAPE.test(user) || !isValidHost(scheme, host)) return undefined;
  }
  if (BAD_ESCAPE.test(rest)) return undefined;
  return { scheme, host, path: unescapePath(rest) };
}

function isValidHost(scheme: string, host: string): boolean {
  if (host.startsWith('[')) return /^\[[0-9A-Fa-f:.]+(%25[^\]]+)?\](:\d*)?$/.test(host);
  if (host.includes('[')) return false;
  const web = scheme === 'http' || scheme === 'https';
  const colon = web ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon >= 0 && !/^:\d*$/.test(host.slice(colon))) return false;
  return !BAD_HOST.test(host.replace(/%[89A-Fa-f][0-9A-Fa-f]/g, ''));
}

function unescapePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const FULL_COMMIT = /^[0-9A-Fa-f]{40}$/;

/** True for a raw file address on the forge's raw host whose ref is a full commit. */
export function isCommitAddress(address: Address): boolean {
  if (address.scheme !== 'https' || address.host !== 'raw.githubusercontent.com') return false;
  const segments = address.path.split('/');
  return segments.length > 4 && FULL_COMMIT.test(segments[3] ?? '');
}

/**
 * True unless every address among the words names a file at a full commit (and there is one).
 * Reference: file-checks 8.6, "pinned URL set".
 */
export function hasUnpinnedAddress(words: readonly string[]): boolean {
  if (!words.some((word) => word.includes('raw.githubusercontent.com'))) return true;
  let pinned = 0;
  for (const word of words) {
    const address = parseAddress(stripQuotes(word), true);
    if (address === undefined) continue;
    if (!isCommitAddress(address)) return true;
    pinned++;
  }
  return pinned === 0;
}

/** Takes off one pair of surrounding quotes. */
export function stripQuotes(word: string): string {
  const first = word.charCodeAt(0);
  if ((first !== 39 && first !== 34) || word.length < 2) return word;
  return word.charCodeAt(word.length - 1) === first ? word.slice(1, -1) : word;
}

/** File name a download of this address gets by default; undefined when the address is refused. */
export function addressBaseName(text: string): string | undefined {
  const address = parseAddress(text, false);
  return address === undefined ? undefined : baseName(address.path);
}

/** Shortest equal path: no empty, `.` or resolvable `..` elements. */
export function cleanPath(path: string): string {
  if (path === '') return '.';
  if (!path.includes('/')) return path;
  const rooted = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
    else if (!rooted) out.push(part);
  }
  const text = out.join('/');
  if (rooted) return `/${text}`;
  return text === '' ? '.' : text;
}

/** Path without its last element, cleaned. */
export function folderOf(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}
