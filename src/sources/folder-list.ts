/** What lies in a folder, whatever bytes its names are made of. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { NoticeLog } from './notice-log.ts';

/** Where something is on disk: bytes when its name is no valid UTF-8. */
export type Place = string | Buffer;

/** What a listing tells of one name; `raw` when the name is no valid UTF-8. */
export type Listed = Pick<fs.Dirent, 'name' | 'isDirectory' | 'isFile' | 'isSymbolicLink'> & {
  readonly raw?: Buffer;
};

/** The place of a listed name. */
export function below(place: Place, { name, raw }: Listed): Place {
  if (raw === undefined && typeof place === 'string') return `${place}/${name}`;
  return Buffer.concat([
    typeof place === 'string' ? Buffer.from(place) : place,
    Buffer.from('/'),
    raw ?? Buffer.from(name),
  ]);
}

/** The names in a folder, sorted; none and a notice when it cannot be listed. */
export function list(folder: string, place: Place, notices: NoticeLog): readonly Listed[] {
  try {
    const entries = fs.readdirSync(place, { withFileTypes: true });
    const isOdd = entries.some(({ name }) => name.includes('\ufffd'));
    const listed: Listed[] = isOdd ? listRaw(place) : entries;
    return listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    notices.add('folder-unreadable', `the folder cannot be listed (${code})`, folder);
    return [];
  }
}

/** A listing by bytes: a name that is no valid UTF-8 must not hide what it names. */
function listRaw(place: Place): Listed[] {
  return fs.readdirSync(place, { withFileTypes: true, encoding: 'buffer' }).map((entry) => {
    const name = entry.name.toString('utf8');
    return {
      name,
      isDirectory: () => entry.isDirectory(),
      isFile: () => entry.isFile(),
      isSymbolicLink: () => entry.isSymbolicLink(),
      ...(Buffer.from(name).equals(entry.name) ? {} : { raw: entry.name }),
    };
  });
}

/** The real path of a link to a regular file inside the root, else undefined and a notice. */
export function linkTarget(root: string, name: string, place: Place, notices: NoticeLog): Place | undefined {
  const skip = (code: string, message: string) => void notices.add(code, message, name);
  try {
    const target = fs.realpathSync.native(place, { encoding: 'buffer' });
    const stat = fs.statSync(target);
    if (stat.isDirectory()) return undefined;
    if (!stat.isFile()) return skip('link-skipped', 'the link leads to no regular file') as undefined;
    const inside = Buffer.from(root.endsWith(path.sep) ? root : root + path.sep);
    if (!target.subarray(0, inside.length).equals(inside))
      return skip('link-outside', 'the link leads out of the folder and is not followed') as undefined;
    return target;
  } catch {
    return skip('link-dangling', 'the link leads nowhere') as undefined;
  }
}
