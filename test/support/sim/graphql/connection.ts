/** Connections: pages of nodes with cursors, as GitHub gives them. */
import { FieldError } from './errors.ts';

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface OrderArgs {
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly node: T; readonly cursor: string }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const encode = (index: number): string => Buffer.from(`cursor:${index}`).toString('base64');

function decode(cursor: string): number {
  const match = /^cursor:(-?\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!match)
    throw new FieldError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(match[1]);
}

/** The page of `items` that the arguments ask for. */
export function connection<T>(items: readonly T[], args: PageArgs = {}): Connection<T> {
  const count = items.length;
  let low = args.after == null ? 0 : Math.min(count, decode(args.after) + 1);
  let high = args.before == null ? count : Math.max(low, decode(args.before));
  if (args.first != null) high = Math.min(high, low + args.first);
  if (args.last != null) low = Math.max(low, high - args.last);
  const nodes = items.slice(low, high);
  return {
    nodes,
    edges: nodes.map((node, i) => ({ node, cursor: encode(low + i) })),
    totalCount: count,
    pageInfo: {
      hasNextPage: high < count,
      hasPreviousPage: low > 0,
      startCursor: nodes.length ? encode(low) : null,
      endCursor: nodes.length ? encode(high - 1) : null,
    },
  };
}

/** A connection that is always empty. */
export const nothing = (args: PageArgs): Connection<never> => connection([], args);

/** A timeline without items. */
export const emptyTimeline = (updatedAt: string) => (args: PageArgs) => ({
  ...nothing(args),
  filteredCount: 0,
  pageCount: 0,
  updatedAt,
});

/** A copy of the list in the asked order; unknown fields keep the order given. */
export function ordered<T>(
  list: readonly T[],
  by: OrderArgs['orderBy'],
  keys: Readonly<Record<string, (item: T) => string | number>>,
): readonly T[] {
  const key = by && keys[by.field];
  if (!key) return list;
  const sorted = [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return by.direction === 'DESC' ? sorted.reverse() : sorted;
}
