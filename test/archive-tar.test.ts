import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { ScanError } from '../src/core/index.ts';
import { type ArchiveOptions, GITHUB_ARCHIVE, openArchive } from '../src/sources/archive.ts';
import { cpuTime } from './support/cpu.ts';
import { runs } from './support/fuzz.ts';
import { temporaryFolder } from './support/git.ts';
import { filesOf, pieces, readAll } from './support/snapshot.ts';
import { END, part, pax, type TarPart, tar } from './support/tar.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

const open = (bytes: Uint8Array, options: ArchiveOptions = {}, size?: number) =>
  openArchive(pieces(bytes, size), options);

async function errorOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(ScanError);
    expect((error as ScanError).code).toBe('target-unreadable');
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

const errorOfArchive = (bytes: Uint8Array, options: ArchiveOptions = {}) =>
  errorOf(async () => readAll(await open(bytes, options)));

describe('a tar as a repository', () => {
  it('takes off the root folder and tells the commit that git wrote', async () => {
    const bytes = tar(
      pax({ comment: COMMIT }, 'g'),
      { name: 'repo-1/', type: '5' },
      { name: 'repo-1/README.md', content: 'hello' },
      { name: 'repo-1/.github/', type: '5' },
      { name: 'repo-1/.github/a.yml', content: 'on: push' },
      { name: 'repo-1/empty' },
      { name: 'repo-1/link', type: '2', link: 'README.md' },
    );
    for (const packed of [bytes, gzipSync(bytes), zstdCompressSync(bytes)]) {
      const snapshot = await open(packed);
      expect(snapshot.commit).toBe(COMMIT);
      expect(snapshot.source).toBe('archive');
      expect(await readAll(snapshot)).toEqual([
        { path: 'README.md', kind: 'file', text: 'hello' },
        { path: '.github/a.yml', kind: 'file', text: 'on: push' },
        { path: 'empty', kind: 'file', text: '' },
        { path: 'link', kind: 'symlink', text: '' },
      ]);
      expect(snapshot.notices()).toEqual([]);
    }
    expect(Object.keys(await filesOf(await open(bytes, GITHUB_ARCHIVE)))).toEqual([
      'README.md',
      '.github/a.yml',
    ]);
  });

  const roots: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['a dot folder is no root', ['.github/x', '.github/y'], ['.github/x', '.github/y']],
    ['two folders are no root', ['a/x', 'b/y'], ['a/x', 'b/y']],
    ['a file at the top is no root', ['README', 'a/x'], ['README', 'a/x']],
    ['names that begin with ./', ['./', './a/x', './b'], ['a/x', 'b']],
    ['a root below ./', ['./r/', './r/a', './r/b/c'], ['a', 'b/c']],
  ];
  it.each(roots)('%s', async (_, names, paths) => {
    const bytes = tar(
      ...names.map((name): TarPart => ({ name, type: name.endsWith('/') ? '5' : '0', content: '' })),
    );
    expect(Object.keys(await filesOf(await open(bytes)))).toEqual(paths);
  });

  it('obeys what is said about the root', async () => {
    const bytes = tar({ name: 'r/a', content: '1' }, { name: 'r/b', content: '2' });
    expect(Object.keys(await filesOf(await open(bytes, { strip: 0 })))).toEqual(['r/a', 'r/b']);
    const two = tar({ name: 'r/a', content: '1' }, { name: 's/b', content: '2' }, { name: 'top' });
    expect(Object.keys(await filesOf(await open(two, { strip: 1 })))).toEqual(['a', 'b']);
  });

  it('looks at all entries of a file before it takes a plain folder for the root', async () => {
    const folder = temporaryFolder();
    const parts = (root: string) => [
      { name: `${root}/`, type: '5' },
      { name: `${root}/big`, content: Buffer.alloc(300_000) },
      { name: 'other', content: '1' },
    ];
    const file = join(folder.path, 'a.tar.gz');
    const paths = async (...all: TarPart[]) => {
      writeFileSync(file, gzipSync(tar(...all)));
      return Object.keys(await filesOf(await openArchive(file)));
    };
    expect(await paths(...parts('src'))).toEqual(['src/big', 'other']);
    expect(await paths(...parts('src').slice(0, 2))).toEqual(['big']);
    await expect(paths(...parts('src-1.0'))).rejects.toMatchObject({ code: 'target-unreadable' });
    folder.remove();
  });

  it('does not guess when an entry of a stream is outside the root', async () => {
    const bytes = tar(
      { name: 'r/', type: '5' },
      { name: 'r/big', content: Buffer.alloc(300_000) },
      { name: 'other', content: '1' },
    );
    expect(await errorOfArchive(bytes)).toContain('begins with the folder r');
    expect(Object.keys(await filesOf(await open(bytes, { strip: 0 })))).toEqual(['r/big', 'other']);
  });

  it('reads long names of both dialects, large sizes and prefixes', async () => {
    const long = `r/${'d/'.repeat(120)}name.txt`;
    const bytes = tar(
      { name: 'r/', type: '5' },
      pax({ path: long }),
      { name: 'r/cut', content: 'pax' },
      { name: '././@LongLink', type: 'L', content: `${long}2\0` },
      { name: 'r/cut', content: 'gnu' },
      { name: 'leaf', prefix: 'r/prefix', content: 'ustar' },
      pax({ size: '4' }),
      part({ name: 'r/paxsize', size: 0, content: '' }),
      Buffer.concat([Buffer.from('four'), Buffer.alloc(508)]),
      // Base 256 size, as GNU writes it.
      { name: 'r/base256', content: 'xyz', raw: [[124, Buffer.from('800000000000000000000003', 'hex')]] },
      {
        name: 'r/v7',
        content: 'v7',
        raw: [
          [257, Buffer.alloc(8)],
          [156, Buffer.alloc(1)],
        ],
      },
      {
        name: 'r/gnu',
        content: 'g',
        raw: [
          [257, Buffer.from('ustar  \0')],
          [345, Buffer.from('12345')],
        ],
      },
    );
    expect(await filesOf(await open(bytes))).toEqual({
      [long.slice(2)]: 'pax',
      [`${long.slice(2)}2`]: 'gnu',
      'prefix/leaf': 'ustar',
      paxsize: 'four',
      base256: 'xyz',
      v7: 'v7',
      gnu: 'g',
    });
  });

  it('keeps odd names that are names, and leaves out what misleads', async () => {
    const bytes = tar(
      { name: 'r/', type: '5' },
      { name: 'r/new\nline', content: '1' },
      { name: 'r/ünïcode ✓', content: '2' },
      { name: 'r/bad', raw: [[0, Buffer.from([0x72, 0x2f, 0xff, 0xfe, 0x78])]], content: '3' },
      { name: '../evil', content: 'x' },
      { name: 'r/../../evil', content: 'x' },
      { name: '/etc/passwd', content: 'x' },
      pax({ path: 'r/nul\0byte' }),
      { content: 'x' },
      pax({ path: `r/${'x'.repeat(5000)}` }),
      { content: 'x' },
      { name: 'r/.git/config', content: 'x' },
      { name: 'r/sub/.git/hooks/post-checkout', content: 'x' },
      { name: 'r/new\nline', content: 'second' },
      { name: 'r/dev', type: '3' },
      { name: 'r/block', type: '4' },
      { name: 'r/fifo', type: '6', size: 10 },
      { name: 'r/odd', type: 'V', content: 'label' },
      { name: 'r/hard', type: '1', link: 'r/new\nline' },
      { name: 'r/last', content: '4' },
    );
    const snapshot = await open(bytes, { strip: 1 });
    expect(await filesOf(snapshot)).toEqual({
      'new\nline': '1',
      'ünïcode ✓': '2',
      '\ufffd\ufffdx': '3',
      hard: '!a hard link: its content stands at r/new\nline, which has streamed past',
      last: '4',
    });
    const codes = snapshot.notices().map((notice) => `${notice.code} ${notice.path ?? ''}`);
    expect(codes.toSorted()).toEqual(
      [
        'entry-duplicate new\nline',
        'entry-name ',
        'entry-name r/nul\\0byte',
        'entry-name r/\ufffd\ufffdx',
        'entry-outside ../evil',
        'entry-outside /etc/passwd',
        'entry-outside r/../../evil',
        'entry-special r/block',
        'entry-special r/dev',
        'entry-special r/fifo',
        'entry-special r/odd',
      ].toSorted(),
    );
  });

  it('names sparse files and does not show their pieces as content', async () => {
    const old = part({ name: 'r/old', type: 'S', content: 'abc', raw: [[482, Buffer.from([1])]] });
    // The map goes on in one more block, between header and content.
    const oldSparse = Buffer.concat([old.subarray(0, 512), Buffer.alloc(512), old.subarray(512)]);
    const bytes = tar(
      { name: 'r/', type: '5' },
      oldSparse,
      pax({ 'GNU.sparse.major': '1', 'GNU.sparse.name': 'r/new', 'GNU.sparse.realsize': '1000000000' }),
      { name: 'r/GNUSparseFile.0/new', content: '1\n0\n3\n' },
      { name: 'r/last', content: 'x' },
    );
    const sizes: (number | undefined)[] = [];
    for await (const entry of (await open(bytes)).files()) sizes.push(entry.size);
    expect(sizes).toEqual([3, 1_000_000_000, 1]);
    const files = await filesOf(await open(bytes));
    expect(Object.keys(files)).toEqual(['old', 'new', 'last']);
    expect(files.old).toContain('!a sparse file');
    expect(files.new).toContain('!a sparse file');
  });

  it('gives a head and at most the asked bytes, wherever chunks end', async () => {
    const content = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 251));
    const bytes = tar({ name: 'r/a', content: 'x' }, { name: 'r/b', content }, { name: 'r/c', content: 'y' });
    for (const size of [1, 7, 511, 512, 513, 1500, 100_000]) {
      const snapshot = await open(bytes, {}, size);
      for await (const entry of snapshot.files()) {
        if (entry.path !== 'b') continue;
        const opened = await entry.open();
        expect(Buffer.from(await opened.head(1024))).toEqual(content.subarray(0, 1024));
        const { bytes: whole, truncated } = await opened.whole(2000);
        expect([Buffer.from(whole).equals(content.subarray(0, 2000)), truncated]).toEqual([true, true]);
        opened.close();
      }
    }
  });

  it('walks once', async () => {
    const snapshot = await open(tar({ name: 'a' }));
    await readAll(snapshot);
    expect(() => snapshot.files()).toThrow('once');
  });
});

