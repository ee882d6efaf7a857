import { perFile, type SourceFile } from '../core/index.ts';
import {
  analyzePowershell,
  analyzePrompt,
  analyzeShell,
  type InstallRecord,
  isShellScript,
  limitInstalls,
  type ShellParseError,
} from '../parse/shell/index.ts';

/** What one shell script takes from elsewhere. Scripts that take nothing and can be read are left out. */
export interface ShellScriptEvidence {
  readonly path: string;
  readonly installs: readonly InstallRecord[];
  readonly unreadable: readonly ShellParseError[];
  /** The reference gives up on all later scripts here. */
  readonly abort?: string;
  /** Why what stands from a line on was not looked at. */
  readonly cut?: { readonly message: string; readonly line: number };
}

/** Shell scripts by name or first line, test data left out. Reference: file-checks 8.5. */
export const shellScripts = perFile<ShellScriptEvidence>({
  id: 'shellScripts',
  version: 1,
  read: 'head',
  paths: { every: true, where: (path) => !path.testData },
  wholeIf: (file) => furtherLanguage(file) !== undefined || isScript(file),
  notice: ({ cut }) =>
    cut && {
      code: 'file-not-understood',
      message: `shellScripts: not read from line ${cut.line} on: ${cut.message}`,
      line: cut.line,
    },
  visit(file) {
    const further = furtherLanguage(file);
    if (further !== undefined) return furtherScript(file, further);
    // The bytes may be here because another kind of evidence wanted them.
    if (!isScript(file)) return [];
    const { records, errors, abort } = analyzeShell(file.text());
    if (records.length === 0 && errors.length === 0 && abort === undefined) return [];
    return [
      {
        path: file.path,
        ...limitInstalls(records),
        unreadable: errors,
        ...(abort === undefined ? {} : { abort }),
      },
    ];
  },
});

/** Scripts that only the Assay view reads: those of PowerShell and of the command prompt. */
function furtherLanguage({ extension, lowerBase }: SourceFile): Further | undefined {
  // Pester's tests install what they serve themselves.
  if (extension.length !== 3 || lowerBase.endsWith('.tests.ps1')) return undefined;
  if (extension === 'ps1') return analyzePowershell;
  return extension === 'bat' || extension === 'cmd' ? analyzePrompt : undefined;
}

type Further = typeof analyzePowershell;

/** Longer ones are made by programs. */
const MAX_FURTHER = 512 * 1024;

function furtherScript(file: SourceFile, analyze: Further): ShellScriptEvidence[] {
  if (file.bytes.length > MAX_FURTHER) return [];
  const installs = analyze(file.text());
  return installs.length === 0 ? [] : [{ path: file.path, ...limitInstalls(installs), unreadable: [] }];
}

/** With a cheap test before any text is decoded: starts with `#!`, or is named like a script. */
function isScript(file: SourceFile): boolean {
  const { head, path } = file;
  const hasShebang = head[0] === 0x23 && head[1] === 0x21;
  return (hasShebang || path.endsWith('sh')) && isShellScript(path, file.headText());
}
