/** Folders whose files only tests use, by the customs of the languages. */
const FOLDER =
  /^(?:.*[^a-z])?(?:tests?|testing|testdata|testfiles?|testresources?|testcases?|testsuites?|autotests?|fixtures?|specs?|e2e|corpus|corpora|androidtest|integrationtest|functionaltest|jvmtest)(?:[^a-z].*)?$/i;

/** `Parser.Tests`, `parserTest`: a word by its capital. */
const CAPITAL = /[a-z0-9](?:Tests?|Fixtures?|Specs?)$/;

/** True when a folder on the way to the file is one of tests. */
export function isTestInput(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some((folder) => FOLDER.test(folder) || CAPITAL.test(folder));
}