describe('an archive that cannot be trusted is never scored', () => {
  const good = tar({ name: 'r/a', content: 'x'.repeat(3000) }, { name: 'r/b', content: 'y' });
  const packed = gzipSync(good);
  const flipped = (bytes: Buffer, at: number) => {
    const copy = Buffer.from(bytes);
    copy[at]! ^= 0xff;
    return copy;
  };

  it.each([
    ['cut in a content', good.subarray(0, 2000), 'ends early'],
    ['cut in a header', good.subarray(0, 4000), 'ends early'],
    ['cut between entries', good.subarray(0, 512 * 7), 'ends early'],
    ['cut gzip', packed.subarray(0, packed.length - 20), 'ends early'],
    ['gzip cut in its check sum', packed.subarray(0, packed.length - 3), 'ends early'],
    ['wrong gzip check sum', flipped(packed, packed.length - 6), 'incorrect data check'],
    ['wrong gzip length', flipped(packed, packed.length - 1), 'incorrect length check'],
    ['wrong header check sum', tar({ name: 'r/a' }, { name: 'r/b', badSum: true }), 'check sum'],
    ['a size that is no number', tar({ name: 'r/a' }, { raw: [[124, Buffer.from('12x45678901')]] }), 'size'],
    ['a negative size', tar({ name: 'a' }, { raw: [[124, Buffer.alloc(12, 0xff)]] }), 'size'],
    [
      'a malformed extended header',
      tar({ name: 'r/a' }, part({ type: 'x', content: '999 path=x\n' })),
      'malformed',
    ],
    [
      'an extended header without a length',
      tar({ name: 'a' }, part({ type: 'x', content: 'path=x\n' })),
      'malformed',
    ],
    [
      'an extended size beyond numbers',
      tar({ name: 'a' }, pax({ size: '9'.repeat(30) }), {}),
      'impossible size',
    ],
    ['a huge extended header', tar({ name: 'a' }, part({ type: 'x', size: 2 ** 30 })), 'beyond a limit'],
    ['no archive', Buffer.alloc(2000, 'text '), 'no .tar'],
    ['a short text', Buffer.from('hello'), 'no .tar'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['gzip of a text', gzipSync('hello'), 'no .tar'],
    ['xz', Buffer.from('fd377a585a000000', 'hex'), 'xz'],
  ])('%s', async (_, bytes, message) => {
    expect(await errorOfArchive(bytes)).toContain(message);
  });

  it('tells of a stream that breaks', async () => {
    const source = async function* () {
      yield good.subarray(0, 1000);
      throw new Error('connection reset');
    };
    expect(await errorOf(async () => readAll(await openArchive(source())))).toContain('connection reset');
  });

  it('tells of bytes behind the end mark', async () => {
    const snapshot = await open(Buffer.concat([good, tar({ name: 'hidden' })]));
    expect(Object.keys(await filesOf(snapshot))).toEqual(['a', 'b']);
    expect(snapshot.notices().map((notice) => notice.code)).toEqual(['archive-trailer']);
  });

  it('stops at the limits', async () => {
    const zeros = gzipSync(tar({ name: 'r/zeros', content: Buffer.alloc(3_000_000) }));
    expect(await errorOfArchive(zeros, { limits: { ratioFloor: 1_000_000 } })).toContain('times its size');
    expect(await errorOfArchive(zeros, { limits: { maxBytes: 1_000_000 } })).toContain('1000000 bytes');
    const many = tar(...Array.from({ length: 11 }, (_, index): TarPart => ({ name: `r/${index}` })));
    expect(await errorOfArchive(many, { limits: { maxEntries: 10 } })).toContain('10 entries');
  });

  it('keeps few of a million equal notices', async () => {
    const devices = Buffer.concat([...Array<Buffer>(500).fill(part({ name: 'r/dev', type: '3' })), END]);
    const snapshot = await open(devices);
    await readAll(snapshot);
    expect(snapshot.notices()).toHaveLength(101);
    expect(snapshot.notices().at(-1)?.message).toContain('400 more');
  });
});

describe('large archives', () => {
  it('of 100,000 entries stream past', async () => {
    const entries = async function* () {
      for (let folder = 0; folder < 100; folder++)
        yield Buffer.concat(
          Array.from({ length: 1000 }, (_, index) =>
            part({ name: `f${folder}/${index}.c`, content: 'int x;' }),
          ),
        );
      yield END;
    };
    const before = cpuTime();
    let count = 0;
    for await (const entry of (await openArchive(entries(), { strip: 0 })).files()) {
      const opened = await entry.open();
      count += (await opened.head(1024)).length;
      opened.close();
    }
    expect(count).toBe(600_000);
    expect(cpuTime() - before).toBeLessThan(20_000);
  });

  it('with a file of a gigabyte cost no gigabyte', async () => {
    const megabyte = Buffer.alloc(1024 * 1024);
    const stream = async function* () {
      yield part({ name: 'huge', size: 1024 ** 3 }).subarray(0, 512);
      for (let index = 0; index < 1024; index++) yield megabyte;
      yield part({ name: 'small', content: 'x' });
      yield END;
    };
    const before = process.memoryUsage().arrayBuffers;
    const seen: unknown[] = [];
    for await (const entry of (await openArchive(stream())).files()) {
      const opened = await entry.open();
      const { bytes, truncated } = await opened.whole(4 * 1024 * 1024);
      seen.push([entry.path, bytes.length, truncated]);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
      opened.close();
    }
    expect(seen).toEqual([
      ['huge', 4 * 1024 * 1024, true],
      ['small', 1, false],
    ]);
  });
});

describe('against another reader and garbage', () => {
  it('reads what tar-stream writes', async () => {
    const name = fc
      .array(fc.stringMatching(/^[a-zü][a-z0-9 ._-]{0,60}$/), { minLength: 1, maxLength: 5 })
      .map((parts) => `r/${parts.join('/')}`);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.string({ maxLength: 2000 }), { maxKeys: 8 }), async (tree) => {
        const writer = pack();
        writer.entry({ name: 'r/', type: 'directory' });
        for (const [path, text] of Object.entries(tree)) writer.entry({ name: path }, text);
        writer.finalize();
        const expected = Object.fromEntries(
          Object.entries(tree).map(([path, text]) => [path.slice(2), Buffer.from(text).toString('latin1')]),
        );
        expect(await filesOf(await openArchive(writer as AsyncIterable<Uint8Array>))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('of garbage ends in a result or in one clear error', async () => {
    const good = tar(
      pax({ comment: COMMIT }, 'g'),
      { name: 'r/a', content: 'x'.repeat(700) },
      pax({ path: 'r/p' }),
      {},
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.nat(255),
        fc.integer({ min: 1, max: 3000 }),
        async (at, byte, size) => {
          const bytes = Buffer.from(good);
          bytes[at] = byte;
          try {
            await readAll(await open(bytes, {}, size));
          } catch (error) {
            expect(error).toBeInstanceOf(ScanError);
          }
        },
      ),
      { numRuns: runs(300) },
    );
  });
});
