/** Numbers of any length, as text. */

/** By value: leading zeros do not count. */
export function compareDigits(a: string, b: string): number {
  const [x, y] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')];
  if (x.length !== y.length) return x.length < y.length ? -1 : 1;
  return compareText(x, y);
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}

/** Number by number; the shorter list is filled up with zeros. */
export function compareNumbers(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareDigits(a[at] ?? '0', b[at] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}
