/** Reads a snapshot to its end. */
import type { RepoSnapshot } from '../../src/core/index.ts';

export interface ReadEntry {
  readonly path: string;
  readonly kind: string;
  readonly text: string;
}

/** Path, kind and content of every entry; `!` and the message where a single file cannot be read. */
export async function readAll(snapshot: RepoSnapshot, max = 1 << 24): Promise<ReadEntry[]> {
  const all: ReadEntry[] = [];
  for await (const entry of snapshot.files()) {
    if (entry.kind !== 'file') {
      all.push({ path: entry.path, kind: entry.kind, text: '' });
      continue;
    }
    let text: string;
    try {
      const opened = await entry.open();
      const head = Buffer.from(await opened.head(1024));
      const { bytes } = await opened.whole(max);
      text = Buffer.from(bytes).toString('latin1');
      if (!text.startsWith(head.toString('latin1'))) text = '!the head is not the beginning';
      opened.close();
    } catch (error) {
      if ((error as { code?: string }).code === 'target-unreadable') throw error;
      text = `!${(error as Error).message}`;
    }
    all.push({ path: entry.path, kind: entry.kind, text });
  }
  return all;
}

/** Path to content of the files alone. */
export async function filesOf(snapshot: RepoSnapshot): Promise<Record<string, string>> {
  return Object.fromEntries((await readAll(snapshot)).map((entry) => [entry.path, entry.text]));
}

/** The bytes in pieces of the given size. */
export async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
