import {
  CannotJudge,
  defineProbe,
  type FindingDraft,
  failed,
  type Location,
  no,
  yes,
} from '../../src/core/index.ts';
import { languages } from '../../src/evidence/facts.ts';
import { type UnsafeCode, unsafeCode } from '../../src/evidence/unsafeCode.ts';

const LANGUAGES = ['go', 'c#', 'java'] as const;
const MORE = ['rust', 'kotlin', 'scala', 'swift'] as const;

const MESSAGE: Readonly<Record<UnsafeCode['what'], string>> = {
  'go-import': 'the file imports the package unsafe',
  'project-setting': 'the project allows unsafe blocks',
  'java-import': 'the file imports an Unsafe class',
  'java-use': 'the code uses an Unsafe class',
  cgo: 'the file calls C',
  keyword: 'the code is marked unsafe',
  pointer: 'the code uses unsafe pointers',
  malformed: 'the file could not be read',
};

export const unsafeblock = defineProbe({
  id: 'unsafeblock',
  lifecycle: 'experimental',
  summary: 'Does code of a memory-safe language switch the safety off?',
  motivation:
    'Go, C# and Java guard against most memory errors. Code that reaches around these guards brings the errors, and the vulnerabilities they cause, back.',
  implementation:
    'Looks for imports of `unsafe` in Go, for `AllowUnsafeBlocks` in C# projects, and for `sun.misc.Unsafe` and `jdk.internal.misc.Unsafe` in Java, in the languages the repository has.',
  outcomes: {
    True: 'Unsafe code was found; one finding per place.',
    False: 'None was found in the languages that are supported.',
    Error: 'A file could not be read.',
  },
  remediation: {
    on: 'True',
    effort: 'Medium',
    act: 'Replace unsafe code',
    steps: [
      'Replace the unsafe code at {path}:{line} by safe library calls, or keep it in one small, reviewed and fuzzed place.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: [...LANGUAGES],
  needs: { languages, unsafeCode },
  improvements: {
    'more-unsafe-code': {
      what: 'Rust, Kotlin, Scala, Swift, cgo and unsafe blocks of C# sources count too, whatever the share of the language.',
      why: 'They leave memory safety in the same way as the three that the reference knows.',
    },
    'unsafe-places': {
      what: 'Findings name the language and say that they point to sources.',
      why: 'Without a type consumers cannot show the place.',
    },
  },
  example: {
    path: 'bytes.go',
    before:
      'package text\n\nimport "unsafe"\n\nfunc String(b []byte) string {\n	return *(*string)(unsafe.Pointer(&b))\n}\n',
    after: 'package text\n\nfunc String(b []byte) string {\n	return string(b)\n}\n',
    beside: { languages: { Go: 100 } },
  },
  run: ({ languages, unsafeCode }, { adopts }) => {
    if ('unknown' in languages && languages.unknown !== 'unsupported')
      throw new CannotJudge(`the languages could not be asked for: ${languages.why}`);
    const more = adopts('more-unsafe-code');
    const present =
      'known' in languages && !more
        ? new Set(Object.keys(languages.known).map((name) => name.toLowerCase()))
        : undefined;
    const findings = [...LANGUAGES, ...(more ? MORE : [])]
      .filter((language) => present?.has(language) ?? true)
      .flatMap((language) =>
        unsafeCode
          .filter((code) => code.language === language && (more || !code.beyond))
          .map((code) => findingOf(code, adopts('unsafe-places'))),
      );
    const isSafe = findings.every(({ outcome }) => outcome === 'Error');
    return isSafe ? [...findings, no('no unsafe code was found in the supported languages')] : findings;
  },
});

/** The reference gives these places no type (file-checks 14). */
function findingOf({ path, line, what, language }: UnsafeCode, typed: boolean): FindingDraft {
  const location: Location = {
    path,
    type: typed ? 'source' : 'none',
    ...(line === undefined ? {} : { lineStart: line }),
  };
  const extra = typed ? { location, values: { language } } : { location };
  return what === 'malformed' ? failed(MESSAGE[what], extra) : yes(MESSAGE[what], extra);
}
