/**
 * The table of contents of a zip (PKWARE APPNOTE 4.3.12 to 4.3.16, zip64 included). It alone is believed: where a local
 * header says otherwise, or entries share bytes, the archive is refused, because two readers would see two archives.
 */
import { type ArchiveLimits, beyondLimit, checkRatio, damaged } from './archive-limits.ts';
import type { RandomBytes } from './random-bytes.ts';

export interface ZipEntry {
  readonly name: string;
  readonly type: 'file' | 'folder' | 'symlink' | 'special';
  /** Bytes after unpacking. */
  readonly size: number;
  readonly packed: number;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly crc: number;
  /** Of the local header. */
  readonly offset: number;
  readonly rawName: Buffer;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  readonly comment: string;
}

const END = 0x06054b50;
const END_BYTES = 22;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const MAX_DIRECTORY = 256 * 1024 * 1024;
const ZIP64 = 0xffffffff;

/** @throws ScanError target-unreadable for damage, limits, encryption and methods other than stored and deflated. */
export function readZipDirectory(source: RandomBytes, limits: ArchiveLimits): ZipDirectory {
  const end = findEnd(source);
  if (end.count > limits.maxEntries) throw beyondLimit(`it has more than ${limits.maxEntries} entries`);
  if (end.size > MAX_DIRECTORY) throw beyondLimit('its table of contents has more than 256 MiB');
  if (end.offset + end.size > end.at) throw damaged('the table of contents lies outside the file');
  const table = Buffer.from(source.read(end.offset, end.size));
  if (table.length < end.size) throw damaged('the table of contents is cut off');
  const entries: ZipEntry[] = [];
  let at = 0;
  let total = 0;
  for (let index = 0; index < end.count; index++) {
    const { entry, next } = readEntry(table, at);
    at = next;
    total += entry.size;
    entries.push(entry);
  }
  if (at !== table.length) throw damaged('the table of contents has bytes beyond its entries');
  checkRatio(source.length, total, limits);
  checkOverlaps(entries, end.offset);
  return { entries, comment: end.comment };
}

interface End {
  readonly at: number;
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  readonly comment: string;
}

/** The end record: the last one whose comment reaches the end of the file exactly. */
function findEnd(source: RandomBytes): End {
  const length = Math.min(source.length, END_BYTES + 0xffff);
  const start = source.length - length;
  const tail = Buffer.from(source.read(start, length));
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length)
      continue;
    const comment = tail.toString('utf8', at + END_BYTES);
    if (tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 6) !== 0)
      throw damaged('it is one part of several');
    const end = {
      at: start + at,
      count: tail.readUInt16LE(at + 10),
      size: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
      comment,
    };
    const wide = end.count === 0xffff || end.size === ZIP64 || end.offset === ZIP64;
    return wide ? findEnd64(source, end) : end;
  }
  throw damaged('the table of contents at its end is missing: it ends early, or is no zip');
}

function findEnd64(source: RandomBytes, end: End): End {
  const locator = source.read(end.at - 20, 20);
  if (end.at < 20 || locator.length < 20 || locator.readUInt32LE(0) !== 0x07064b50) return end;
  const at = wideNumber(locator, 8);
  const record = source.read(at, 56);
  if (at > end.at || record.length < 56 || record.readUInt32LE(0) !== 0x06064b50)
    throw damaged('its zip64 end record is missing');
  return {
    at,
    count: wideNumber(record, 32),
    size: wideNumber(record, 40),
    offset: wideNumber(record, 48),
    comment: end.comment,
  };
}

function wideNumber(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw damaged('a zip64 number is impossible');
  return value;
}

