/** The paths git tracks, read from the index file: no process, no hooks, no configuration of the repository at work. */
import * as fs from 'node:fs';

export interface Tracked {
  readonly files: ReadonlySet<string>;
  /** Folders that hold tracked files. */
  readonly folders: ReadonlySet<string>;
}

const MAX_BYTES = 128 * 1024 * 1024;
/** Times, numbers and size before the object id. */
const STAT_BYTES = 40;

/** Undefined when there is no index or it is not understood: then nothing is known, and every file counts as tracked. */
export function readTracked(indexFile: string, sha256 = false): Tracked | undefined {
  try {
    const stat = fs.statSync(indexFile);
    if (!stat.isFile() || stat.size > MAX_BYTES) return undefined;
    return parseIndex(fs.readFileSync(indexFile), sha256 ? 32 : 20);
  } catch {
    return undefined;
  }
}

/** Versions 2 to 4 of the index format (git's documentation, "index-format"). */
export function parseIndex(bytes: Buffer, idBytes: number): Tracked | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  if (version < 2 || version > 4) return undefined;
  const files = new Set<string>();
  const folders = new Set<string>();
  let previous = '';
  let at = 12;
  for (let left = bytes.readUInt32BE(8); left > 0; left--) {
    const start = at;
    const flagsAt = at + STAT_BYTES + idBytes;
    if (flagsAt + 2 > bytes.length) return undefined;
    const extended = version > 2 && (bytes.readUInt16BE(flagsAt) & 0x4000) !== 0;
    let nameAt = flagsAt + (extended ? 4 : 2);
    let kept = '';
    if (version === 4) {
      const strip = readOffset(bytes, nameAt);
      if (strip === undefined || strip.value > Buffer.byteLength(previous)) return undefined;
      kept = Buffer.from(previous)
        .subarray(0, Buffer.byteLength(previous) - strip.value)
        .toString();
      nameAt = strip.next;
    }
    const end = bytes.indexOf(0, nameAt);
    if (end < 0) return undefined;
    const path = kept + bytes.toString('utf8', nameAt, end);
    previous = path;
    files.add(path);
    addFolders(path, folders);
    // Entries of versions 2 and 3 are padded with 1 to 8 NULs to a multiple of 8.
    at = version === 4 ? end + 1 : start + (((end - start) >> 3) + 1) * 8;
  }
  return { files, folders };
}

function addFolders(path: string, folders: Set<string>): void {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const folder = path.slice(0, slash);
    if (folders.has(folder)) return;
    folders.add(folder);
  }
}

/** git's variable-length number, with one added per byte. */
function readOffset(bytes: Buffer, at: number): { value: number; next: number } | undefined {
  let byte = bytes[at];
  if (byte === undefined) return undefined;
  let value = byte & 0x7f;
  let next = at + 1;
  while ((byte & 0x80) !== 0) {
    byte = bytes[next++];
    if (byte === undefined || value > 1e7) return undefined;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next };
}
