/**
 * How fuzz targets and property tests look, as data. A rule names the files, a literal that every hit holds (looked
 * for in the bytes, before any line is cut out), and the pattern a line must match.
 */

export interface FuzzRule {
  /** As forges name it, lower-cased. */
  readonly language: string;
  readonly tool: string;
  /** Without the dot, lower-cased; in the order in which the reference searches them. */
  readonly extensions: readonly string[];
  /** Base names must end so. */
  readonly suffix?: string;
  readonly literals: readonly string[];
  readonly line: RegExp;
}

const FAST_CHECK =
  /from[\t\f\r ]+['"](?:fast-check|@fast-check\/(?:ava|jest|vitest))['"]|require\([\t\f\r ]*['"](?:fast-check|@fast-check\/(?:ava|jest|vitest))['"][\t\f\r ]*\)/;

export const rule = (
  language: string,
  tool: string,
  extensions: string,
  literals: string | readonly string[],
  line: RegExp,
  suffix?: string,
): FuzzRule => ({
  language,
  tool,
  extensions: extensions.split(' '),
  literals: typeof literals === 'string' ? [literals] : literals,
  line,
  ...(suffix === undefined ? {} : { suffix }),
});

const LIB_FUZZER = 'LLVMFuzzerTestOneInput';

/** The reference's table, one rule per language (file-checks 5.3). */
export const REFERENCE_RULES: readonly FuzzRule[] = [
  rule(
    'go',
    'GoBuiltInFuzzer',
    'go',
    'Fuzz',
    /func[\t\f\r ]+Fuzz\w+[\t\f\r ]*\(\w+[\t\f\r ]+\*testing.F\)/,
    '_test.go',
  ),
  rule(
    'erlang',
    'ErlangPropertyBasedTesting',
    'erl hrl',
    '-include_lib("',
    /-include_lib\("(?:eqc|proper)\/include\/(?:eqc|proper).hrl"\)\./,
  ),
  rule(
    'haskell',
    'HaskellPropertyBasedTesting',
    'hs lhs',
    'Test.',
    /import[\t\f\r ]+(?:qualified[\t\f\r ]+)?Test\.(?:(?:Hspec|Tasty)\.)?(?:QuickCheck|Hedgehog|Validity|SmallCheck)/,
  ),
  rule(
    'elixir',
    'ElixirPropertyBasedTesting',
    'ex exs',
    ['PropCheck', 'ExUnitProperties'],
    /use[\t\f\r ]+(?:PropCheck|ExUnitProperties)/,
  ),
  rule('gleam', 'GleamPropertyBasedTesting', 'gleam', 'qcheck', /import[\t\f\r ]+qcheck/),
  rule('javascript', 'JavaScriptPropertyBasedTesting', 'js jsx', 'fast-check', FAST_CHECK),
  rule('typescript', 'TypeScriptPropertyBasedTesting', 'ts tsx', 'fast-check', FAST_CHECK),
  rule('python', 'PythonAtherisFuzzer', 'py', 'import atheris', /import atheris/),
  rule('c', 'CLibFuzzer', 'c', LIB_FUZZER, /LLVMFuzzerTestOneInput/),
  rule('c++', 'CppLibFuzzer', 'cc cpp', LIB_FUZZER, /LLVMFuzzerTestOneInput/),
  rule('rust', 'RustCargoFuzzer', 'rs', 'libfuzzer_sys', /libfuzzer_sys/),
  rule('java', 'JavaJazzerFuzzer', 'java', 'jazzer', /com.code_intelligence.jazzer.api.FuzzedDataProvider;/),
  rule('swift', 'SwiftLibFuzzer', 'swift', LIB_FUZZER, /LLVMFuzzerTestOneInput/),
  rule(
    'c#',
    'CSharpPropertyBasedTesting',
    'cs',
    'FsCheck',
    /using[\t\f\r ]+(?:FsCheck|FsCheck\.(?:NUnit|Xunit)|Expecto\.ExpectoFsCheck);/,
  ),
  rule(
    'f#',
    'FSharpPropertyBasedTesting',
    'fs',
    'FsCheck',
    /open[\t\f\r ]+(?:FsCheck|FsCheck\.(?:NUnit|Xunit)|Expecto\.ExpectoFsCheck)/,
  ),
];

/** What stands behind the reference's tool names. */
export const ENGINES: Readonly<Record<string, string>> = {
  GoBuiltInFuzzer: 'go test -fuzz',
  ErlangPropertyBasedTesting: 'PropEr or QuickCheck',
  HaskellPropertyBasedTesting: 'QuickCheck, Hedgehog, validity or SmallCheck',
  ElixirPropertyBasedTesting: 'PropCheck or StreamData',
  GleamPropertyBasedTesting: 'qcheck',
  JavaScriptPropertyBasedTesting: 'fast-check',
  TypeScriptPropertyBasedTesting: 'fast-check',
  PythonAtherisFuzzer: 'Atheris',
  CLibFuzzer: 'libFuzzer',
  CppLibFuzzer: 'libFuzzer',
  RustCargoFuzzer: 'libFuzzer by cargo-fuzz',
  JavaJazzerFuzzer: 'Jazzer',
  SwiftLibFuzzer: 'libFuzzer',
  CSharpPropertyBasedTesting: 'FsCheck',
  FSharpPropertyBasedTesting: 'FsCheck',
};
