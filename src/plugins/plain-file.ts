/** A file as evidence sees it, made of plain data: it comes from another thread, or from a case table. */
import { type EntryKind, HEAD_BYTES, repoPath, type SourceFile } from '../core/index.ts';

/** What a visit needs to know of a file. */
export interface FileData {
  readonly path: string;
  readonly size: number | undefined;
  readonly kind: EntryKind;
  readonly head: Uint8Array;
  /** Empty when the kind did not ask for the whole. */
  readonly bytes: Uint8Array;
  readonly truncated: boolean;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const NOTHING = new Uint8Array(0);

/** The file object with its memory of decoded and parsed forms. */
export function plainFile(data: FileData): SourceFile {
  let text: string | undefined;
  let headText: string | undefined;
  const models = new Map<unknown, unknown>();
  const once = <T>(parser: unknown, run: () => T): T => {
    if (!models.has(parser)) models.set(parser, run());
    return models.get(parser) as T;
  };
  const file: SourceFile = {
    ...repoPath(data.path),
    size: data.size,
    kind: data.kind,
    head: data.head,
    bytes: data.bytes,
    truncated: data.truncated,
    text: () => (text ??= decoder.decode(data.bytes)),
    headText: () => (headText ??= decoder.decode(data.head)),
    parsed: (parse) => once(parse, () => parse(file.text(), data.path)),
    parsedBytes: (parse) => once(parse, () => parse(data.bytes, data.path)),
  };
  return file;
}

/** Plain data of a file being visited: copies, since the visited one's bytes are gone after the visit. */
export function dataOf(file: SourceFile): FileData {
  const { path, size, kind, truncated } = file;
  const bytes = file.bytes.slice();
  const head = bytes.length > 0 ? bytes.slice(0, HEAD_BYTES) : file.head.slice();
  return { path, size, kind, head, bytes, truncated };
}

/** A file of a case table: its text, or its bytes in hex after `hex:`. */
export function caseFile(path: string, content: string, read: 'name' | 'head' | 'whole'): FileData {
  const bytes = content.startsWith('hex:')
    ? Uint8Array.from(Buffer.from(content.slice(4), 'hex'))
    : Buffer.from(content);
  return {
    path,
    size: bytes.length,
    kind: 'file',
    head: read === 'name' ? NOTHING : bytes.subarray(0, HEAD_BYTES),
    bytes: read === 'whole' ? bytes : NOTHING,
    truncated: false,
  };
}
