/** Pieces of JSON as the reference writes it (formats-and-cli 3). */

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON on one line with the characters escaped that Go escapes. All of them can only stand inside strings. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character]!);
}

/** RFC 3339 with seconds and an offset in minutes (this machine's when absent), `Z` when it is none. */
export function localDateTime(iso: string, offset = -new Date(iso).getTimezoneOffset()): string {
  const date = new Date(iso);
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const minutes = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

/** The day in this machine's time zone. */
export function localDay(iso: string, offset?: number): string {
  return localDateTime(iso, offset).slice(0, 10);
}

/** A copy with its keys in order, as Go writes maps; undefined when there are none. */
export function sortedMap(
  map: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> | undefined {
  if (map === undefined) return undefined;
  const keys = Object.keys(map);
  if (keys.length === 0) return undefined;
  return Object.fromEntries(keys.sort((a, b) => (a < b ? -1 : 1)).map((key) => [key, map[key]!]));
}
