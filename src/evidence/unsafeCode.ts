import { perFile, type SourceFile } from '../core/index.ts';
import { findBytes, linesWith, needle } from '../parse/bytes.ts';
import { readProjectSettings } from '../parse/nuget.ts';
import { goImports } from '../parse/unsafe/go-imports.ts';
import { javaUnsafe } from '../parse/unsafe/java.ts';

export type UnsafeLanguage = 'go' | 'c#' | 'java' | 'rust' | 'kotlin' | 'scala' | 'swift';

/** A place where code leaves memory safety, or a file that could not be read. */
export interface UnsafeCode {
  readonly language: UnsafeLanguage;
  readonly path: string;
  readonly line?: number;
  readonly what:
    | 'go-import'
    | 'cgo'
    | 'project-setting'
    | 'java-import'
    | 'java-use'
    | 'keyword'
    | 'pointer'
    | 'malformed';
  /** Only the Assay view counts it. */
  readonly beyond?: true;
}

const UNSAFE = needle('Unsafe');

/** Lines of languages beyond the reference's, with a word to look for first. */
const BY_LINE: Readonly<
  Record<
    string,
    {
      readonly language: UnsafeLanguage;
      readonly word: string;
      readonly line: RegExp;
      readonly what: 'keyword' | 'pointer' | 'java-import';
    }
  >
> = {
  rs: {
    language: 'rust',
    word: 'unsafe',
    line: /\bunsafe\s*(?:\{|(?:fn|impl|trait|extern)\b|$)/,
    what: 'keyword',
  },
  cs: {
    language: 'c#',
    word: 'unsafe',
    line: /^\s*(?:(?:public|private|protected|internal|static|sealed|partial|override|virtual|extern|readonly|new|async)\s+)*unsafe(?:\s+[\w@]|\s*\{|\s*$)/,
    what: 'keyword',
  },
  kt: {
    language: 'kotlin',
    word: 'misc.Unsafe',
    line: /^\s*import\s+(?:sun|jdk\.internal)\.misc\.Unsafe\b/,
    what: 'java-import',
  },
  scala: {
    language: 'scala',
    word: 'misc.Unsafe',
    line: /^\s*import\s+(?:sun|jdk\.internal)\.misc\.Unsafe\b/,
    what: 'java-import',
  },
  swift: {
    language: 'swift',
    word: 'nsafe',
    line: /\bUnsafe(?:Mutable)?(?:Raw)?(?:Buffer)?Pointer\b|\bwithUnsafe\w+\(|\bunsafeBitCast\(/,
    what: 'pointer',
  },
};

/** Reference: file-checks 14, for Go, C# projects and Java. */
export const unsafeCode = perFile<UnsafeCode>({
  id: 'unsafeCode',
  version: 2,
  read: 'whole',
  paths: {
    extensions: ['go', 'csproj', 'java', ...Object.keys(BY_LINE)],
    names: ['Directory.Build.props'],
    where: (path) => !path.testData,
  },
  visit: (file) => {
    if (file.extension === 'go') return inGo(file);
    if (file.extension === 'java') return inJava(file);
    return file.extension in BY_LINE ? inLines(file) : inProject(file);
  },
});

function inLines({ path, extension, bytes }: SourceFile): UnsafeCode[] {
  const { language, word, line, what } = BY_LINE[extension]!;
  const found: UnsafeCode[] = [];
  for (const { number, text } of linesWith(bytes, needle(word))) {
    const hit = line.exec(text.trimEnd());
    if (hit === null || /\/\/|^\s*\*|"[^"]*$/.test(text.slice(0, hit.index))) continue;
    found.push({ language, path, line: number, what, beyond: true });
  }
  return found;
}

function inGo(file: SourceFile): UnsafeCode[] {
  const { path } = file;
  const imports = goImports(file.text());
  if (imports === undefined) return [{ language: 'go', path, what: 'malformed' }];
  return imports.flatMap(({ literal, line }): UnsafeCode[] => {
    if (literal === '"unsafe"') return [{ language: 'go', path, line, what: 'go-import' }];
    return literal === '"C"' ? [{ language: 'go', path, line, what: 'cgo', beyond: true }] : [];
  });
}

function inProject(file: SourceFile): UnsafeCode[] {
  const { path } = file;
  const beyond = file.extension === 'csproj' ? {} : { beyond: true as const };
  const settings = readProjectSettings(file.text());
  if (settings === undefined) return [{ language: 'c#', path, what: 'malformed', ...beyond }];
  return settings.allowsUnsafeBlocks ? [{ language: 'c#', path, what: 'project-setting', ...beyond }] : [];
}

function inJava(file: SourceFile): UnsafeCode[] {
  if (findBytes(file.bytes, UNSAFE) < 0) return [];
  return javaUnsafe(file.text()).map(({ line, kind }) => ({
    language: 'java',
    path: file.path,
    line,
    what: kind === 'import' ? 'java-import' : 'java-use',
  }));
}
