import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../test/support/cpu.ts';
import { evidenceOf } from '../../test/support/tree.ts';
import { goImports } from '../parse/unsafe/go-imports.ts';
import { javaUnsafe } from '../parse/unsafe/java.ts';
import { unsafeCode } from './unsafeCode.ts';

describe('goImports', () => {
  it.each([
    ['package a\nimport "unsafe"\n', [2]],
    ['package a; import "unsafe"', [1]],
    ['// c\npackage a // d\n\nimport (\n\t"fmt"\n\tu "unsafe"\n)\nfunc f() {}', [6]],
    ['package a\nimport ("fmt"; "unsafe")\n', [2]],
    ['package a\nimport "fmt"\nimport . "unsafe"\nvar x = "unsafe"\n', [3]],
    ['package a\n/* import "unsafe" */\nimport `unsafe`\n', []],
    ['\uFEFFpackage a /* x\ny */ import _ "unsafe"', [2]],
    ['package a\nfunc f() {}\nimport "unsafe"\n', []],
    ['package a', []],
    ['package a\nimport ()\n', []],
  ])('%j', (text, lines) => {
    const unsafe = goImports(text)!.filter(({ literal }) => literal === '"unsafe"');
    expect(unsafe.map(({ line }) => line)).toEqual(lines);
  });
  it.each([
    '',
    'import "unsafe"',
    'package',
    'package a import "x"',
    'package a\nimport unsafe\n',
    'package a\nimport ""',
    'package a\nimport (\n"a" "b"\n)',
    'package a\nimport ("a"',
  ])('refuses %j', (text) => {
    expect(goImports(text)).toBeUndefined();
  });
});

describe('javaUnsafe', () => {
  it.each([
    ['import sun.misc.Unsafe;\n', [[1, 'import']]],
    ['import  jdk . internal . misc . Unsafe ;', [[1, 'import']]],
    ['class A {\n  sun.misc.Unsafe u;\n}', [[2, 'use']]],
    ['// sun.misc.Unsafe\n/* sun.misc.Unsafe\n*/ "sun.misc.Unsafe" sun.misc.UnsafeX', []],
    [
      '/* a\nb */ String s = """\n sun.misc.Unsafe """;\nsun.misc.Unsafe x; import sun.misc.Unsafe;',
      [
        [4, 'import'],
        [4, 'use'],
      ],
    ],
    ['f("http://x"); sun.misc.Unsafe x;', []],
    ['f("\\"sun.misc.Unsafe\\""); sun.misc.Unsafe x;', [[1, 'use']]],
  ])('%j', (text, uses) => {
    expect(javaUnsafe(text).map(({ line, kind }) => [line, kind])).toEqual(uses);
  });
  it('stays linear', () => {
    const start = cpuTime();
    for (const text of ['/*', '"""', '\\"', '"\\', 'import '].map((piece) => piece.repeat(300_000)))
      javaUnsafe(text);
    expect(cpuTime() - start).toBeLessThan(10_000);
  });
});

describe('unsafeCode', () => {
  it('reads Go, C# projects and Java outside test data', async () => {
    const found = await evidenceOf(unsafeCode, {
      'A.java': 'import sun.misc.Unsafe;',
      'a.csproj':
        '<Project><PropertyGroup><AllowUnsafeBlocks>true</AllowUnsafeBlocks></PropertyGroup></Project>',
      'b.csproj': '<Project><PropertyGroup/></Project>',
      'c.csproj': '<Project>',
      'testdata/a.go': 'package a\nimport "unsafe"\n',
      'z.go': 'nonsense',
    });
    expect(found).toEqual([
      { language: 'java', path: 'A.java', line: 1, what: 'java-import' },
      { language: 'c#', path: 'a.csproj', what: 'project-setting' },
      { language: 'c#', path: 'c.csproj', what: 'malformed' },
      { language: 'go', path: 'z.go', what: 'malformed' },
    ]);
  });
  it.each([
    ['a.rs', 'pub unsafe fn f() {', 'keyword'],
    ['a.rs', '    let x = unsafe { *p };', 'keyword'],
    ['a.rs', '#![forbid(unsafe_code)]', undefined],
    ['a.rs', '// unsafe { }', undefined],
    ['A.cs', 'public static unsafe void F(int* p)', 'keyword'],
    ['A.cs', 'var s = "unsafe code";', undefined],
    ['A.kt', 'import sun.misc.Unsafe', 'java-import'],
    ['a.swift', 'let p: UnsafeMutableRawPointer', 'pointer'],
    ['a.go', 'package a\nimport "C"', 'cgo'],
    [
      'Directory.Build.props',
      '<Project><PropertyGroup><AllowUnsafeBlocks>true</AllowUnsafeBlocks></PropertyGroup></Project>',
      'project-setting',
    ],
  ])('beyond the reference: %s %s', async (path, text, what) => {
    const found = await evidenceOf(unsafeCode, { [path]: `${text}\n` });
    expect(found.map((code) => [code.what, code.beyond])).toEqual(what === undefined ? [] : [[what, true]]);
  });
});
