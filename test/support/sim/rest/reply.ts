/** Replies of REST routes: plain JSON, pages of lists, and where a route stands in the request. */

import type { Exchange, Reply } from '../http/exchange.ts';
import type { World } from '../model/world.ts';

/** What a route gets to answer with. */
export interface Call {
  readonly x: Exchange;
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly accept: string;
  /** Base address of the API in the caller's style. */
  readonly api: string;
  readonly web: string;
}

export const json = (value: unknown, status = 200): Reply => ({ status, json: value });

interface ListOptions {
  /** Key under which the items stand, beside their total count. */
  readonly wrap?: string;
  /** Searches give at most a thousand results. */
  readonly search?: boolean;
}

/** The asked page of a list, with `Link` headers to the others. Only items of the page are shaped. */
export function list<T>(
  call: Call,
  all: readonly T[],
  shape: (item: T) => unknown,
  options: ListOptions = {},
): Reply {
  const number = (name: string, fallback: number): number =>
    Math.max(1, Number(call.query.get(name) ?? fallback) || fallback);
  const size = Math.min(100, number('per_page', 30));
  const page = number('page', 1);
  const reachable = options.search ? all.slice(0, 1000) : all;
  const items = reachable.slice((page - 1) * size, page * size).map(shape);
  const links = pageLinks(call, page, Math.max(1, Math.ceil(reachable.length / size)));
  const headers: Record<string, string> = links ? { Link: links } : {};
  if (!options.wrap) return { json: items, headers };
  const incomplete = options.search ? { incomplete_results: false } : {};
  return { json: { total_count: all.length, ...incomplete, [options.wrap]: items }, headers };
}

function pageLinks(call: Call, page: number, last: number): string {
  const link = (to: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(to));
    return `<${call.api}${call.x.path}?${query}>; rel="${rel}"`;
  };
  const links: string[] = [];
  if (page > 1) links.push(link(page - 1, 'prev'));
  if (page < last) links.push(link(page + 1, 'next'), link(last, 'last'));
  if (page > 1) links.push(link(1, 'first'));
  return links.join(', ');
}
