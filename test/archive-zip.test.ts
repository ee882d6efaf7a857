import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ScanError } from '../src/core/index.ts';
import { type ArchiveOptions, GITHUB_ARCHIVE, openArchive } from '../src/sources/archive.ts';
import { runs } from './support/fuzz.ts';
import { filesOf, pieces, readAll } from './support/snapshot.ts';
import { type ZipPart, zip } from './support/zip.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-zip-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const fromStream = (bytes: Uint8Array, options: ArchiveOptions = {}) => openArchive(pieces(bytes), options);

function fromFile(bytes: Uint8Array, options: ArchiveOptions = {}) {
  const file = join(folder, 'a.zip');
  writeFileSync(file, bytes);
  return openArchive(file, options);
}

async function errorOf(bytes: Uint8Array, options: ArchiveOptions = {}): Promise<string> {
  const messages = [];
  for (const open of [fromStream, fromFile]) {
    try {
      const snapshot = await open(bytes, options);
      try {
        await readAll(snapshot);
      } finally {
        await snapshot.close();
      }
      messages.push('nothing was thrown');
    } catch (error) {
      expect(error).toBeInstanceOf(ScanError);
      expect((error as ScanError).code).toBe('target-unreadable');
      messages.push((error as Error).message);
    }
  }
  expect(messages[0]).toBe(messages[1]);
  return messages[0]!;
}

describe('a zip as a repository', () => {
  const bytes = zip(
    [
      { name: 'r/', store: true, mode: 0o40755 },
      { name: 'r/README.md', content: 'hello' },
      { name: 'r/stored', content: 'as it is', store: true },
      { name: 'r/empty' },
      { name: 'r/late', content: 'sizes come after', descriptor: true },
      { name: 'r/link', content: 'README.md', mode: 0o120777 },
      { name: 'r/big', content: 'abc'.repeat(100_000) },
    ],
    COMMIT,
  );

  it.each([
    ['a file', fromFile],
    ['a stream', fromStream],
  ])('from %s', async (_, open) => {
    const snapshot = await open(bytes);
    expect(snapshot.commit).toBe(COMMIT);
    expect(await readAll(snapshot)).toEqual([
      { path: 'README.md', kind: 'file', text: 'hello' },
      { path: 'stored', kind: 'file', text: 'as it is' },
      { path: 'empty', kind: 'file', text: '' },
      { path: 'late', kind: 'file', text: 'sizes come after' },
      { path: 'link', kind: 'symlink', text: '' },
      { path: 'big', kind: 'file', text: 'abc'.repeat(100_000) },
    ]);
    expect(snapshot.notices()).toEqual([]);
    await snapshot.close();
  });

  it('by the rules of a download', async () => {
    const paths = Object.keys(await filesOf(await fromStream(bytes, GITHUB_ARCHIVE)));
    expect(paths).toEqual(['README.md', 'stored', 'late', 'big']);
  });

  it('gives heads and beginnings of long entries', async () => {
    const noise = Buffer.from(
      Array.from({ length: 400_000 }, (_, index) => (index * index * 31 + index) >> 3),
    );
    const snapshot = await fromStream(
      zip([
        { name: 'deflated', content: noise },
        { name: 'stored', content: noise, store: true },
      ]),
    );
    for await (const entry of snapshot.files()) {
      const opened = await entry.open();
      expect(Buffer.from(await opened.head(1024)).equals(noise.subarray(0, 1024))).toBe(true);
      const { bytes: whole, truncated } = await opened.whole(50_000);
      expect([Buffer.from(whole).equals(noise.subarray(0, 50_000)), truncated]).toEqual([true, true]);
    }
  });

  it('keeps odd names that are names, and leaves out what misleads', async () => {
    const snapshot = await fromStream(
      zip([
        { name: 'new\nline', content: '1' },
        { name: 'ü', content: '2' },
        { name: '', rawName: Buffer.from('é'), flags: 0, content: 'utf-8 without the flag' },
        { name: '', rawName: Buffer.from([0x81, 0x2e, 0x61]), flags: 0, content: 'code page' },
        { name: 'dos\\path', madeBy: 0, content: '3' },
        { name: 'unix\\name', madeBy: 3, content: '4' },
        { name: '../evil', content: 'x' },
        { name: '/abs', content: 'x' },
        { name: 'a\0b', content: 'x' },
        { name: 'x/.git/config', content: 'x' },
        { name: 'fifo', mode: 0o10644 },
        { name: 'ü', content: 'second' },
      ]),
    );
    expect(await filesOf(snapshot)).toEqual({
      'new\nline': '1',
      ü: '2',
      é: 'utf-8 without the flag',
      'ü.a': 'code page',
      'dos/path': '3',
      'unix\\name': '4',
    });
    expect(snapshot.notices().map((notice) => notice.code)).toEqual([
      'entry-outside',
      'entry-outside',
      'entry-name',
      'entry-special',
      'entry-duplicate',
    ]);
  });

  it('of the empty repository', async () => {
    expect(await readAll(await fromStream(zip([])))).toEqual([]);
  });

  it('of more than 65,535 entries', async () => {
    const parts = Array.from(
      { length: 3 },
      (_, index): ZipPart => ({ name: `f${index}`, content: `${index}` }),
    );
    expect(Object.keys(await filesOf(await fromStream(asZip64(zip(parts)))))).toEqual(['f0', 'f1', 'f2']);
  });
});

