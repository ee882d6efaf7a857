/** Writes tar archives byte by byte, also wrong ones. */

export interface TarPart {
  readonly name?: string;
  readonly type?: string;
  readonly content?: string | Uint8Array;
  /** Stated size; the content's when absent. */
  readonly size?: number;
  readonly link?: string;
  readonly prefix?: string;
  /** Spoils the check sum. */
  readonly badSum?: boolean;
  /** Raw bytes written into the header before the check sum is made. */
  readonly raw?: readonly (readonly [at: number, bytes: Uint8Array])[];
}

export const END = Buffer.alloc(1024);

/** One header and its padded content. */
export function part(spec: TarPart): Buffer {
  const content = Buffer.from(spec.content ?? '');
  const header = Buffer.alloc(512);
  header.write(spec.name ?? 'file', 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${(spec.size ?? content.length).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(spec.type ?? '0', 156, 'latin1');
  header.write(spec.link ?? '', 157, 100, 'utf8');
  header.write('ustar\x0000', 257, 'latin1');
  header.write(spec.prefix ?? '', 345, 155, 'utf8');
  for (const [at, bytes] of spec.raw ?? []) header.set(bytes, at);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0) + (spec.badSum ? 1 : 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** Records of an extended header. */
export function pax(records: Readonly<Record<string, string>>, type = 'x'): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + 1;
    while (String(length).length + rest !== length) length = String(length).length + rest;
    return `${length} ${key}=${value}\n`;
  });
  return part({ name: 'PaxHeader', type, content: lines.join('') });
}

export function tar(...parts: readonly (TarPart | Buffer)[]): Buffer {
  return Buffer.concat([...parts.map((one) => (Buffer.isBuffer(one) ? one : part(one))), END]);
}