function readEntry(table: Buffer, at: number): { entry: ZipEntry; next: number } {
  if (at + ENTRY_BYTES > table.length || table.readUInt32LE(at) !== ENTRY)
    throw damaged('the table of contents does not hold together');
  const madeBy = table[at + 5]!;
  const flags = table.readUInt16LE(at + 8);
  const nameEnd = at + ENTRY_BYTES + table.readUInt16LE(at + 28);
  const extraEnd = nameEnd + table.readUInt16LE(at + 30);
  const next = extraEnd + table.readUInt16LE(at + 32);
  if (next > table.length) throw damaged('the table of contents does not hold together');
  const rawName = table.subarray(at + ENTRY_BYTES, nameEnd);
  // DOS and Windows writers may use backslashes; elsewhere a backslash is part of the name.
  const decoded = decodeName(rawName, (flags & 0x800) !== 0);
  const name = madeBy === 0 || madeBy === 10 || madeBy === 11 ? decoded.replaceAll('\\', '/') : decoded;
  const wide = withZip64(
    {
      size: table.readUInt32LE(at + 24),
      packed: table.readUInt32LE(at + 20),
      offset: table.readUInt32LE(at + 42),
    },
    table.subarray(nameEnd, extraEnd),
  );
  const type = typeOf(name, madeBy, table.readUInt32LE(at + 38));
  const method = table.readUInt16LE(at + 10);
  if (type !== 'folder') {
    if ((flags & 0x41) !== 0 || method === 99) throw damaged(`${JSON.stringify(name)} is encrypted`);
    if (method !== 0 && method !== 8)
      throw damaged(`${JSON.stringify(name)} is packed with method ${method}, which is not read`);
    if (method === 0 && wide.packed !== wide.size) throw damaged(`${JSON.stringify(name)} states two sizes`);
    // Deflate never grows content by more than a few bytes in each block.
    if (wide.packed > wide.size * 2 + 65_536)
      throw damaged(`${JSON.stringify(name)} is larger packed than plain`);
  }
  return {
    entry: { name, type, method: method as 0 | 8, crc: table.readUInt32LE(at + 16), rawName, ...wide },
    next,
  };
}

type Numbers = Pick<ZipEntry, 'size' | 'packed' | 'offset'>;

/** The zip64 extra field holds, in this order, the numbers that did not fit. */
function withZip64(numbers: Numbers, extra: Buffer): Numbers {
  if (numbers.size !== ZIP64 && numbers.packed !== ZIP64 && numbers.offset !== ZIP64) return numbers;
  const wide = { ...numbers };
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    const field = extra.subarray(at + 4, at + 4 + length);
    if (extra.readUInt16LE(at) === 1) {
      let place = 0;
      for (const key of ['size', 'packed', 'offset'] as const) {
        if (numbers[key] !== ZIP64) continue;
        if (place + 8 > field.length) throw damaged('a zip64 field is cut off');
        wide[key] = wideNumber(field, place);
        place += 8;
      }
      return wide;
    }
    at += 4 + length;
  }
  return wide;
}

/** From the Unix mode where the writer left one. */
function typeOf(name: string, madeBy: number, attributes: number): ZipEntry['type'] {
  if (name.endsWith('/')) return 'folder';
  const format = madeBy === 3 || madeBy === 19 ? (attributes >>> 28) & 0xf : 0;
  if (format === 0xa) return 'symlink';
  if (format === 4) return 'folder';
  return format === 0 || format === 8 ? 'file' : 'special';
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 where it is valid (many writers forget the flag), else the DOS code page the format prescribes. */
function decodeName(bytes: Buffer, utf8: boolean): string {
  if (utf8) return bytes.toString('utf8');
  try {
    return strict.decode(bytes);
  } catch {
    let name = '';
    for (const byte of bytes) name += byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128];
    return name;
  }
}

/** Code page 437, upper half. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Entries that share bytes are how small archives unpack to petabytes. */
function checkOverlaps(entries: readonly ZipEntry[], end: number): void {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  sorted.forEach((entry, index) => {
    const limit = sorted[index + 1]?.offset ?? end;
    if (entry.offset + 30 + entry.rawName.length + entry.packed > limit)
      throw damaged(`${JSON.stringify(entry.name)} shares bytes with another entry`);
  });
}
