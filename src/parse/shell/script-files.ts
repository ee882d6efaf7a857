/** Shells whose scripts are parsed. Reference: file-checks 8.5. */
const PARSED_SHELLS: readonly string[] = ['sh', 'bash', 'mksh'];
/** Wider list: what keeps a file from being taken for a Dockerfile. */
const ANY_SHELL: readonly string[] = ['exec', 'su', 'sh', 'bash', 'mksh', 'dash', 'ksh'];
/** The reference reads lines of at most this many characters; a longer first line counts as absent. */
const MAX_LINE = 64 * 1024;

/** Last element of a slash path; '.' when empty, as path cleaning gives it. */
export function baseName(path: string): string {
  if (path !== '' && !path.includes('/')) return path;
  let end = path.length;
  while (end > 1 && path.charCodeAt(end - 1) === 47) end--;
  const text = path.slice(0, end);
  if (text === '/') return '/';
  return text.slice(text.lastIndexOf('/') + 1) || '.';
}

/** True when the base name of `path` equals `name` (lower case), letter case ignored. */
export function isProgram(path: string, name: string): boolean {
  return baseName(path).toLowerCase() === name;
}

/**
 * True when the file is a script of `sh`, `bash` or `mksh`.
 * In: path and the beginning of the text (the first line suffices). A `#!` line alone decides; without one
 * the extension does, case-sensitive.
 */
export function isShellScript(path: string, head: string): boolean {
  return matchesShell(path, head, PARSED_SHELLS);
}

/** The same test with the wide list of interpreters; only used to tell scripts from Dockerfiles. */
export function isAnyShellScript(path: string, head: string): boolean {
  return matchesShell(path, head, ANY_SHELL);
}

/** True when a `shell:` setting names a shell whose scripts are parsed; arguments make it false. */
export function isParsedShell(shell: string): boolean {
  return PARSED_SHELLS.includes(baseName(shell).toLowerCase());
}

function matchesShell(path: string, head: string, shells: readonly string[]): boolean {
  if (head.charCodeAt(0) === 35 && head.charCodeAt(1) === 33) {
    let end = head.indexOf('\n');
    if (end < 0) end = head.length;
    if (end < MAX_LINE) {
      const line = head.charCodeAt(end - 1) === 13 ? head.slice(2, end - 1) : head.slice(2, end);
      return namesShell(line, shells);
    }
  }
  const dot = path.lastIndexOf('.');
  return dot >= 0 && shells.includes(path.slice(dot + 1));
}

function namesShell(line: string, shells: readonly string[]): boolean {
  const words = line.split(' ', 2);
  const first = baseName(words[0] ?? '').toLowerCase();
  if (shells.includes(first)) return true;
  return first === 'env' && words.length > 1 && shells.includes(baseName(words[1] ?? '').toLowerCase());
}
