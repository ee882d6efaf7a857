/** A look at the beginning of a tar before it is read: is it one, which commit, and is there one root folder? */
import { ScanError } from '../core/index.ts';
import { ARCHIVE_LIMITS } from './archive-limits.ts';
import { ByteStream } from './byte-stream.ts';
import { cleanName, firstElement } from './entry-path.ts';
import { NoticeLog } from './notice-log.ts';
import { TarReader } from './tar.ts';
import { BLOCK, checksumFits, isZeroBlock } from './tar-header.ts';

export interface TarStart {
  readonly isTar: boolean;
  /** Out of git's global header. */
  readonly commit?: string;
  /** The folder that everything seen so far is in. */
  readonly root?: string;
}

/** A root folder is one that does not begin with a dot (as `.github/` does) and holds all entries seen. */
export class RootFinder {
  root: string | undefined;
  readonly #quiet = new NoticeLog();

  /** False when the entry shows that there is no root folder. */
  holds(name: string, isFolder: boolean): boolean {
    const path = cleanName(name, this.#quiet);
    if (path === undefined) return true;
    const first = firstElement(path);
    const fits =
      !first.startsWith('.') &&
      (isFolder || first !== path) &&
      (this.root === undefined || this.root === first);
    this.root = fits ? first : undefined;
    return fits;
  }
}

/** Looks at the entries in the first bytes of a tar. */
export async function lookAtTar(window: Buffer): Promise<TarStart> {
  if (window.length < BLOCK) return { isTar: false };
  if (!isZeroBlock(window, 0) && !checksumFits(window, 0)) return { isTar: false };
  const stream = new ByteStream([window].values() as unknown as AsyncIterator<Uint8Array>);
  return { isTar: true, ...(await look(stream)) };
}

/** The root folder of a whole tar; the stream is used up. */
export async function wholeRoot(stream: ByteStream): Promise<string | undefined> {
  try {
    return (await look(stream)).root;
  } finally {
    await stream.close().catch(() => {});
  }
}

async function look(stream: ByteStream): Promise<Omit<TarStart, 'isTar'>> {
  const reader = new TarReader(stream, ARCHIVE_LIMITS, new NoticeLog());
  const finder = new RootFinder();
  try {
    for (let entry = await reader.next(); entry !== undefined; entry = await reader.next())
      if (!finder.holds(entry.name, entry.type === 'folder')) break;
  } catch (error) {
    // The bytes end somewhere; damage is told by the reader proper, with the place.
    if (!(error instanceof ScanError)) throw error;
  }
  return { commit: reader.commit, root: finder.root };
}
