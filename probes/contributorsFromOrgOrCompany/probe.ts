import { CannotJudge, defineProbe, no, type View, yes } from '../../src/core/index.ts';
import { type People, type Person, people } from '../../src/evidence/people.ts';
import { isGone, keyOf, oneEach } from './entities.ts';

/** Contributions below which a person is left out. */
const LEAST = 5;

/** Follows the name in the message of a finding. */
export const BEHIND = ' stands behind contributors';

export const contributorsFromOrgOrCompany = defineProbe({
  id: 'contributorsFromOrgOrCompany',
  lifecycle: 'experimental',
  summary: 'Do contributors come from several organizations or companies?',
  motivation:
    'A project carried by several organizations outlives the loss of interest of one, and no single one of them decides alone over what users get.',
  implementation:
    'Takes the 30 contributors with the most commits of all time. For those with at least 5 it collects the public organizations and the company of the profile, spelled in lower case without `inc.`, `llc`, commas and at signs; each different name counts.',
  outcomes: {
    True: 'An organization or company stands behind contributors; one finding per name.',
    False: 'None was found.',
  },
  remediation: {
    on: 'False',
    effort: 'High',
    act: 'Win contributors of several organizations',
    steps: ['Ask contributors to name their organization in their profile, and invite others to take part.'],
  },
  forges: ['github'],
  needs: { people },
  improvements: {
    'people-not-programs': {
      what: 'Contributions of machine accounts do not count.',
      why: 'An update bot with thousands of commits stands for the company that runs it, not for a contributor.',
    },
    'recent-contributors': {
      what: 'People who are known to have done nothing within the last twelve months do not count.',
      why: 'The check speaks of recent commits; the reference counts all of time (ossf/scorecard#1024).',
    },
    'same-entity': {
      what: 'Spellings of one name count once, and words such as `freelance` name no company.',
      why: 'An organization login and the company of the same name count twice in the reference (ossf/scorecard#4175).',
    },
    'one-entity-per-person': {
      what: 'There must be as many people as names: each person stands for one organization at most.',
      why: 'One person who is a member of three organizations gives full marks in the reference (ossf/scorecard#3996).',
    },
  },
  example: {
    before: {
      contributors: [
        { login: 'lena', contributions: 40, company: '', organizations: [] },
        { login: 'omar', contributions: 25, company: '', organizations: [] },
      ],
    },
    after: {
      contributors: [
        { login: 'lena', contributions: 40, company: 'Brightforge', organizations: [] },
        { login: 'omar', contributions: 25, company: 'University of Oslo', organizations: [] },
      ],
    },
  },
  run: ({ people }, view) => {
    if (people.unknown !== undefined)
      throw new CannotJudge(`contributors cannot be listed: ${people.unknown}`);
    if (people.people.length === 0) return [no('the project has no contributors')];
    const found = entitiesOf(people, view);
    if (found.length === 0) return [no('no organization or company stands behind the contributors')];
    return found.sort().map((name) => yes(`${name}${BEHIND}`));
  },
});

function entitiesOf(all: People, view: View): string[] {
  const merging = view.adopts('same-entity');
  const logins = new Map<string, string[]>();
  const names = new Map<string, string>();
  for (const person of all.people) {
    if (person.contributions < LEAST || isLeftOut(person, all, view)) continue;
    for (const entity of person.entities) {
      const key = merging ? keyOf(entity) : entity;
      if (key === '') continue;
      if (!names.has(key)) names.set(key, entity);
      const known = logins.get(key);
      if (known === undefined) logins.set(key, [person.login]);
      else if (!known.includes(person.login)) known.push(person.login);
    }
  }
  const keys = view.adopts('one-entity-per-person') ? oneEach(logins) : [...logins.keys()];
  return keys.map((key) => names.get(key)!);
}

function isLeftOut(person: Person, all: People, view: View): boolean {
  if (person.isMachine && view.adopts('people-not-programs')) return true;
  return view.adopts('recent-contributors') && isGone(person, all, view.now);
}
