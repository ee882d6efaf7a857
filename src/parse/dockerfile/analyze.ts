import { analyzeShell } from '../shell/analyze.ts';
import type { InstallRecord, ShellParseError } from '../shell/types.ts';
import { runScripts } from './scripts.ts';
import type { Dockerfile, DockerfileError } from './types.ts';

/** Installs of all RUN instructions of one Dockerfile. */
export interface DockerfileInstalls {
  readonly records: readonly InstallRecord[];
  readonly errors: readonly ShellParseError[];
  /** Present: the reference ends its whole check here. */
  readonly error?: DockerfileError;
}

/**
 * Finds what the RUN instructions of a Dockerfile install, or download and run.
 * Downloaded files are known across all RUN instructions of the file. Reference: file-checks 8.4.
 */
export function dockerfileInstalls(file: Dockerfile): DockerfileInstalls {
  const { scripts, error } = runScripts(file);
  const records: InstallRecord[] = [];
  const errors: ShellParseError[] = [];
  const tainted = new Set<string>();
  let failure = error;
  for (const script of scripts) {
    if (!script.inReference) continue;
    const { startLine, endLine, fileLine } = script;
    const found = analyzeShell(script.text, { startLine, endLine, fileLine, tainted });
    records.push(...found.records);
    errors.push(...found.errors);
    if (found.abort !== undefined) failure ??= { message: found.abort, line: script.instruction.startLine };
  }
  return failure === undefined ? { records, errors } : { records, errors, error: failure };
}
