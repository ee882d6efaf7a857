/** Puts together what several databases say of the same vulnerability. Reference: file-checks 13.2. */

/** An entry of a vulnerability database. */
export interface Entry {
  readonly id: string;
  readonly aliases: readonly string[];
}

/**
 * Groups of entries that share an id or an alias. Merging goes pair by pair towards the smaller number, as in the
 * reference, so in rare chains two groups stay apart that a full closure would join.
 */
export function grouped<T extends Entry>(entries: readonly T[]): T[][] {
  const names = entries.map(({ id, aliases }) => new Set([id, ...aliases]));
  const group = entries.map((_, index) => index);
  for (let i = 0; i < entries.length; i++) {
    for (let j = i + 1; j < entries.length; j++) {
      if (!shares(names[i]!, names[j]!)) continue;
      group[i] = Math.min(group[i]!, group[j]!);
      group[j] = group[i]!;
    }
  }
  const members = new Map<number, T[]>();
  entries.forEach((entry, index) => {
    const list = members.get(group[index]!);
    if (list === undefined) members.set(group[index]!, [entry]);
    else list.push(entry);
  });
  return [...members].sort(([a], [b]) => a - b).map(([, list]) => list);
}

function shares(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const name of small) if (large.has(name)) return true;
  return false;
}

const RANK: Readonly<Record<string, number>> = { DSA: 3, CVE: 2, GHSA: 0 };
const OTHERS = 1;

/** The id that stands for a group: Debian's, then CVE, then any other, then GitHub's; within each the first by letter. */
export function representative(entries: readonly Entry[]): string {
  return entries.map(({ id }) => id).sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : a > b ? 1 : 0))[0]!;
}

function rank(id: string): number {
  return RANK[id.split('-', 1)[0]!] ?? OTHERS;
}
