import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../test/support/cpu.ts';
import { runs } from '../../../test/support/fuzz.ts';
import { gitignoreLines, gitignoreMatcher } from '../../core/gitignore.ts';
import { commitOf } from './git-commit.ts';
import { readGoModule, readGoSum } from './go.ts';
import { withoutJsonc } from './jsonc.ts';
import { LineFinder, linesOf } from './lines.ts';
import { readOsvConfig } from './osv-config.ts';
import { pomPackages, readPom } from './pom.ts';
import { readRequirements } from './requirements.ts';
import { LockfileFailure } from './types.ts';

describe('the commit in an address', () => {
  it.each([
    ['git+ssh://git@github.com/a/b.git#abc123', 'abc123'],
    ['git://example.org/a#abc123', 'abc123'],
    ['x@git+https://example.org/a#abc123', 'abc123'],
    ['https://example.org/a.git#abc123', 'abc123'],
    ['https://codeload.github.com/a/b/tar.gz/abc123', 'abc123'],
    ['b@https://github.com/a/b.git#commit=abc123', 'abc123'],
    ['b@https://example.org/x#commit:abc123', 'abc123'],
    ['github:a/b#abc123', 'abc123'],
    ['gitlab:a/b#abc123', 'abc123'],
    ['https://github.com/a/b#abc123', 'abc123'],
    ['https://bitbucket.org/a/b?ref=abc123', 'abc123'],
    ['https://github.com/a/b', ''],
    ['https://registry.example/a/-/a-1.0.0.tgz#abc123', ''],
    ['https://codeload.github.com/a/b/zip/abc123', ''],
    ['1.2.3', ''],
    ['', ''],
    ['#abc', ''],
  ])('%s: %s', (address, commit) => {
    expect(commitOf(address)).toBe(commit);
  });
});

describe('JSON with comments', () => {
  it.each([
    ['{"a": [1, 2,], }', { a: [1, 2] }],
    ['{ // "no": 1,\n "a": 1, /* , */ }', { a: 1 }],
    ['["// no comment", "a,]", "\\\\", "\\",}",]', ['// no comment', 'a,]', '\\', '",}']],
    ['[1 , /* x */ 2]', [1, 2]],
  ])('%s', (text, value) => {
    expect(JSON.parse(withoutJsonc(text))).toEqual(value);
  });

  it('leaves plain JSON as it is in meaning, and mends nothing', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(withoutJsonc(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: runs(200) },
    );
    for (const broken of ['[1,,2]', '{,}', '[,1]', '"open', '/', '[1 2]', '/* open', ','])
      expect(() => JSON.parse(withoutJsonc(broken)), broken).toThrow();
  });
});

describe('.gitignore', () => {
  it.each([
    ['*.lock', 'a/b/yarn.lock', true],
    ['/yarn.lock', 'yarn.lock', true],
    ['/yarn.lock', 'a/yarn.lock', false],
    ['build/', 'build/yarn.lock', true],
    ['build/', 'build', false],
    ['build', 'a/build/b/yarn.lock', true],
    ['a/**/z', 'a/b/c/z/f', true],
    ['a/*/z', 'a/b/c/z', false],
    ['**/out', 'x/y/out/f', true],
    ['doc/*.txt', 'doc/a.txt', true],
    ['doc/*.txt', 'doc/x/a.txt', false],
    ['*.lock\n!yarn.lock', 'yarn.lock', false],
    ['!yarn.lock\n*.lock', 'yarn.lock', true],
    ['[a-c]x', 'bx', true],
    ['# a', '# a', false],
    ['', 'a', false],
  ])('%j names %s: %s', (text, path, ignored) => {
    expect(gitignoreMatcher(gitignoreLines(text))(path)).toBe(ignored);
  });
});

describe('lines', () => {
  it('are counted forwards, and given up after many misses', () => {
    const finder = new LineFinder('a\nb\nc b\n');
    expect([finder.find('b'), finder.find('b'), finder.find('b'), finder.find('c')]).toEqual([
      2,
      3,
      undefined,
      undefined,
    ]);
    expect([...linesOf('a\r\n\nb')]).toEqual([
      ['a', 1],
      ['', 2],
      ['b', 3],
    ]);
  });
});

describe('garbage', () => {
  const words = [
    'require',
    'replace',
    '(',
    ')',
    '=>',
    'go',
    '1.16',
    'v1.0.0',
    'a/b',
    '\n',
    ' ',
    '-r',
    '==',
    '\\',
    '#',
    '${A}',
    '[x]',
    '<project>',
    '<dependency>',
    '</dependency>',
    '<version>',
    '</project>',
    '${x}',
    '[[IgnoredVulns]]',
    'id = "a"',
    '!',
    '**/',
    '*',
    '/',
    '[a',
  ];
  const garbage = fc.oneof(
    fc.string({ maxLength: 300, unit: 'binary' }),
    fc.array(fc.constantFrom(...words), { maxLength: 80 }).map((parts) => parts.join('')),
  );

  it.each<[string, (text: string) => void]>([
    ['go.mod', (text) => void expect(Array.isArray(readGoModule(text).packages)).toBe(true)],
    ['go.sum', (text) => void readGoSum(text)?.forEach(({ name }) => expect(name).not.toBe(''))],
    [
      'requirements',
      (text) => readRequirements(text).packages.forEach(({ name }) => expect(name).toMatch(/^\w/)),
    ],
    ['osv-scanner.toml', (text) => void expect(typeof readOsvConfig(text)).toMatch(/object|undefined/)],
    ['an address', (text) => void expect(typeof commitOf(text)).toBe('string')],
    [
      '.gitignore',
      (text) => void expect(typeof gitignoreMatcher(gitignoreLines(text))('a/b')).toBe('boolean'),
    ],
    [
      'pom.xml',
      (text) => {
        try {
          pomPackages('pom.xml', readPom(text), () => undefined);
        } catch (error) {
          expect(error).toBeInstanceOf(LockfileFailure);
        }
      },
    ],
  ])('as %s', (_, read) => {
    fc.assert(fc.property(garbage, read), { numRuns: runs(200) });
  });

  it('costs time in proportion', () => {
    const start = cpuTime();
    readGoModule(`require (\n${'a v1\n'.repeat(100_000)})\n`);
    readRequirements(`${'a==1 \\\n'.repeat(100_000)}`);
    readRequirements(`a${'['.repeat(100_000)}==1\n`);
    readPom(
      `<project>${'<dependencies><dependency>'.repeat(90)}${'</dependency></dependencies>'.repeat(90)}</project>`,
    );
    gitignoreMatcher(Array(2000).fill('**/a/**/b/**/*x'))('a/'.repeat(200));
    commitOf('git://@'.repeat(100_000));
    withoutJsonc('/*'.repeat(300_000));
    withoutJsonc(`[${', '.repeat(300_000)}]`);
    expect(cpuTime() - start).toBeLessThan(10_000);
  });
});
