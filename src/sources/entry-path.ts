/** Names inside archives, made into repository paths. Nothing is ever written to disk, so names can only mislead. */
import type { NoticeLog } from './notice-log.ts';

/** Longest path kept; Linux allows 4096 bytes. */
const MAX_PATH = 4096;

/** What a name comes to: a path, the root itself, or nothing to look at. */
export type CleanName = string | undefined;

/**
 * A repository path out of a raw name: `./`, doubled and closing slashes go. Undefined for the root, for anything in a
 * `.git` folder, and, with a notice, for names that leave the archive, are absolute, too long or hold a NUL.
 */
export function cleanName(raw: string, notices: NoticeLog): CleanName {
  if (raw.length > MAX_PATH) {
    notices.add('entry-name', 'an entry with a name of more than 4096 characters was left out');
    return undefined;
  }
  // The common case costs three searches: no hidden, no empty and no dot elements.
  const first = raw.charCodeAt(0);
  const plain = first !== 0x2e && first !== 0x2f && !raw.includes('/.') && !raw.includes('//');
  if (raw.includes('\0')) {
    notices.add('entry-name', 'an entry with a NUL in its name was left out', raw.replaceAll('\0', '\\0'));
    return undefined;
  }
  if (raw.includes('\ufffd')) notices.add('entry-name', 'the name is not valid UTF-8', raw);
  if (plain) return raw.endsWith('/') ? raw.slice(0, -1) : raw === '' ? undefined : raw;
  if (first === 0x2f) {
    notices.add('entry-outside', 'an entry with an absolute name was left out', raw);
    return undefined;
  }
  const parts = raw.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) {
    notices.add('entry-outside', 'an entry whose name leads out of the archive was left out', raw);
    return undefined;
  }
  const git = parts.indexOf('.git');
  if (git >= 0 && git < parts.length - 1) return undefined;
  return parts.length === 0 ? undefined : parts.join('/');
}

/** The path without its first element; undefined when there is no more than one. */
export function withoutFirst(path: string): string | undefined {
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : path.slice(slash + 1);
}

/** The first element of a path. */
export function firstElement(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? path : path.slice(0, slash);
}
