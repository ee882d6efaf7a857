/** One 512-byte tar header and the extended (PAX) records, as data. Formats: v7, ustar, GNU, POSIX.1-2001 pax. */
import { damaged } from './archive-limits.ts';

export const BLOCK = 512;

/** Longest extended header or long name that is read. Real ones are well below 10 kB. */
export const MAX_EXTENDED = 1024 * 1024;

export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** Type flag as a character; `0` for plain files of every dialect. */
  readonly type: string;
  readonly linkName: string;
  /** Old GNU sparse files: another block of the map follows. */
  readonly moreSparse: boolean;
}

/** True when the block holds zeros only: the end mark. */
export function isZeroBlock(chunk: Buffer, at: number): boolean {
  for (let index = at; index < at + BLOCK; index++) if (chunk[index] !== 0) return false;
  return true;
}

/** True when the check sum of a header agrees; old writers summed signed bytes. */
export function checksumFits(chunk: Buffer, at: number): boolean {
  const stated = octal(chunk, at + 148, 8);
  let unsigned = 8 * 32;
  let high = 0;
  for (let index = at; index < at + BLOCK; index++) {
    if (index === at + 148) index += 8;
    const byte = chunk[index]!;
    unsigned += byte;
    if (byte > 127) high++;
  }
  return stated === unsigned || (high > 0 && stated === unsigned - 256 * high);
}

/**
 * Reads the header at `at`; `where` names the place in errors.
 * @throws ScanError target-unreadable when the check sum or the size is wrong.
 */
export function readTarHeader(chunk: Buffer, at: number, where: number): TarHeader {
  if (!checksumFits(chunk, at)) throw damaged(`the check sum of the entry at byte ${where} is wrong`);
  const size = number(chunk, at + 124, 12);
  if (!Number.isSafeInteger(size) || size < 0)
    throw damaged(`the entry at byte ${where} states an impossible size`);
  const flag = chunk[at + 156]!;
  let name = text(chunk, at, 100);
  // Magic `ustar` with NUL is POSIX and has a prefix field; GNU writes blanks there and other things in the prefix.
  const posix = chunk[at + 257] === 0x75 && chunk[at + 261] === 0x72 && chunk[at + 262] === 0;
  if (posix && chunk[at + 345] !== 0) name = `${text(chunk, at + 345, 155)}/${name}`;
  const type = flag === 0 || flag === 0x37 ? '0' : String.fromCharCode(flag);
  return {
    name,
    size,
    type: type === '0' && name.endsWith('/') ? '5' : type,
    linkName: flag === 0x31 || flag === 0x32 ? text(chunk, at + 157, 100) : '',
    moreSparse: flag === 0x53 && chunk[at + 482] === 1,
  };
}

/** Text up to the first NUL. */
function text(chunk: Buffer, at: number, length: number): string {
  let end = at;
  let high = 0;
  for (; end < at + length; end++) {
    const byte = chunk[end]!;
    if (byte === 0) break;
    high |= byte;
  }
  return high < 128 ? chunk.toString('latin1', at, end) : chunk.toString('utf8', at, end);
}

/** Octal text, or GNU's base 256 when the top bit is set. */
function number(chunk: Buffer, at: number, length: number): number {
  if ((chunk[at]! & 0x80) === 0) return octal(chunk, at, length);
  let value = chunk[at] === 0xff ? -1 : chunk[at]! & 0x7f;
  for (let index = at + 1; index < at + length; index++) value = value * 256 + chunk[index]!;
  return value;
}

/** Blanks, octal digits, then blank or NUL; NaN for anything else. */
function octal(chunk: Buffer, at: number, length: number): number {
  let value = 0;
  let index = at;
  const end = at + length;
  while (index < end && chunk[index] === 0x20) index++;
  for (; index < end; index++) {
    const byte = chunk[index]!;
    if (byte === 0 || byte === 0x20) break;
    if (byte < 0x30 || byte > 0x37) return Number.NaN;
    value = value * 8 + byte - 0x30;
  }
  return value;
}

/**
 * Records of an extended header: `length key=value\n`.
 * @throws ScanError target-unreadable when a record does not hold together.
 */
export function readPax(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  let at = 0;
  while (at < bytes.length && bytes[at] !== 0) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 || space - at > 8 ? Number.NaN : Number(bytes.toString('latin1', at, space));
    const equals = bytes.indexOf(0x3d, space + 1);
    const end = at + length;
    // Also false for NaN.
    if (!(end <= bytes.length && equals > space && equals < end && bytes[end - 1] === 0x0a))
      throw damaged('an extended header is malformed');
    records.set(bytes.toString('utf8', space + 1, equals), bytes.toString('utf8', equals + 1, end - 1));
    at = end;
  }
  return records;
}

/** The name in a GNU long name entry. */
export function readLongName(bytes: Buffer): string {
  return text(bytes, 0, bytes.length);
}
