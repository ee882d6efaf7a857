import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../test/support/tree.ts';
import { known, unknown } from '../core/index.ts';
import { binaryFiles, wrapperRun } from './binaryFiles.ts';
import { isTestInput } from './testInputs.ts';

/** Bytes in hex, filled up with zeros to `length`. */
function bytes(hex: string, length = 0): Uint8Array {
  const given = Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
  const all = new Uint8Array(Math.max(length, given.length));
  all.set(given);
  return all;
}

const ELF = bytes('7f454c46', 64);
const DATA = bytes('000102030405');
const ZIP = bytes('504b030414000000');
const UTF16 = bytes('fffe680065006c006c006f00');

// Observed with the reference on a plain folder (file-checks 2.2).
const vectors: readonly [path: string, content: string | Uint8Array, reported: boolean][] = [
  ['a', ELF, true],
  ['a.txt', ELF, true],
  ['short', bytes('7f454c4601'), false],
  ['x.exe', 'just some text', false],
  ['MZ.txt', 'MZ this is text', true],
  ['y.exe', DATA, true],
  ['y.EXE', DATA, false],
  ['y.jar', ZIP, true],
  ['y.war', ZIP, false],
  ['y.zip', ZIP, false],
  ['c.class', bytes('cafebabe00000034'), true],
  ['foo', bytes('cafebabe00000034'), true],
  ['l.so', bytes('0001020304'), true],
  ['l.so.1', bytes('0001020304'), false],
  ['n.node', bytes('', 16), false],
  ['z.bin', bytes('', 16), false],
  ['p.pyc', bytes('420d0d0a00000000'), true],
  ['w2', bytes('0061736d01000000'), true],
  ['d', '!<arch>\ndebian-binary   ', true],
  ['lib.a', `!<arch>\n${'\0'.repeat(20)}`, true],
  ['s.dylib', bytes('00010203'), true],
  ['b.bundle', bytes('', 16), true],
  ['ut16.lib', UTF16, true],
  ['lat1.lib', bytes('636166e9 20 636166e9'), false],
  ['e.jar', '', false],
  ['crx', 'Cr24xxxx', true],
  ['testdata/a', ELF, false],
  ['src/test/a', ELF, false],
  ['test/a', ELF, true],
  // From the reference's own tests and the signature table.
  ['printable.lib', 'text only', false],
  ['mac', bytes('cffaedfe0c000001'), true],
  ['classes', bytes(`6465780a${'00'.repeat(32)}70`), true],
  ['three.so', bytes('000102'), false],
  ['late.so', `${'text '.repeat(210)}\0\0\0\0\0\0`, false],
];

describe('binaryFiles', () => {
  it.each(vectors)('%s', async (path, content, reported) => {
    const found = await evidenceOf(binaryFiles, { [path]: content });
    expect(found.filter((file) => !file.beyond).map((file) => file.path)).toEqual(reported ? [path] : []);
  });
});

// By the published layouts of the formats: PE/COFF, Mach-O, Java class file, ar, ZIP, CPython marshal.
const formats: readonly [path: string, content: Uint8Array | string, format: string | undefined][] = [
  ['a', ELF, 'ELF'],
  ['lib.so.1', ELF, 'ELF'],
  ['MZ.txt', `MZ ${'this is text '.repeat(20)}`, undefined],
  ['a.exe', windows(0x80, 'PE\0\0'), 'Windows program'],
  ['A.DLL', windows(0x80, 'PE\0\0'), 'Windows program'],
  ['far.exe', windows(0x4000, ''), 'Windows program'],
  ['dos.com', windows(0, ''), 'DOS program'],
  ['Foo', bytes('cafebabe00000034'), 'Java class'],
  ['fat', bytes('cafebabe00000002'), 'Mach-O'],
  ['coffee', bytes('cafebabeffffffff'), undefined],
  ['m', bytes('cffaedfe0c00000100000000 02000000', 64), 'Mach-O'],
  ['b.bundle', bytes('', 64), undefined],
  ['lib.lib', UTF16, undefined],
  ['libx.a', `!<arch>\n${'x'.repeat(80)}`, 'static library'],
  ['app.WAR', ZIP, 'Java archive'],
  ['app.apk', ZIP, 'app package'],
  ['data.zip', ZIP, undefined],
  ['y.jar', DATA, undefined],
  ['p.pyc', bytes('420d0d0a00000000'), 'Python bytecode'],
  ['x.beam', 'FOR1\0\0\0\0BEAMxxxx', 'Erlang BEAM'],
];

