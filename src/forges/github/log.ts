/** The history as deep as it is wanted, in as many pages as the service demands. */
import { type Answer, known, unknown } from '../../core/index.ts';
import { HttpFailure } from '../../http/index.ts';
import type { PartAnswer } from './batch.ts';
import {
  ask,
  type Data,
  type GraphqlError,
  isForbidden,
  isTooMuch,
  Overload,
  PRICE,
  Rejected,
} from './graphql.ts';
import { atCommit, type ChecksWanted, COMMITS_PAGE, history } from './parts.ts';
import type { Maybe, Nodes, RawCommit } from './raw.ts';
import { nodesOf } from './raw.ts';
import type { Session } from './session.ts';

export interface Log {
  readonly commits: readonly RawCommit[];
  /** The token may not see check suites; the rest stands. */
  readonly checksRefused: string | undefined;
  /** Nothing is older than these. */
  readonly complete: boolean;
}

/** Pages are halved down to this before the history is given up. */
const LEAST_PAGE = 3;

interface Page {
  readonly nodes: readonly RawCommit[];
  readonly next: string | undefined;
  readonly errors: readonly GraphqlError[];
}

/** Reads on from the part of the first query. */
export async function readLog(session: Session, first: PartAnswer): Promise<Answer<Log>> {
  const commits: RawCommit[] = [];
  const errors: GraphqlError[] = [];
  let size = Math.min(session.depth, COMMITS_PAGE);
  let page: Page | undefined;
  if (first.failed === undefined) page = pageOf(first.data, first.errors);
  else if (!first.tooMuch) return unknown(first.forbidden ? 'forbidden' : 'failed', first.failed);
  else size = Math.ceil(size / 2);
  try {
    for (;;) {
      if (page !== undefined) {
        if (isStuck(page, commits)) return unknown('failed', STUCK);
        commits.push(...page.nodes);
        errors.push(...page.errors);
        if (page.next === undefined || commits.length >= session.depth) break;
      }
      size = Math.min(size, session.depth - commits.length);
      [page, size] = await nextPage(session, page?.next, size);
    }
  } catch (error) {
    if (error instanceof Overload || error instanceof Rejected || error instanceof HttpFailure)
      return unknown('failed', error.message);
    throw error;
  }
  const complete = page?.next === undefined && commits.length <= session.depth;
  return judged({ commits: commits.slice(0, session.depth), checksRefused: undefined, complete }, errors);
}

const STUCK = 'the pages of history that GitHub gives do not lead on';

/** More is announced, but nothing new comes. */
function isStuck({ next, nodes }: Page, before: readonly RawCommit[]): boolean {
  if (next !== undefined && nodes.length === 0) return true;
  const seen = new Set(before.map((commit) => commit.oid));
  return nodes.some(({ oid }) => seen.size === seen.add(oid).size);
}

/** Asks for a page, for a smaller one when it is too much. Gives the page and the size that worked. */
async function nextPage(
  session: Session,
  after: string | undefined,
  wanted: number,
): Promise<[Page, number]> {
  for (let size = wanted; ; size = Math.ceil(size / 2)) {
    const last = size <= LEAST_PAGE;
    try {
      const page = await askPage(session, after, size, session.checks, !last);
      if (!page.errors.some(isTooMuch)) return [page, size];
      if (last) throw new Overload(page.errors.find(isTooMuch)!.message);
    } catch (error) {
      if (!(error instanceof Overload) || last) throw error;
    }
  }
}

async function askPage(
  session: Session,
  after: string | undefined,
  size: number,
  checks: ChecksWanted,
  impatient: boolean,
): Promise<Page> {
  const { owner, name, rev } = session;
  const text = atCommit('log', history(size, after, checks), rev);
  const query = `query History($owner:String!,$name:String!${rev === undefined ? '' : ',$rev:String!'}){
repository(owner:$owner,name:$name){${text}} ${PRICE}}`;
  const { data, errors } = await ask(
    session,
    query,
    rev === undefined ? { owner, name } : { owner, name, rev },
    impatient,
  );
  return pageOf((data?.repository ?? {}) as Data, errors);
}

function pageOf(data: Data, errors: readonly GraphqlError[]): Page {
  type AtCommit = Maybe<{ readonly history?: Nodes<RawCommit> }>;
  const log = data.log as Maybe<{ readonly target?: AtCommit } & AtCommit>;
  const found = log?.history ?? log?.target?.history;
  const { hasNextPage, endCursor } = found?.pageInfo ?? {};
  const next = hasNextPage === true && endCursor ? endCursor : undefined;
  const broken: GraphqlError[] = [];
  if (found === undefined && errors.length === 0)
    broken.push({ message: 'GitHub tells no history of this commit' });
  if (hasNextPage === true && next === undefined) broken.push({ message: STUCK });
  return { nodes: nodesOf(found), next, errors: [...errors, ...broken] };
}

/** Errors about checks leave the commits whole; any other one may hide a review, so nothing is judged. */
function judged(log: Log, errors: readonly GraphqlError[]): Answer<Log> {
  const aboutChecks = (error: GraphqlError) =>
    error.path?.some((step) => step === 'checkSuites' || step === 'status') === true;
  const other = errors.find((error) => !aboutChecks(error));
  if (other !== undefined) return unknown(isForbidden(other) ? 'forbidden' : 'failed', other.message);
  return known(errors.length === 0 ? log : { ...log, checksRefused: errors[0]!.message });
}

/** A history read in several pages, as the answer of one: to be remembered. */
export function asPart({ commits, complete }: Log): PartAnswer {
  const pageInfo = complete ? { hasNextPage: false } : { hasNextPage: true, endCursor: 'more' };
  return { data: { log: { history: { nodes: commits, pageInfo } } }, errors: [] };
}
