/** A small tar writer, only to add hostile entries to an archive. */
import { gunzipSync, gzipSync } from 'node:zlib';

const BLOCK = 512;

interface Header {
  readonly name: string;
  readonly size?: number;
  /** 0 file, 1 hard link, 2 symbolic link, 6 fifo. */
  readonly type?: '0' | '1' | '2' | '6';
  readonly link?: string;
}

function header({ name, size = 0, type = '0', link = '' }: Header): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, 100);
  block.write(octal(0o644, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(1_700_000_000, 11), 100);
  block.fill(' ', 148, 156);
  block.write(type, 156);
  block.write(link, 157, 100);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function file(name: string, text: string): Buffer[] {
  const body = Buffer.from(text);
  return [header({ name, size: body.length }), body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)];
}

const NEVER = 'should never be written\n';

/** The blocks of one hostile part; `top` is the archive's top folder with a slash. */
function hostilePart(part: string, top: string): Buffer[] {
  const [kind, count = '0'] = part.split(':');
  if (kind === 'traversal') return file(`${top}../../../../sim-escaped.txt`, NEVER);
  if (kind === 'absolute') return file('/sim-escaped-abs.txt', NEVER);
  if (kind === 'symlink') {
    return [
      header({ name: `${top}exit`, type: '2', link: '../../../..' }),
      ...file(`${top}exit/sim-escaped-link.txt`, NEVER),
    ];
  }
  if (kind === 'hardlink') return [header({ name: `${top}passwd-copy`, type: '1', link: '/etc/passwd' })];
  if (kind === 'fifo') return [header({ name: `${top}pipe`, type: '6' })];
  if (kind === 'dup') return file(`${top}README.md`, '# replaced by a second entry\n');
  if (kind === 'many')
    return Array.from({ length: Number(count) }, (_, i) => file(`${top}many/f${i}.txt`, 'x')).flat();
  if (kind === 'bomb') {
    const megabyte = Buffer.alloc(1 << 20);
    const size = Number(count) * megabyte.length;
    return [header({ name: `${top}big.bin`, size }), ...Array<Buffer>(Number(count)).fill(megabyte)];
  }
  throw new Error(`unknown hostile part of an archive: ${part}`);
}

/** A gzipped tar with hostile entries added before its end. */
export function addHostileEntries(tarball: Uint8Array, parts: readonly string[]): Buffer {
  const tar = gunzipSync(tarball);
  let end = tar.length;
  while (end >= BLOCK && tar.subarray(end - BLOCK, end).every((byte) => byte === 0)) end -= BLOCK;
  const top = topFolder(tar);
  const added = parts.flatMap((part) => hostilePart(part, top));
  return gzipSync(Buffer.concat([tar.subarray(0, end), ...added, Buffer.alloc(2 * BLOCK)]), { level: 6 });
}

/** The first entry that is a folder; git puts a comment of the commit id before it. */
function topFolder(tar: Buffer): string {
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const name = tar.toString('utf8', at, tar.indexOf(0, at));
    if (String.fromCharCode(tar[at + 156] as number) === '5') return name;
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8) || 0;
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return '';
}
