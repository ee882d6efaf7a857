/** What went wrong in a plugin, as plain data and one line. */
import { CannotJudge } from '../core/index.ts';

export interface Failure {
  readonly reason: string;
  /** Set when the probe said itself that it cannot judge. */
  readonly cannotJudge?: { readonly path?: string; readonly line?: number };
}

const MAX_REASON = 500;

/** Never throws: what is thrown may throw again when it is read. The error in one line with the line of code it came from, where that is not Assay's. */
export function failureOf(error: unknown): Failure {
  try {
    return told(error);
  } catch {
    return { reason: 'it threw what cannot be read' };
  }
}

function told(error: unknown): Failure {
  if (error instanceof CannotJudge) {
    const { message, path, line } = error;
    return { reason: oneLine(message), cannotJudge: { path, line } };
  }
  if (!(error instanceof Error)) return { reason: oneLine(`it threw ${String(error)}`) };
  const { name, message, stack = '' } = error;
  const said = name === 'Error' ? message : `${name}: ${message}`;
  const place = placeIn(stack);
  return { reason: oneLine(place === undefined ? said : `${said} (${place})`) };
}

/** `file.ts:12` of the first frame that lies in somebody else's file. */
function placeIn(stack: string): string | undefined {
  for (const line of stack.split('\n', 30)) {
    const end = /:(\d+)(?::\d+)?\)?$/.exec(line.trim());
    if (end === null || line.includes('node:internal')) continue;
    const file = /([^/\\(\s]+\.[cm]?[jt]s)(?:\?[^:]*)?:\d/.exec(line);
    if (file === null || /[/\\](?:src[/\\]plugins[/\\]|dist[/\\](?:plugin-host|assay|index)\.)/.test(line))
      continue;
    return `${file[1]}:${end[1]}`;
  }
  return undefined;
}

const oneLine = (text: string): string => {
  const line = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return line.length > MAX_REASON ? `${line.slice(0, MAX_REASON - 3)}...` : line;
};
