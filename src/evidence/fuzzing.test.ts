import { describe, expect, it } from 'vitest';
import { evidenceOf, type Tree } from '../../test/support/tree.ts';
import { known, unknown } from '../core/index.ts';
import { fuzzTargets, referenceFuzzers } from './fuzzing.ts';

const CXX = 'extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {\n';

// Files that alone make the reference say "fuzzed" (file-checks 5.3), with the tool it names.
const hits: readonly [path: string, text: string, tool: string][] = [
  ['a_test.go', 'package a\nfunc FuzzX(f *testing.F) {\n', 'GoBuiltInFuzzer'],
  ['a.erl', '-include_lib("proper/include/proper.hrl").\n', 'ErlangPropertyBasedTesting'],
  ['A.hs', 'import Test.QuickCheck\n', 'HaskellPropertyBasedTesting'],
  ['B.hs', 'import qualified Test.Tasty.Hedgehog as H\n', 'HaskellPropertyBasedTesting'],
  ['a.ex', 'use PropCheck\n', 'ElixirPropertyBasedTesting'],
  ['a.exs', 'use ExUnitProperties\n', 'ElixirPropertyBasedTesting'],
  ['a.gleam', 'import qcheck\n', 'GleamPropertyBasedTesting'],
  ['a.js', "import fc from 'fast-check';\n", 'JavaScriptPropertyBasedTesting'],
  ['a.jsx', 'const fc = require("fast-check");\n', 'JavaScriptPropertyBasedTesting'],
  ['a.ts', "import { test } from '@fast-check/vitest';\n", 'TypeScriptPropertyBasedTesting'],
  ['a.tsx', "import fc from 'fast-check'\n", 'TypeScriptPropertyBasedTesting'],
  ['a.py', 'import atheris\n', 'PythonAtherisFuzzer'],
  ['b.py', '    import atheris, sys\n', 'PythonAtherisFuzzer'],
  ['a.c', CXX, 'CLibFuzzer'],
  ['a.cc', CXX, 'CppLibFuzzer'],
  ['a.cpp', CXX, 'CppLibFuzzer'],
  ['a.rs', 'use libfuzzer_sys::fuzz_target;\n', 'RustCargoFuzzer'],
  ['A.java', 'import com.code_intelligence.jazzer.api.FuzzedDataProvider;\n', 'JavaJazzerFuzzer'],
  ['a.swift', CXX, 'SwiftLibFuzzer'],
  ['a.cs', 'using FsCheck.Xunit;\n', 'CSharpPropertyBasedTesting'],
  ['a.fs', 'open FsCheck\n', 'FSharpPropertyBasedTesting'],
  ['.clusterfuzzlite/Dockerfile', 'FROM x\n', 'ClusterFuzzLite'],
];

const misses: readonly [path: string, text: string][] = [
  ['a.go', 'func FuzzX(f *testing.F) {\n'],
  ['a.mjs', "import fc from 'fast-check';\n"],
  ['a.cxx', CXX],
  ['a.h', CXX],
  ['src/test/A.java', 'import com.code_intelligence.jazzer.api.FuzzedDataProvider;\n'],
  ['A.java', 'import com.code_intelligence.jazzer.junit.FuzzTest;\n'],
  ['a.py', 'from hypothesis import given\n'],
  ['a.rs', 'use proptest::prelude::*;\n'],
  ['a.scala', 'import org.scalacheck.Properties\n'],
  ['.clusterfuzzlite/dockerfile', 'FROM x\n'],
  ['sub/.clusterfuzzlite/Dockerfile', 'FROM x\n'],
  ['.clusterfuzzlite/Dockerfile', '# nothing yet\n\n'],
  ['fuzz/Cargo.toml', 'libfuzzer-sys = "0.4"\n'],
];

const fuzzers = async (tree: Tree, around = {}) => evidenceOf(referenceFuzzers, tree, around);

describe('referenceFuzzers on a folder', () => {
  it.each(hits)('%s is a hit', async (path, text, tool) => {
    const found = await fuzzers({ [path]: text });
    expect([...found.services, ...found.fuzzers.map((one) => one.tool)]).toEqual([tool]);
  });
  it.each(misses)('%s is none', async (path, text) => {
    expect(await fuzzers({ [path]: text })).toEqual({ services: [], fuzzers: [] });
  });
  it('tells hits of the first of two file patterns twice', async () => {
    const text = "require('fast-check')\n";
    const found = await fuzzers({ 'a.js': text, 'b.jsx': text, 'c.js': text });
    expect(found.fuzzers[0]!.targets.map((target) => target.path)).toEqual([
      'a.js',
      'c.js',
      'a.js',
      'c.js',
      'b.jsx',
    ]);
  });
  it('keeps line and matched text of every line', async () => {
    const found = await evidenceOf(fuzzTargets, {
      'x_test.go': '// Fuzz\nfunc FuzzA(f *testing.F) {}\n\nfunc  FuzzB (t  *testing.F) { FuzzA(f) }',
    });
    expect(found).toMatchObject([
      { line: 2, snippet: 'func FuzzA(f *testing.F)' },
      { line: 4, snippet: 'func  FuzzB (t  *testing.F)' },
    ]);
  });
});

