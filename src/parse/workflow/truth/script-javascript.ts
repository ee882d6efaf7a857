import { contextTaint, type Taint } from './untrusted.ts';

// Text of outsiders that a script of JavaScript hands to a shell, or has parsed as code.

/** A line that does so. */
export interface JavascriptSink {
  readonly offset: number;
  readonly snippet: string;
  readonly taints: readonly Taint[];
}

const MAX_LINE = 2000;
const MAX_SINKS = 60;
/** Calls that read their first argument as code or as a command line of a shell. */
const CODE =
  /\bexecSync\s?\(|(?:^|[^\w.])eval\s?\(|\bnew\s+Function\s?\(|\bspawn(?:Sync)?\s?\(.{0,600}\bshell\s?:\s?(?:true|['"])|\[\s?['"`]-\w?c['"`]\s?,/;
/** `exec` of `child_process`; that of the actions toolkit starts no shell. */
const EXEC = /(?:^|[^\w.])exec\s?\(|\b(?:cp|child_process|childProcess)\.exec\s?\(|\bpromisify\(exec\)/;
const CLEAN =
  /\.replace(?:All)?\(\s?\/\[\^|\bNumber\(|\bparseInt\(|\bencodeURIComponent\(|\bshellescape|\bshell-?quote/i;

/** True when a script may hold such a call; a cheap test. */
export function mayRunText(script: string): boolean {
  return /exec|eval|Function|spawn|-c/.test(script);
}

/** Finds the lines where variables or fields of the event reach such a call. `variable` tells of `process.env`. */
export function javascriptSinks(
  script: string,
  variable: (name: string) => readonly Taint[],
): readonly JavascriptSink[] {
  const sinks: JavascriptSink[] = [];
  const local = new Map<string, readonly Taint[]>();
  const usesProcesses = script.includes('child_process');
  let offset = 0;
  for (const line of script.split('\n')) {
    const text = line.length > MAX_LINE || /^\s*\/\//.test(line) ? '' : line;
    const taints = text === '' ? [] : lineTaints(text, local, variable).filter((taint) => taint.text);
    const name = /^\s*(?:const|let|var)?\s*(\w{1,80})\s?=\s?(?![=>])/.exec(text)?.[1];
    const isCode = CODE.test(text) || (usesProcesses && EXEC.test(text));
    if (taints.length > 0 && isCode && !CLEAN.test(text) && sinks.length < MAX_SINKS)
      sinks.push({ offset, snippet: text.trim().slice(0, 200), taints });
    else if (name !== undefined) local.set(name, CLEAN.test(text) ? [] : taints);
    offset += line.length + 1;
  }
  return sinks;
}

function lineTaints(
  line: string,
  local: ReadonlyMap<string, readonly Taint[]>,
  variable: (name: string) => readonly Taint[],
): readonly Taint[] {
  const found: Taint[] = [];
  for (const match of line.matchAll(/\bprocess\.env(?:\.(\w{1,80})|\[['"](\w{1,80})['"]\])/g))
    found.push(...variable((match[1] ?? match[2])!));
  for (const match of line.matchAll(/\bcontext\.payload((?:\??\.\w{1,60}|\[\d{1,4}\]){1,12})/g)) {
    const taint = payloadTaint(match[1]!);
    if (taint !== undefined) found.push(taint);
  }
  if (local.size > 0) {
    for (const name of line.match(/[A-Za-z_$][\w$]{0,80}/g)?.slice(0, 60) ?? [])
      found.push(...(local.get(name) ?? []));
  }
  return found;
}

/** The field of the event, methods called on it left out. */
function payloadTaint(text: string): Taint | undefined {
  const names = text
    .split(/\??\.|\[|\]/)
    .filter((name) => name !== '')
    .map((name) => (/^\d+$/.test(name) ? '*' : name.toLowerCase()));
  for (let length = names.length; length > 0; length--) {
    const taint = contextTaint({ path: ['github', 'event', ...names.slice(0, length)], json: false });
    if (taint !== undefined) return taint;
  }
  return undefined;
}
