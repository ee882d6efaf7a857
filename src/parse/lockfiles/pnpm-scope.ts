/** From version 9 on, pnpm-lock.yaml says of no package whether it is for development: that follows from who needs it. */
import { linesOf } from './lines.ts';

const KEY = /^ *(?:'([^']+)'|"([^"]+)"|([^\s'":][^'":]*(?::[^\s'":]+)*)):(?: (.*))?$/;
const SHIPPED: ReadonlySet<string> = new Set(['dependencies', 'optionalDependencies']);

/**
 * The packages (`name@version`, without peers) that something shipped needs; undefined when the text does not tell.
 * In: one document of the file.
 */
export function shippedPackages(text: string): ReadonlySet<string> | undefined {
  const roots: string[] = [];
  const needs = new Map<string, string[]>();
  let section = '';
  let owner = '';
  let list = '';
  let name = '';
  for (const [line] of linesOf(text)) {
    const depth = line.length - line.trimStart().length;
    if (line === '' || line[depth] === '#') continue;
    if (depth === 0) {
      section = line;
      continue;
    }
    if (section !== 'importers:' && section !== 'snapshots:') continue;
    const found = KEY.exec(line);
    if (found === null) continue;
    const key = (found[1] ?? found[2] ?? found[3])!;
    const value = found[4] ?? '';
    if (depth === 2) {
      owner = key;
      list = '';
      if (section === 'snapshots:') needs.set(owner, []);
    } else if (depth === 4) list = key;
    else if (!SHIPPED.has(list)) continue;
    else if (section === 'snapshots:') {
      if (depth === 6) needs.get(owner)?.push(keyOf(key, value));
    } else if (depth === 6) {
      name = key;
      const inline = /\bversion: ([^,}]+)/.exec(value)?.[1];
      if (inline !== undefined) roots.push(keyOf(name, inline));
    } else if (depth === 8 && key === 'version') roots.push(keyOf(name, value));
  }
  return needs.size === 0 ? undefined : reached(roots, needs);
}

/** `name@version`; an alias names its package in the version. */
function keyOf(name: string, raw: string): string {
  const version = raw.trim().replace(/^(['"])(.*)\1$/, '$2');
  const plain = version.split('(', 1)[0]!;
  return plain.lastIndexOf('@') > 0 && !/^[a-z+]+:/.test(plain) ? version : `${name}@${version}`;
}

function reached(
  roots: readonly string[],
  needs: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const seen = new Set(roots);
  for (const key of seen) for (const next of needs.get(key) ?? []) seen.add(next);
  return new Set([...seen].map((key) => key.split('(', 1)[0]!));
}
