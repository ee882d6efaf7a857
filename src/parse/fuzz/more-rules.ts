/** Fuzzers and property-test libraries beyond the reference's table, and further file extensions of those in it. */
import { type FuzzRule, REFERENCE_RULES, rule } from './rules.ts';

const JS = 'js jsx mjs cjs ts tsx mts cts vue svelte';
const B = '[\\t ]+';

/** `import X`, `from X import`, at the start of a line. */
const python = (name: string): RegExp => new RegExp(`^\\s*(?:from|import)${B}${name}\\b`);
/** A quoted module in `from`, `import` or `require`. */
const module = (name: string): RegExp =>
  new RegExp(`(?:\\bfrom|\\bimport|\\brequire\\(|\\bimport\\()\\s*['"]${name}(?:/[^'"]*)?['"]`);
/** An import of Java, Kotlin, Scala or Groovy. */
const jvm = (name: string): RegExp => new RegExp(`^\\s*import${B}(?:static${B})?${name}\\b`);

/** Further extensions for a tool of the reference's table. */
function also(tool: string, extensions: string): FuzzRule {
  const known = REFERENCE_RULES.find((one) => one.tool === tool)!;
  return { ...known, extensions: extensions.split(' ') };
}

/** Found by the Assay view alone. */
export const MORE_RULES: readonly FuzzRule[] = [
  also('JavaScriptPropertyBasedTesting', 'mjs cjs'),
  also('TypeScriptPropertyBasedTesting', 'mts cts vue'),
  also('CppLibFuzzer', 'cxx c++ mm'),
  also('PythonAtherisFuzzer', 'pyx'),
  rule('c++', 'FuzzTest', 'cc cpp cxx', 'FUZZ_TEST', /^\s*FUZZ_TEST(?:_F)?\(/),
  rule('c++', 'RapidCheck', 'cc cpp cxx', 'rapidcheck', /^\s*#\s*include\s*[<"]rapidcheck/),
  rule('c', 'AFL', 'c cc cpp', '__AFL_', /\b__AFL_(?:LOOP|FUZZ_INIT|FUZZ_TESTCASE_BUF)\b/),
  rule('c', 'honggfuzz', 'c cc cpp', 'HF_ITER', /\bHF_ITER\(/),
  rule('python', 'Hypothesis', 'py', 'hypothesis', python('hypothesis')),
  rule('python', 'Schemathesis', 'py', 'schemathesis', python('schemathesis')),
  rule('rust', 'proptest', 'rs', 'proptest', /\bproptest(?:::|!)|^\s*(?:pub )?use proptest\b/),
  rule('rust', 'quickcheck', 'rs', 'quickcheck', /\bquickcheck(?:::|!)|#\[quickcheck|^\s*use quickcheck/),
  rule('rust', 'bolero', 'rs', 'bolero', /\bbolero(?:::|!)|^\s*use bolero/),
  rule('rust', 'AFL or honggfuzz', 'rs', 'fuzz!', /\b(?:(?:afl|honggfuzz)::)?fuzz!\s*\(/),
  rule('java', 'Jazzer', 'java kt kts scala', 'jazzer', jvm('com\\.code_intelligence\\.jazzer')),
  rule('java', 'jqwik', 'java kt groovy', 'net.jqwik', jvm('net\\.jqwik')),
  rule('java', 'junit-quickcheck', 'java kt scala', 'quick', jvm('com\\.pholser\\.junit\\.quickcheck')),
  rule('java', 'QuickTheories', 'java kt', 'quick', jvm('org\\.quicktheories')),
  rule('java', 'JQF', 'java', 'jqf.fuzz', jvm('edu\\.berkeley\\.cs\\.jqf')),
  rule('kotlin', 'Kotest', 'kt', 'io.kotest.property', jvm('io\\.kotest\\.property')),
  rule(
    'scala',
    'ScalaCheck',
    'scala sc',
    'scalacheck',
    /^\s*import[\t ]+org\.(?:scalacheck|scalatestplus\.scalacheck)\b/,
  ),
  rule('scala', 'Hedgehog', 'scala', 'hedgehog', /^\s*import[\t ]+hedgehog\b/),
  rule('clojure', 'test.check', 'clj cljs cljc', 'clojure.test.check', /clojure\.test\.check\b/),
  rule('javascript', 'fast-check', JS, 'fast-check', module('(?:fast-check|@fast-check/\\w+)')),
  rule('javascript', 'Jazzer.js', JS, '@jazzer.js', module('@jazzer\\.js/[\\w-]+')),
  rule('javascript', 'jsverify', JS, 'jsverify', module('jsverify')),
  rule('go', 'rapid', 'go', 'pgregory.net/rapid', /"pgregory\.net\/rapid"/),
  rule('go', 'gopter', 'go', 'leanovate/gopter', /"github\.com\/leanovate\/gopter/),
  rule('go', 'testing/quick', 'go', 'testing/quick', /"testing\/quick"/),
  rule('go', 'go-fuzz', 'go', '[]byte) int', /^func[\t ]+Fuzz\w*\(\w+[\t ]+\[\]byte\)[\t ]+int\b/),
  rule('ruby', 'Ruzzy', 'rb', 'ruzzy', /\brequire\s*\(?['"]ruzzy['"]/),
  rule('ruby', 'PropCheck', 'rb', 'prop_check', /\brequire\s*\(?['"]prop_check['"]/),
  rule('ruby', 'Rantly', 'rb', 'rantly', /\brequire\s*\(?['"]rantly(?:\/[\w/]+)?['"]/),
  rule(
    'php',
    'PHP-Fuzzer',
    'php',
    ['PhpFuzzer', 'setTarget'],
    /\bPhpFuzzer\\|\$fuzzer->setTarget\(|\$config->setTarget\((?:static )?(?:function|fn)\b/,
  ),
  rule('php', 'Eris', 'php', 'Eris\\', /^\s*use\s+Eris\\/),
  rule('c#', 'SharpFuzz', 'cs', 'SharpFuzz', /^\s*using\s+SharpFuzz\b/),
  rule('c#', 'FsCheck', 'cs', 'FsCheck', /^\s*(?:global\s+)?using\s+(?:static\s+)?FsCheck(?:\.\w+)*\s*;/),
  rule('c#', 'CsCheck', 'cs', 'CsCheck', /^\s*(?:global\s+)?using\s+(?:static\s+)?CsCheck\b/),
  rule('c#', 'Hedgehog', 'cs fs', 'Hedgehog', /^\s*(?:using|open)\s+Hedgehog\b/),
  rule('f#', 'FsCheck', 'fs fsx', 'FsCheck', /^\s*open\s+FsCheck\b/),
  rule('haskell', 'Hedgehog', 'hs lhs', 'Hedgehog', /^\s*import\s+(?:qualified\s+)?Hedgehog\b/),
  rule('haskell', 'Falsify', 'hs', 'Falsify', /^\s*import\s+(?:qualified\s+)?Test\.(?:Tasty\.)?Falsify\b/),
  rule('erlang', 'Triq', 'erl', 'triq', /-include(?:_lib)?\("triq\/include\/triq\.hrl"\)/),
  rule('ocaml', 'QCheck', 'ml', 'QCheck', /\b(?:open\s+)?QCheck\w*\.|^\s*open\s+QCheck/),
  rule('ocaml', 'Crowbar', 'ml', 'Crowbar', /\bopen\s+Crowbar\b|\bCrowbar\.add_test\b/),
  rule('dart', 'Glados', 'dart', 'package:glados', /^\s*import\s+['"]package:glados\//),
  rule('swift', 'SwiftCheck', 'swift', 'SwiftCheck', /^\s*import\s+SwiftCheck\b/),
  rule('elm', 'elm-test fuzz', 'elm', 'Fuzz', /^import\s+Fuzz\b/),
  rule('purescript', 'QuickCheck', 'purs', 'QuickCheck', /^import\s+Test\.QuickCheck\b/),
  rule('zig', 'Zig fuzz', 'zig', 'testing.fuzz', /\btesting\.fuzz\w*\(/),
  rule('julia', 'Supposition', 'jl', 'Supposition', /^\s*(?:using|import)\s+Supposition\b/),
  rule('lua', 'lua-quickcheck', 'lua', 'lqc.', /\brequire\s*\(?\s*['"]lqc\./),
  rule('solidity', 'Echidna', 'sol', 'echidna_', /\bfunction\s+echidna_\w+\s*\(/),
  rule('solidity', 'Foundry', 'sol', 'testFuzz', /\bfunction\s+testFuzz\w*\s*\(/),
];

/** How a comment line begins, by language. */
const COMMENTS: Readonly<Record<string, RegExp>> = {
  python: /^\s*#/,
  ruby: /^\s*#/,
  elixir: /^\s*#/,
  erlang: /^\s*%/,
  haskell: /^\s*(?:--|\{-)/,
  elm: /^\s*--/,
  purescript: /^\s*--/,
  ocaml: /^\s*\(\*/,
  clojure: /^\s*;/,
  julia: /^\s*#/,
  lua: /^\s*--/,
};
const SLASHES = /^\s*\*(?:\s|\/|$)|\/\/|\/\*/;

/** True when what was recognised stands in a comment. */
export function isCommented(language: string, line: string, snippetAt: number): boolean {
  const comment = COMMENTS[language];
  return comment === undefined ? SLASHES.test(line.slice(0, snippetAt)) : comment.test(line);
}
