/** Writes zip archives byte by byte, also wrong ones. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content?: string | Uint8Array;
  readonly store?: boolean;
  /** Unix mode, e.g. 0o120777 for a link. */
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  /** Stated size after unpacking. */
  readonly size?: number;
  /** Name in the local header. */
  readonly localName?: string;
  /** Name bytes, where they are no text. */
  readonly rawName?: Uint8Array;
  /** Writes the sizes after the content and zeros before it. */
  readonly descriptor?: boolean;
  /** Points the entry at another one's bytes. */
  readonly sameAs?: number;
  readonly madeBy?: number;
}

export function zip(parts: readonly ZipPart[], comment = '', before = Buffer.alloc(0)): Buffer {
  const bodies: Buffer[] = [before];
  const table: Buffer[] = [];
  const offsets: number[] = [];
  let at = before.length;
  for (const part of parts) {
    const plain = Buffer.from(part.content ?? '');
    const method = part.method ?? (part.store ? 0 : 8);
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const name = Buffer.from(part.rawName ?? Buffer.from(part.name));
    const localName = part.localName === undefined ? name : Buffer.from(part.localName);
    const flags = (part.flags ?? 0x800) | (part.descriptor ? 8 : 0);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(part.crc ?? crc32(plain), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(part.size ?? plain.length, 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    if (!part.descriptor) sizes.copy(local, 14);
    local.writeUInt16LE(localName.length, 26);
    const mark = Buffer.from('504b0708', 'hex');
    const body = Buffer.concat([local, localName, packed, ...(part.descriptor ? [mark, sizes] : [])]);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central[5] = part.madeBy ?? 3;
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    sizes.copy(central, 16);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(((part.mode ?? 0o100644) << 16) >>> 0, 38);
    central.writeUInt32LE(part.sameAs === undefined ? at : offsets[part.sameAs]!, 42);
    offsets.push(at);
    table.push(central, name);
    if (part.sameAs === undefined) {
      bodies.push(body);
      at += body.length;
    }
  }
  const directory = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...bodies, directory, end, Buffer.from(comment)]);
}
