import { perFile, type SourceFile } from '../core/index.ts';
import { findBytes, needle } from '../parse/bytes.ts';
import { readProjectSettings } from '../parse/nuget.ts';
import { goImports } from '../parse/unsafe/go-imports.ts';
import { javaUnsafe } from '../parse/unsafe/java.ts';

/** A place where code leaves memory safety, or a file that could not be read. */
export interface UnsafeCode {
  readonly language: 'go' | 'c#' | 'java';
  readonly path: string;
  readonly line?: number;
  readonly what: 'go-import' | 'project-setting' | 'java-import' | 'java-use' | 'malformed';
}

const UNSAFE = needle('Unsafe');

/** Reference: file-checks 14. */
export const unsafeCode = perFile<UnsafeCode>({
  id: 'unsafeCode',
  version: 1,
  read: 'whole',
  paths: { extensions: ['go', 'csproj', 'java'], where: (path) => !path.testData },
  visit: (file) => {
    if (file.extension === 'go') return inGo(file);
    return file.extension === 'java' ? inJava(file) : inProject(file);
  },
});

function inGo(file: SourceFile): UnsafeCode[] {
  const { path } = file;
  const imports = goImports(file.text());
  if (imports === undefined) return [{ language: 'go', path, what: 'malformed' }];
  return imports
    .filter(({ literal }) => literal === '"unsafe"')
    .map(({ line }) => ({ language: 'go', path, line, what: 'go-import' }));
}

function inProject(file: SourceFile): UnsafeCode[] {
  const { path } = file;
  const settings = readProjectSettings(file.text());
  if (settings === undefined) return [{ language: 'c#', path, what: 'malformed' }];
  return settings.allowsUnsafeBlocks ? [{ language: 'c#', path, what: 'project-setting' }] : [];
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