/** The same archive with its end record moved to zip64 form. */
function asZip64(bytes: Buffer): Buffer {
  const end = bytes.subarray(bytes.length - 22);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(end.readUInt16LE(8)), 24);
  record.writeBigUInt64LE(BigInt(end.readUInt16LE(10)), 32);
  record.writeBigUInt64LE(BigInt(end.readUInt32LE(12)), 40);
  record.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(bytes.length - 22), 8);
  locator.writeUInt32LE(1, 16);
  const short = Buffer.from(end);
  short.fill(0xff, 8, 20);
  return Buffer.concat([bytes.subarray(0, bytes.length - 22), record, locator, short]);
}

describe('a zip that cannot be trusted is never scored', () => {
  const parts: readonly ZipPart[] = [
    { name: 'a', content: 'first' },
    { name: 'b', content: 'x'.repeat(500), store: true },
  ];
  const good = zip(parts);
  const big = 'abc'.repeat(5000);

  it.each<[string, Buffer, string]>([
    ['cut at the end', good.subarray(0, good.length - 5), 'table of contents'],
    ['cut in the middle', good.subarray(0, 200), 'table of contents'],
    ['bytes behind the end', Buffer.concat([good, Buffer.from('tail')]), 'table of contents'],
    ['wrong check sum', zip([{ name: 'a', content: 'x', crc: 1 }]), 'check sum'],
    [
      'wrong check sum of a stored entry',
      zip([{ name: 'a', content: 'x', store: true, crc: 1 }]),
      'check sum',
    ],
    ['more than stated', zip([{ name: 'a', content: big, size: 100 }]), 'cannot be unpacked'],
    ['less than stated', zip([{ name: 'a', content: big, size: 99_999 }]), 'another size'],
    ['far less than stated', zip([{ name: 'a', content: big, size: 20_000_000 }]), 'shorter than stated'],
    ['two sizes', zip([{ name: 'a', content: 'x', store: true, size: 7 }]), 'two sizes'],
    ['two names', zip([{ name: 'a', content: 'x', localName: 'b' }]), 'another name'],
    ['encrypted', zip([{ name: 'a', content: 'x', flags: 0x801 }]), 'encrypted'],
    ['another method', zip([{ name: 'a', content: 'x', method: 12 }]), 'method 12'],
    [
      'shared bytes',
      zip([
        { name: 'a', content: 'x' },
        { name: 'a', content: 'x', sameAs: 0 },
      ]),
      'shares bytes',
    ],
    ['bytes before', Buffer.concat([Buffer.from('504b0304', 'hex'), good]), 'table of contents'],
  ])('%s', async (_, bytes, message) => {
    expect(await errorOf(bytes)).toContain(message);
  });

  it('stops at the limits', async () => {
    const zeros = zip([{ name: 'a', content: Buffer.alloc(3_000_000) }]);
    expect(await errorOf(zeros, { limits: { ratioFloor: 1_000_000 } })).toContain('times its size');
    expect(await errorOf(zeros, { limits: { maxBytes: 1_000_000 } })).toContain('1000000 bytes');
    expect(await errorOf(good, { limits: { maxEntries: 1 } })).toContain('1 entries');
    const stream = fromStream(good, { limits: { maxZipInMemory: 100 } });
    await expect(stream).rejects.toThrow('save it as a file');
  });

  it('a folder, and nothing at all', async () => {
    await expect(openArchive(folder)).rejects.toMatchObject({ code: 'target-unreadable' });
    await expect(openArchive(join(folder, 'none.zip'))).rejects.toMatchObject({ code: 'target-not-found' });
  });
});

describe('against another reader and garbage', () => {
  it('reads what yauzl reads', async () => {
    const name = fc
      .array(fc.stringMatching(/^[a-zü][a-z0-9 ._-]{0,40}$/), { minLength: 1, maxLength: 4 })
      .map((names) => names.join('/'));
    const tree = fc.dictionary(name, fc.tuple(fc.string({ maxLength: 20_000, size: 'max' }), fc.boolean()), {
      minKeys: 1,
      maxKeys: 6,
    });
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const bytes = zip(
          Object.entries(files).map(([path, [content, store]]) => ({ name: path, content, store })),
        );
        const expected: Record<string, string> = {};
        const reader = await fromBufferPromise(bytes);
        for await (const entry of reader.eachEntry()) {
          expected[entry.fileName] = Buffer.from(
            await text(await reader.openReadStreamPromise(entry)),
          ).toString('latin1');
        }
        expect(Object.keys(expected)).toHaveLength(Object.keys(files).length);
        expect(await filesOf(await fromStream(bytes, { strip: 0 }))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('of garbage ends in a result or in one clear error', async () => {
    const good = zip(
      [
        { name: 'r/a', content: 'x'.repeat(700) },
        { name: 'r/b', content: 'yz', store: true },
      ],
      COMMIT,
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        try {
          await readAll(await fromStream(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(ScanError);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
