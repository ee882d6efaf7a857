/** Known vulnerabilities from the OSV database: one batch of questions, then the details of what it names, each once. */
import {
  type Answer,
  type Doors,
  isKnown,
  known,
  type PackageQuery,
  unknown,
  type Vulnerability,
} from '../core/index.ts';
import { askService, type Service, UnexpectedAnswer } from './answer.ts';
import { entryOf, type OsvEntry, vulnerabilityOf } from './osv-entry.ts';

type Found = Awaited<ReturnType<Doors['vulnerabilities']>>;

/** What OSV takes in one batch. */
const BATCH = 1000;
const MAX_QUERIES = 20_000;
/** Details asked for at the same time: so many that those of a thousand vulnerabilities come within the 5 seconds. */
const AT_ONCE = 32;
const MAX_DETAILS = 2000;
const MAX_PAGES = 10;

type Query =
  | { readonly commit: string; readonly page_token?: string }
  | {
      readonly package: { readonly name: string; readonly ecosystem: string };
      readonly version: string;
      readonly page_token?: string;
    };

/** Asks about packages, and about the repository's own commit when one is given. */
export async function vulnerabilities(
  service: Service,
  packages: readonly PackageQuery[],
  commit?: string,
): Promise<Found> {
  if (packages.length > MAX_QUERIES)
    return unknown('unsupported', `more than ${MAX_QUERIES} packages are not looked up`);
  const queries: Query[] = [
    ...packages.map(({ ecosystem, name, version, commit }) =>
      version === '' && commit !== undefined ? { commit } : { package: { name, ecosystem }, version },
    ),
    ...(commit === undefined ? [] : [{ commit }]),
  ];
  const ids = await idsOf(service, queries);
  if (!isKnown(ids)) return ids;
  const details = await detailsOf(service, new Set(ids.known.flat()));
  if (!isKnown(details)) return details;
  const told = (list: readonly string[], query?: PackageQuery): Vulnerability[] =>
    list.flatMap((id) => {
      const detail = details.known.get(id);
      return detail === undefined || detail.withdrawn ? [] : [vulnerabilityOf(detail, query)];
    });
  return known({
    packages: packages.map((query, index) => told(ids.known[index] ?? [], query)),
    commit: commit === undefined ? [] : told(ids.known[packages.length] ?? []),
  });
}

/** Ids per query, in their order; further pages are asked for until none is named. */
async function idsOf(service: Service, queries: readonly Query[]): Promise<Answer<string[][]>> {
  const ids: string[][] = queries.map(() => []);
  let open = queries.map((query, index) => ({ query, index }));
  for (let page = 0; open.length > 0 && page < MAX_PAGES; page++) {
    const next: typeof open = [];
    for (let start = 0; start < open.length; start += BATCH) {
      const batch = open.slice(start, start + BATCH);
      const answer = await askBatch(
        service,
        batch.map((one) => one.query),
      );
      if (!isKnown(answer)) return answer;
      answer.known.forEach((result, at) => {
        const { query, index } = batch[at]!;
        ids[index]!.push(...result.ids);
        if (result.next !== '') next.push({ query: { ...query, page_token: result.next }, index });
      });
    }
    open = next;
  }
  if (open.length > 0) return unknown('failed', 'the list of vulnerabilities does not end');
  return known(ids);
}

/** A page of the answer to one question. */
interface BatchResult {
  readonly ids: readonly string[];
  /** Token of the next page; empty for none. */
  readonly next: string;
}

function askBatch(
  { http, base }: Service,
  queries: readonly Query[],
): Promise<Answer<readonly BatchResult[]>> {
  const request = {
    url: `${base}/v1/querybatch`,
    method: 'POST' as const,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ queries }),
    kind: 'osv',
  };
  return askService(http, request, (json) => {
    const { results } = (json ?? {}) as { results?: unknown };
    if (!Array.isArray(results) || results.length !== queries.length)
      throw new UnexpectedAnswer('answers another number of questions than was asked');
    return results.map(resultOf);
  });
}

/** Nothing, where nothing is known of a package. */
function resultOf(raw: unknown): BatchResult {
  const { vulns, next_page_token: next } = (raw ?? {}) as { vulns?: unknown; next_page_token?: unknown };
  const list: readonly unknown[] | undefined = Array.isArray(vulns) ? vulns : undefined;
  const ids = (list ?? []).map((one) => (one as { id?: unknown } | null)?.id);
  const isPlain = raw === null || (typeof raw === 'object' && !Array.isArray(raw));
  const isList = list !== undefined || vulns === undefined || vulns === null;
  if (!isPlain || !isList || !ids.every((id) => typeof id === 'string' && id !== ''))
    throw new UnexpectedAnswer('gives something else than a list of vulnerabilities');
  if (next !== undefined && next !== null && typeof next !== 'string')
    throw new UnexpectedAnswer('names the next page by no text');
  return { ids: ids as string[], next: next ?? '' };
}

async function detailsOf(service: Service, ids: ReadonlySet<string>): Promise<Answer<Map<string, OsvEntry>>> {
  if (ids.size > MAX_DETAILS)
    return unknown('failed', `more than ${MAX_DETAILS} vulnerabilities are not looked up`);
  const queue = [...ids];
  const details = new Map<string, OsvEntry>();
  let problem: Answer<never> | undefined;
  const worker = async () => {
    for (let id = queue.shift(); id !== undefined && problem === undefined; id = queue.shift()) {
      const answer = await askDetail(service, id);
      if (isKnown(answer)) {
        if (answer.known !== undefined) details.set(id, answer.known);
      } else problem = answer;
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, worker));
  return problem ?? known(details);
}

/** What decides whether an entry counts, and as which, must be what the format says. @throws UnexpectedAnswer */
function sound(json: unknown): unknown {
  const { id, aliases, withdrawn } = (json ?? {}) as Readonly<Record<string, unknown>>;
  const isList = Array.isArray(aliases) && aliases.every((alias) => typeof alias === 'string');
  const isTime = typeof withdrawn === 'string' && !Number.isNaN(Date.parse(withdrawn));
  const missing = (value: unknown) => value === undefined || value === null;
  if (typeof id !== 'string' || !(isList || missing(aliases)) || !(isTime || missing(withdrawn)))
    throw new UnexpectedAnswer('gives something else than a vulnerability');
  return json;
}

/** Undefined for an entry that is gone. */
function askDetail({ http, base }: Service, id: string): Promise<Answer<OsvEntry | undefined>> {
  const request = { url: `${base}/v1/vulns/${encodeURIComponent(id)}`, kind: 'osv', cached: true };
  return askService<OsvEntry | undefined>(
    http,
    request,
    (json) => entryOf(id, sound(json)),
    (response) => (response.status === 404 ? known(undefined) : undefined),
  );
}
