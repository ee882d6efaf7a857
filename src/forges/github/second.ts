/** The second and last query: people found among the contributors, branches found among the releases. */
import { HttpFailure } from '../../http/index.ts';
import type { Answers } from './batch.ts';
import { ask, type Data, type GraphqlError, isTooMuch, Overload, PRICE, Rejected } from './graphql.ts';
import { BRANCH, type Part } from './parts.ts';
import { type Maybe, type Nodes, nodesOf, type RawBranch } from './raw.ts';
import type { Session } from './session.ts';

export interface Person {
  readonly company: string;
  /** Undefined when GraphQL was not asked. */
  readonly organizations?: readonly string[];
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

function personText(alias: string, login: string, session: Session): string {
  const organizations = session.withoutOrganisations
    ? ''
    : ` organizations(first:${ORGANISATIONS}){nodes{login}}`;
  return `${alias}:user(login:${JSON.stringify(login)}){company${organizations}}`;
}

/** The branches as a part of a first query, as `b0`, `b1` ...; nothing for none. */
export function branchesPart(branches: readonly string[]): Part[] {
  if (branches.length === 0) return [];
  const names = branches.map((_, index) => `b${index}`);
  const text = branches.map((name, index) => branchText(names[index]!, name)).join('\n');
  return [{ id: 'branches', names, text }];
}

/** The people as a part of a first query, as `u0`, `u1` ...; nothing for none. */
export function peoplePart(session: Session, logins: readonly string[]): Part[] {
  if (logins.length === 0) return [];
  const names = logins.map((_, index) => `u${index}`);
  const text = logins.map((login, index) => personText(names[index]!, login, session)).join('\n');
  return [{ id: 'people', names, text, beside: true }];
}

/** What these parts of a first query brought. What is not there is left to the second query. */
export function foundEarly(
  answers: Answers,
  logins: readonly string[],
  branches: readonly string[],
): SecondAnswer {
  const found: Found = { people: new Map(), branches: new Map(), failed: new Map() };
  const [people, refs] = [answers.get('people'), answers.get('branches')];
  if (people !== undefined && people.failed === undefined)
    logins.forEach((login, index) => {
      const person = personIn(people.data, people.errors, `u${index}`);
      if (typeof person === 'object') found.people.set(login, person);
    });
  if (refs !== undefined && refs.failed === undefined)
    branches.forEach((name, index) => {
      found.branches.set(name, branchIn(refs.data, refs.errors, `b${index}`));
    });
  return found;
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
    item.kind === 'person' ? [personText(`u${index}`, item.name, session)] : [],
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
      const person = personIn(data, errors, `u${index}`);
      if (typeof person === 'object') found.people.set(item.name, person);
      else found.failed.set(keyOf(item), person);
    } else {
      const refs = (data.repository ?? {}) as Data;
      found.branches.set(item.name, branchIn(refs, errors, `b${index}`));
    }
  });
}

function branchIn(data: Data, errors: readonly GraphqlError[], alias: string): BranchAnswer {
  const own = errors.filter(
    ({ path }) => path?.[1] === alias || (path?.length === 1 && path[0] === 'repository'),
  );
  return { raw: (data[alias] as Maybe<RawBranch>) ?? undefined, errors: own };
}

/**
 * The person under `alias`, or why there is none. Somebody GitHub does not know as a user (an app, a renamed account)
 * belongs nowhere, as in the reference.
 */
function personIn(data: Data, errors: readonly GraphqlError[], alias: string): Person | string {
  type Raw = Maybe<{ company?: Maybe<string>; organizations?: Nodes<{ login?: string }> }>;
  const raw = data[alias] as Raw;
  const own = errors.filter((error) => error.path?.[0] === alias);
  const odd = own.find((error) => error.type !== 'NOT_FOUND');
  if (odd !== undefined) return odd.message;
  if (!raw && own.length === 0) return `GitHub's answer lacks the user ${alias}`;
  return {
    company: raw?.company ?? '',
    ...(raw && raw.organizations === undefined
      ? {}
      : { organizations: nodesOf(raw?.organizations).flatMap((one) => one.login ?? []) }),
  };
}
