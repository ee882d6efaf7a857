/** Companies and organisations of contributors (api-checks 8). */
import { type Answer, type Contributor, isKnown, known, unknown } from '../../core/index.ts';
import { inTurns } from './in-turns.ts';
import { askRest, mustBeList, mustBeObject, mustBeText, textIfAny } from './rest.ts';
import { keyOf, type Person, type SecondAnswer } from './second.ts';
import type { Session } from './session.ts';

/** Contributors below this many contributions are never looked up: they do not count. */
const LEAST_CONTRIBUTIONS = 5;
const AT_ONCE = 6;

/** Whom to ask about by GraphQL, which tells nothing of the company of an organisation: an app belongs nowhere. */
export function loginsToAsk(people: Answer<readonly Contributor[]> | undefined): string[] {
  const users = isKnown(people) ? people.known.filter((person) => !person.isOrganization) : [];
  return users.filter(worthALook).map((person) => person.login);
}

function worthALook(person: Contributor): boolean {
  return !person.isBot && person.contributions >= LEAST_CONTRIBUTIONS;
}

/**
 * The list with what the second query told. Where GraphQL does not show a token somebody's organisations (that takes
 * a scope), REST does, one person at a time.
 */
export async function withPeople(
  session: Session,
  fullName: string,
  list: Answer<readonly Contributor[]>,
  second: SecondAnswer,
): Promise<Answer<readonly Contributor[]>> {
  if (!isKnown(list)) return list;
  const people = new Map<string, Partial<Person>>(second.people);
  const missing = list.known
    .filter((person) => worthALook(person) && people.get(person.login)?.organizations === undefined)
    .map((person) => person.login);
  if (missing.length > 0 && session.account.anonymous)
    return unknown('forbidden', 'GitHub tells who people work for only with a token', 'any token');
  const answers = await inTurns(missing, AT_ONCE, (login) =>
    personByRest(session, fullName, login, people.get(login)?.company),
  );
  const lost = answers.findIndex((answer) => !isKnown(answer));
  if (lost >= 0) {
    const why = second.failed.get(keyOf({ kind: 'person', name: missing[lost]! }));
    return why === undefined ? (answers[lost] as Answer<never>) : unknown('failed', why);
  }
  answers.forEach((answer, index) => isKnown(answer) && people.set(missing[index]!, answer.known));
  return known(list.known.map((person) => ({ ...person, ...people.get(person.login) })));
}

/** Somebody GitHub does not know any more belongs nowhere, as in the reference. */
async function personByRest(
  session: Session,
  fullName: string,
  login: string,
  company: string | undefined,
): Promise<Answer<Person>> {
  const path = `api:/users/${encodeURIComponent(login)}`;
  const [user, organizations] = await Promise.all([
    company !== undefined
      ? known(company)
      : askRest(session, { path, what: `the user ${login}` }, fullName, (json) =>
          textIfAny(mustBeObject(json).company),
        ),
    askRest(session, { path: `${path}/orgs`, what: `the organisations of ${login}` }, fullName, (json) =>
      mustBeList(json).map((one) => mustBeText(one.login)),
    ),
  ]);
  const gone = (answer: Answer<unknown>) => !isKnown(answer) && answer.unknown === 'missing';
  if (!isKnown(user) && !gone(user)) return user;
  if (!isKnown(organizations) && !gone(organizations)) return organizations;
  return known({
    company: isKnown(user) ? user.known : '',
    organizations: isKnown(organizations) ? organizations.known : [],
  });
}
