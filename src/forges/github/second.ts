/** The second and last query: people found among the contributors, branches found among the releases. */
import { HttpFailure } from '../../http/index.ts';
import { ask, type Data, type GraphqlError, isTooMuch, Overload, PRICE, Rejected } from './graphql.ts';
import { BRANCH, type Part } from './parts.ts';
import { type Maybe, type Nodes, nodesOf, type RawBranch } from './raw.ts';
import type { Session } from './session.ts';

export interface Person {
  readonly company: string;
  readonly organizations: readonly string[];
}

export interface BranchAnswer {
  /** Undefined when there is no such branch. */
  readonly raw: RawBranch | undefined;
  readonly errors: readonly GraphqlError[];
}

export interface SecondAnswer {
  readonly people: ReadonlyMap<string, Person>;
  readonly branches: ReadonlyMap<string, BranchAnswer>;
  /** Logins and branches that could not be asked about, with the reason. */
  readonly failed: ReadonlyMap<string, string>;
}

export interface Item {
  readonly kind: 'person' | 'branch';
  readonly name: string;
}

/** Organisations looked at per person, as the reference's page. */
const ORGANISATIONS = 30;

function branchText(alias: string, name: string): string {
  return `${alias}:ref(qualifiedName:${JSON.stringify(`refs/heads/${name}`)}){${BRANCH}}`;
}

/** The branches as a part of a first query, as `b0`, `b1` ...; nothing for none. */
export function textsOfSecond(branches: readonly string[]): Part[] {
  if (branches.length === 0) return [];
  const names = branches.map((_, index) => `b${index}`);
  return [
    {
      id: 'branches',
      names,
      text: branches.map((name, index) => branchText(names[index]!, name)).join('\n'),
    },
  ];
}

/** Asks for all of them at once, for fewer at a time when that is too much. Never throws but for an abort or a refused token. */
export async function askSecond(
  session: Session,
  logins: readonly string[],
  branches: readonly string[],
  remembered?: SecondAnswer,
): Promise<SecondAnswer> {
  const found = {
    people: new Map(remembered?.people),
    branches: new Map(remembered?.branches),
    failed: new Map<string, string>(),
  };
  const items: Item[] = [
    ...branches
      .filter((name) => !found.branches.has(name))
      .map((name) => ({ kind: 'branch', name }) as const),
    ...logins.filter((name) => !found.people.has(name)).map((name) => ({ kind: 'person', name }) as const),
  ];
  if (items.length > 0 && !session.account.anonymous) await askItems(session, items, found);
  return found;
}

type Found = {
  readonly [K in keyof SecondAnswer]: SecondAnswer[K] extends ReadonlyMap<infer A, infer B>
    ? Map<A, B>
    : never;
};

async function askItems(session: Session, items: readonly Item[], found: Found): Promise<void> {
  try {
    await askOnce(session, items, found);
  } catch (error) {
    const divisible = error instanceof Overload || error instanceof Rejected;
    if (!divisible && !(error instanceof HttpFailure)) throw error;
    if (error instanceof Rejected && items.some((item) => item.kind !== items[0]!.kind)) {
      // Organisations take a scope, branches do not.
      for (const kind of ['branch', 'person'] as const)
        await askItems(
          session,
          items.filter((item) => item.kind === kind),
          found,
        );
      return;
    }
    if (!(error instanceof Overload) || items.length === 1) {
      for (const item of items) found.failed.set(keyOf(item), error.message);
      return;
    }
    const middle = Math.ceil(items.length / 2);
    await askItems(session, items.slice(0, middle), found);
    await askItems(session, items.slice(middle), found);
  }
}

export function keyOf(item: Item): string {
  return `${item.kind} ${item.name}`;
}

async function askOnce(session: Session, items: readonly Item[], found: Found): Promise<void> {
  const refs = items.flatMap((item, index) =>
    item.kind === 'branch' ? [branchText(`b${index}`, item.name)] : [],
  );
  const people = items.flatMap((item, index) =>
    item.kind === 'person'
      ? [
          `u${index}:user(login:${JSON.stringify(item.name)}){company organizations(first:${ORGANISATIONS}){nodes{login}}}`,
        ]
      : [],
  );
  const { owner, name } = session;
  const head = refs.length > 0 ? '($owner:String!,$name:String!)' : '';
  const inside = refs.length > 0 ? `repository(owner:$owner,name:$name){${refs.join('\n')}}` : '';
  const query = `query PeopleAndBranches${head}{${inside}\n${people.join('\n')}\n${PRICE}}`;
  const { data = {}, errors } = await ask(
    session,
    query,
    refs.length > 0 ? { owner, name } : {},
    items.length > 1,
  );
  const much = errors.find(isTooMuch);
  if (much !== undefined) throw new Overload(much.message);
  items.forEach((item, index) => {
    if (item.kind === 'person') {
      const own = errors.filter((error) => error.path?.[0] === `u${index}`);
      const odd = own.find((error) => error.type !== 'NOT_FOUND');
      if (odd === undefined && (own.length > 0 || data[`u${index}`]))
        found.people.set(item.name, personOf(data[`u${index}`]));
      else found.failed.set(keyOf(item), odd?.message ?? `GitHub's answer lacks ${item.name}`);
    } else {
      const raw = ((data.repository ?? {}) as Data)[`b${index}`] as Maybe<RawBranch>;
      const own = errors.filter(
        (error) =>
          error.path?.[1] === `b${index}` || (error.path?.length === 1 && error.path[0] === 'repository'),
      );
      found.branches.set(item.name, { raw: raw ?? undefined, errors: own });
    }
  });
}

/** Somebody GitHub does not know as a user (an app, a renamed account) belongs nowhere, as in the reference. */
function personOf(raw: unknown): Person {
  const person = raw as Maybe<{ company?: Maybe<string>; organizations?: Nodes<{ login?: string }> }>;
  return {
    company: person?.company ?? '',
    organizations: nodesOf(person?.organizations).flatMap((one) => one.login ?? []),
  };
}
