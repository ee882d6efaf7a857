import { type Commit, type Contributor, derive, isKnown } from '../core/index.ts';
import { commits, contributors } from './facts.ts';
import { isMachine } from './maintainers.ts';

/** A contributor with the organisations and companies the person names. */
export interface Person {
  readonly login: string;
  readonly isMachine: boolean;
  readonly contributions: number;
  /** Organisation logins and normalised companies as the reference writes them, each once, organisations first. */
  readonly entities: readonly string[];
  /** Commits within the last year, as far as known. */
  readonly recent: number | undefined;
}

export interface People {
  readonly unknown?: string;
  readonly people: readonly Person[];
  /** Commit times and authors, newest first, to tell who is still there. */
  readonly activity: readonly { readonly login: string; readonly at: string }[];
}

/** Contributors of the repository as persons. Reference: api-checks 8. */
export const people = derive({
  id: 'people',
  version: 1,
  needs: { contributors, commits },
  derive: ({ contributors, commits }): People => {
    if (!isKnown(contributors)) return { unknown: contributors.why, people: [], activity: [] };
    return {
      people: contributors.known.map(personOf),
      activity: isKnown(commits) ? commits.known.flatMap(activityOf) : [],
    };
  },
});

function activityOf({ author, committedAt, pullRequests }: Commit): { login: string; at: string }[] {
  const logins = new Set([author.login, ...pullRequests.map((pull) => pull.author.login)]);
  return [...logins].filter((login) => login !== '').map((login) => ({ login, at: committedAt }));
}

function personOf({ login, isBot, contributions, company, organizations, recent }: Contributor): Person {
  const name = companyName(company);
  const entities = new Set(organizations.filter((organization) => organization !== ''));
  if (name !== '') entities.add(name);
  return { login, isMachine: isMachine({ login, isBot }), contributions, entities: [...entities], recent };
}

/** Lower case, without `inc.`, `llc`, commas, leading at signs and blanks. Reference: api-checks 8. */
export function companyName(text: string): string {
  let name = text.toLowerCase().replaceAll('inc.', '').replaceAll('llc', '').replaceAll(',', '');
  let start = 0;
  while (name[start] === '@') start++;
  name = name.slice(start);
  let end = name.length;
  start = 0;
  while (name[start] === ' ') start++;
  while (end > start && name[end - 1] === ' ') end--;
  return name.slice(start, end);
}