function windows(offset: number, mark: string): Uint8Array {
  const file = bytes('4d5a900003000000040000', 256);
  new DataView(file.buffer).setUint32(0x3c, offset, true);
  if (mark !== '') file.set(new TextEncoder().encode(mark), offset);
  return file;
}

describe('formats', () => {
  it.each(formats)('%s', async (path, content, format) => {
    const [found] = await evidenceOf(binaryFiles, { [path]: content });
    expect(found?.format).toBe(format);
  });
  it('knows no wrapper of unknown content', async () => {
    const [found] = await evidenceOf(binaryFiles, { 'gradle/wrapper/gradle-wrapper.jar': ZIP });
    expect(found).toEqual({ path: 'gradle/wrapper/gradle-wrapper.jar', format: 'Java archive' });
  });
});

describe('isTestInput', () => {
  it.each([
    'test/a',
    'x/tests/y/a',
    'src/Parser.Tests/a',
    'parserTest/a',
    'a/test-data/b',
    '__tests__/a',
    'autotest/a',
    'it/e2e/a',
  ])('%s', (path) => expect(isTestInput(path)).toBe(true));
  it.each(['latest/a', 'contest/a', 'src/a', 'test', 'inspect/a', 'attestation/a'])('not %s', (path) =>
    expect(isTestInput(path)).toBe(false),
  );
});

describe('wrapperRun', () => {
  const jar = { 'gradle/wrapper/gradle-wrapper.jar': ZIP };
  const workflow = (action: string) =>
    `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: ${action}\n`;
  const good = workflow('gradle/actions/wrapper-validation@v4');
  const runs = (...heads: string[]) => ({
    workflowRuns: async (file: string) =>
      known(file === 'good.yml' ? heads.map((headSha) => ({ url: '', headSha })) : []),
  });
  const asked = (files: Record<string, string | Uint8Array>, doors: object) =>
    evidenceOf(wrapperRun, files, { commit: 'head', doors });

  it('needs a successful run at the newest commit', async () => {
    const files = { ...jar, '.github/workflows/good.yml': good };
    expect(await asked(files, runs('old', 'head'))).toEqual({ validated: true });
    expect(await asked(files, runs('old'))).toEqual({ validated: false });
    expect(await asked(files, {})).toEqual({ validated: false });
  });
  it('takes the older action, and only where a step uses it', async () => {
    const older = workflow('"gradle/wrapper-validation-action@v1"');
    expect(await asked({ ...jar, '.github/workflows/good.yml': older }, runs('head'))).toEqual({
      validated: true,
    });
    const said = '# gradle/wrapper-validation-action@v1\non: push\n';
    expect(await asked({ ...jar, '.github/workflows/good.yml': said }, runs('head'))).toEqual({
      validated: false,
    });
  });
  it('considers the first validating workflow only', async () => {
    const files = { ...jar, '.github/workflows/a.yml': good, '.github/workflows/good.yml': good };
    expect(await asked(files, runs('head'))).toEqual({ validated: false });
  });
  it('passes over a workflow with mistakes', async () => {
    const files = {
      ...jar,
      '.github/workflows/a.yml': `${good}  b: {nonsense: 1}\n`,
      '.github/workflows/good.yml': good,
    };
    expect(await asked(files, runs('head'))).toEqual({ validated: true });
    expect(
      await asked({ ...jar, '.github/workflows/good.yml': `${good}  b: {x: 1}\n` }, runs('head')),
    ).toEqual({
      validated: false,
    });
  });
  it('does not ask without a wrapper', async () => {
    const doors = { workflowRuns: async () => expect.unreachable() };
    expect(await asked({ '.github/workflows/good.yml': good }, doors)).toEqual({ validated: false });
  });
  it('says when the forge does not answer', async () => {
    const files = { ...jar, '.github/workflows/good.yml': good };
    const answer = await asked(files, { workflowRuns: async () => unknown('failed', 'broken line') });
    expect(answer.failed).toContain('broken line');
  });
});
