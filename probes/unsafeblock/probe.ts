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

const MESSAGE: Readonly<Record<UnsafeCode['what'], string>> = {
  'go-import': 'the file imports the package unsafe',
  'project-setting': 'the project allows unsafe blocks',
  'java-import': 'the file imports an Unsafe class',
  'java-use': 'the code uses an Unsafe class',
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
    steps: [
      'Replace the unsafe code in {path} by safe library calls, or keep it in one small, reviewed and fuzzed place.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: [...LANGUAGES],
  needs: { languages, unsafeCode },
  run: ({ languages, unsafeCode }) => {
    if ('unknown' in languages && languages.unknown !== 'unsupported')
      throw new CannotJudge(`the languages could not be asked for: ${languages.why}`);
    const present =
      'known' in languages
        ? new Set(Object.keys(languages.known).map((name) => name.toLowerCase()))
        : undefined;
    const findings = LANGUAGES.filter((language) => present?.has(language) ?? true).flatMap((language) =>
      unsafeCode.filter((code) => code.language === language).map(findingOf),
    );
    const isSafe = findings.every(({ outcome }) => outcome === 'Error');
    return isSafe ? [...findings, no('no unsafe code was found in the supported languages')] : findings;
  },
});

/** The reference gives these places no type (file-checks 14). */
function findingOf({ path, line, what }: UnsafeCode): FindingDraft {
  const location: Location = { path, type: 'none', ...(line === undefined ? {} : { lineStart: line }) };
  return what === 'malformed' ? failed(MESSAGE[what], { location }) : yes(MESSAGE[what], { location });
}
