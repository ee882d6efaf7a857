/** Small pure helpers of the simulator: digests, moments, stable numbers and branch patterns. */
import { createHash } from 'node:crypto';

export const sha1 = (data: string | Uint8Array): string => createHash('sha1').update(data).digest('hex');
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

const UNIT: Record<string, number> = {
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 36e5,
  d: 864e5,
  w: 7 * 864e5,
  y: 365 * 864e5,
};

/**
 * Milliseconds of a span such as "3d", "90m" or "1.5h"; a bare number counts seconds.
 * @throws Error when the text is not a span
 */
export function spanMs(span: string | number): number {
  if (typeof span === 'number') return span * 1000;
  const match = /^([+-]?\d+(?:\.\d+)?)(ms|[smhdwy])$/.exec(span.trim());
  if (!match) throw new Error(`not a time span: ${span}`);
  return Number(match[1]) * UNIT[match[2] as string]!;
}

/** ISO date in whole seconds, as GitHub writes dates. */
export const iso = (at: number | Date): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** An ISO date moved by some milliseconds. */
export const addMs = (date: string, ms: number): string => iso(Date.parse(date) + ms);

/**
 * A moment of a scenario: "-20d" counts from `now`, "now" is now, anything else must be an ISO date.
 * @throws Error when it is neither
 */
export function moment(value: string | Date, now: number): string {
  if (value instanceof Date) return iso(value);
  const text = String(value).trim();
  if (text === 'now') return iso(now);
  if (/^[+-]\d+(\.\d+)?(ms|[smhdwy])$/.test(text)) return iso(now + spanMs(text));
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new Error(`not a moment: ${text}`);
  return iso(at);
}

/** A stable positive integer for a text, used where GitHub has numeric ids. */
export const numId = (text: string): number => Number.parseInt(sha1(text).slice(0, 7), 16) + 1000;

/** A stable opaque id for a text, used where GitHub has global node ids. */
export const nodeId = (kind: string, key: string | number): string =>
  Buffer.from(`${kind}:${key}`).toString('base64url');

/** The regular expression of a branch or ref pattern (fnmatch style: `*` stays inside one path segment). */
export function globToRe(glob: string): RegExp {
  let out = '';
  for (let i = 0; i < glob.length; i++) {
    const c = glob[i] as string;
    if (c === '*' && glob[i + 1] === '*') {
      out += '.*';
      i += glob[i + 2] === '/' ? 2 : 1;
    } else if (c === '*') out += '[^/]*';
    else if (c === '?') out += '[^/]';
    else if (c === '[' && glob.indexOf(']', i + 1) > 0) {
      const end = glob.indexOf(']', i + 1);
      out += `[${glob
        .slice(i + 1, end)
        .replace(/^!/, '^')
        .replace(/\\/g, '\\\\')}]`;
      i = end;
    } else out += c.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${out}$`, 's');
}

/** "allowed_merge_methods" to "allowedMergeMethods". */
export const camel = (snake: string): string => snake.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());

/** One value, a list or nothing, as a list. */
export function asList<T>(value: T | readonly T[] | null | undefined): readonly T[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** The last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
