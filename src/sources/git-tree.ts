/** The tree of a commit: its listing, and where links lead inside it. */
import { ScanError } from '../core/index.ts';
import { cleanName } from './entry-path.ts';
import type { NoticeLog } from './notice-log.ts';

export interface TreeEntry {
  readonly path: string;
  readonly kind: 'file' | 'symlink' | 'submodule';
  readonly blob: string;
  /** Undefined when the object is not there. */
  readonly size: number | undefined;
}

/**
 * Reads what `git ls-tree -r -z -l` writes.
 * @throws ScanError target-unreadable when it is something else, or has too many entries.
 */
export function readTree(output: Buffer, maxEntries: number, notices: NoticeLog): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    const tab = output.indexOf(9, at);
    if (end < 0 || tab < 0 || tab > end) throw new ScanError('target-unreadable', 'the tree cannot be read');
    const [mode, type, blob, size] = output.toString('latin1', at, tab).split(/ +/) as [
      string,
      string,
      string,
      string,
    ];
    const path = cleanName(output.toString('utf8', tab + 1, end), notices);
    at = end + 1;
    if (path === undefined) continue;
    const kind = type === 'commit' ? 'submodule' : mode === '120000' ? 'symlink' : 'file';
    entries.push({ path, kind, blob, size: /^\d+$/.test(size) ? Number(size) : undefined });
    if (entries.length > maxEntries) throw tooManyEntries(maxEntries);
  }
  return entries;
}

export function tooManyEntries(max: number): ScanError {
  return new ScanError('target-unreadable', `the tree has more than ${max} entries`);
}

/** Where a link leads: a file of the tree, or why to nothing that counts. */
export type LinkEnd = TreeEntry | 'folder' | 'outside' | 'dangling';

/** As on Linux: longer chains are taken for circles. */
const MAX_HOPS = 40;

/** Follows links inside a tree the way a file system would. */
export function linkFollower(
  entries: readonly TreeEntry[],
  targets: ReadonlyMap<string, string>,
): (path: string) => LinkEnd {
  const files = new Map<string, TreeEntry>();
  const folders = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'file') files.set(entry.path, entry);
    else if (entry.kind === 'submodule') folders.add(entry.path);
    for (let slash = entry.path.lastIndexOf('/'); slash > 0; slash = entry.path.lastIndexOf('/', slash - 1)) {
      const folder = entry.path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return (path) => {
    const ahead = path.split('/').reverse();
    const here: string[] = [];
    let hops = 0;
    for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        if (here.pop() === undefined) return 'outside';
        continue;
      }
      here.push(part);
      const place = here.join('/');
      const target = targets.get(place);
      if (target !== undefined) {
        if (++hops > MAX_HOPS) return 'dangling';
        if (target.startsWith('/')) return 'outside';
        here.pop();
        ahead.push(...target.split('/').reverse());
      } else if (ahead.length > 0 && !folders.has(place)) {
        return 'dangling';
      }
    }
    const place = here.join('/');
    return files.get(place) ?? (place === '' || folders.has(place) ? 'folder' : 'dangling');
  };
}
