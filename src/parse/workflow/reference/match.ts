/** True if the texts occur in this order, without overlap, on one line. */
export function onOneLine(script: string, first: string, second: string): boolean {
  let from = 0;
  let found = -1;
  for (;;) {
    const start = script.indexOf(first, from);
    if (start < 0) return false;
    // A place found far behind is not searched for again from every line before it.
    if (found < start + first.length) found = script.indexOf(second, start + first.length);
    if (found < 0) return false;
    const lineEnd = script.indexOf('\n', start);
    if (lineEnd < 0 || found < lineEnd) return true;
    from = lineEnd + 1;
  }
}

/** The script with lines joined that end in a backslash. */
export function joinLines(script: string): string {
  return script.includes('\\\n') || script.includes('\\\r') ? script.replace(/\\[\n\r]/g, '') : script;
}

/** An action without the version: what stands before the first `@`. */
export function actionName(uses: string): string {
  const at = uses.indexOf('@');
  return at < 0 ? uses : uses.slice(0, at);
}