describe('referenceFuzzers with a forge', () => {
  const tree = { 'a.py': 'import atheris\n', 'a.rs': 'use libfuzzer_sys::fuzz_target;\n' };
  const tools = async (languages: Record<string, number>) =>
    (await fuzzers(tree, { facts: { languages: known(languages) } })).fuzzers.map((one) => one.tool);
  it('searches languages of at least a quarter of the average size', async () => {
    expect(await tools({ Rust: 700, Python: 100 })).toEqual(['PythonAtherisFuzzer', 'RustCargoFuzzer']);
    expect(await tools({ Rust: 700, Python: 99 })).toEqual(['PythonAtherisFuzzer', 'RustCargoFuzzer']);
    expect(await tools({ Rust: 7000, Python: 99 })).toEqual(['RustCargoFuzzer']);
    expect(await tools({ HTML: 10 })).toEqual([]);
    expect(await tools({})).toEqual([]);
  });
  it('asks OSS-Fuzz', async () => {
    const asked = (answer: unknown) =>
      fuzzers({}, { facts: { languages: known({ Go: 1 }) }, doors: { ossFuzz: async () => answer } });
    expect(await asked(known(true))).toEqual({ services: ['OSSFuzz'], fuzzers: [] });
    expect(await asked(unknown('unsupported', 'offline'))).toEqual({ services: [], fuzzers: [] });
    expect((await asked(unknown('failed', 'no line'))).failed).toContain('no line');
  });
});

describe('fuzzTargets beyond the reference', () => {
  it.each([
    ['t.py', 'from hypothesis import given', 'Hypothesis'],
    ['lib.rs', 'proptest! {', 'proptest'],
    ['lib.rs', '    use quickcheck::quickcheck;', 'quickcheck'],
    ['src/test/java/T.java', 'import net.jqwik.api.Property;', 'jqwik'],
    ['T.kt', 'import com.code_intelligence.jazzer.junit.FuzzTest', 'Jazzer'],
    ['T.kt', 'import io.kotest.property.checkAll', 'Kotest'],
    ['T.scala', 'import org.scalacheck.Properties', 'ScalaCheck'],
    ['t.mjs', "import fc from 'fast-check';", 'JavaScriptPropertyBasedTesting'],
    ['t.test.ts', "import { test } from '@jazzer.js/core';", 'Jazzer.js'],
    ['x_test.go', 'import "pgregory.net/rapid"', 'rapid'],
    ['fuzz.go', 'func Fuzz(data []byte) int {', 'go-fuzz'],
    ['t.cc', 'FUZZ_TEST(Suite, Name);', 'FuzzTest'],
    ['f.rb', "require 'ruzzy'", 'Ruzzy'],
    ['F.php', 'use Eris\\Generator;', 'Eris'],
    ['F.cs', 'using SharpFuzz;', 'SharpFuzz'],
    ['t.sol', 'function testFuzz_Add(uint a) public {', 'Foundry'],
  ])('%s %s', async (path, text, tool) => {
    const [found] = await evidenceOf(fuzzTargets, { [path]: `${text}\n` });
    expect(found).toMatchObject({ tool, beyond: 'tool', line: 1 });
  });
  it('marks comments', async () => {
    const found = await evidenceOf(fuzzTargets, {
      'a.c': '// see LLVMFuzzerTestOneInput\n * LLVMFuzzerTestOneInput\nint LLVMFuzzerTestOneInput(); // x\n',
      'b.py': '# import atheris\nimport atheris  # fuzz\n',
    });
    expect(found.map(({ commented }) => commented ?? false)).toEqual([true, true, false, true, false]);
  });
  it('searches tests of Java but no test data', async () => {
    const text = 'import com.code_intelligence.jazzer.api.FuzzedDataProvider;';
    const found = await evidenceOf(fuzzTargets, { 'src/test/java/A.java': text, 'testdata/A.java': text });
    expect(found.map(({ path, beyond }) => [path, beyond])).toEqual([
      ['src/test/java/A.java', 'place'],
      ['src/test/java/A.java', 'tool'],
    ]);
  });
});
