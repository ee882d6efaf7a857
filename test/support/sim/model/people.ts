/** Accounts, the people of commits, and what apps report on commits. */
import { addMs, iso, moment, numId } from '../text.ts';
import type { App, CheckRun, GitPerson, Status } from './activity.ts';
import type { CheckRunSpec, PersonSpec, StatusSpec } from './historySpec.ts';
import type { User } from './types.ts';

/** Ids of well-known accounts. */
const KNOWN_IDS: Readonly<Record<string, number>> = {
  'dependabot[bot]': 49699333,
  'renovate[bot]': 29139614,
  'github-actions[bot]': 41898282,
  'web-flow': 19864447,
};

/** Ids and names of well-known apps. */
const KNOWN_APPS: Readonly<Record<string, readonly [id: number, name: string]>> = {
  'circleci-checks': [18001, 'CircleCI Checks'],
  dependabot: [29110, 'Dependabot'],
  'github-actions': [15368, 'GitHub Actions'],
  'github-advanced-security': [57789, 'GitHub Advanced Security'],
  'github-code-scanning': [57790, 'GitHub Code Scanning'],
  'lgtm-com': [15367, 'LGTM.com'],
  renovate: [2740, 'Renovate'],
  sonarcloud: [12526, 'SonarCloud'],
  sonarqubecloud: [12526, 'SonarQube Cloud'],
};

const EIGHT_YEARS = 8 * 365 * 864e5;

/** All accounts by lower-case login; an account exists as soon as somebody names it. */
export class People {
  readonly byLogin = new Map<string, User>();
  readonly now: number;

  constructor(now: number) {
    this.now = now;
  }

  /** The account of this name, made when new, with `extra` written over it. */
  get(login: string, extra: Partial<Omit<User, 'login'>> = {}): User {
    const key = login.toLowerCase();
    let user = this.byLogin.get(key);
    if (!user) {
      const bot = login.endsWith('[bot]');
      user = {
        login,
        id: KNOWN_IDS[login] ?? numId(`user:${key}`),
        type: bot ? 'Bot' : 'User',
        name: bot ? login : login.charAt(0).toUpperCase() + login.slice(1),
        company: null,
        email: null,
        orgs: [],
        created_at: iso(this.now - EIGHT_YEARS),
      };
      this.byLogin.set(key, user);
    }
    for (const [field, value] of Object.entries(extra))
      if (value !== undefined) Object.assign(user, { [field]: value });
    return user;
  }

  /** Looks an account up without making it. */
  find(login: string): User | undefined {
    return this.byLogin.get(login.toLowerCase());
  }

  /** The author or committer of a commit. */
  person(spec: PersonSpec, date: string): GitPerson {
    const {
      login,
      name,
      email,
      date: own,
    } = typeof spec === 'string' ? ({ login: spec } as Exclude<PersonSpec, string>) : spec;
    const user = login ? this.get(login) : null;
    const web = login === 'web-flow';
    const local = (login ?? 'unknown').replace(/[^a-z0-9]/gi, '');
    return {
      user,
      name: name ?? (web ? 'GitHub' : (user?.name ?? 'Unknown Person')),
      email: email ?? (web ? 'noreply@github.com' : `${local}@example.org`),
      date: own ? moment(own, this.now) : date,
    };
  }
}

/** An app by its slug. */
export function appOf(slug: string): App {
  const [id, name] = KNOWN_APPS[slug] ?? [numId(`app:${slug}`), slug];
  return { id, slug, name };
}

/** Check runs of a commit; a bare text names the app. */
export function checkRunsOf(
  list: readonly (string | CheckRunSpec)[] | undefined,
  at: string,
  key: string,
): CheckRun[] {
  return (list ?? []).map((item, i) => {
    const spec = typeof item === 'string' ? ({ app: item } as CheckRunSpec) : item;
    const slug = (typeof spec.app === 'object' ? spec.app.slug : spec.app) ?? 'github-actions';
    const status = spec.status ?? 'completed';
    return {
      id: numId(`${key}:${slug}:${spec.name}:${i}`),
      name: spec.name ?? 'test',
      status,
      conclusion: status === 'completed' ? (spec.conclusion ?? 'success') : null,
      app: appOf(slug),
      started_at: at,
      completed_at: at,
    };
  });
}

/** Commit statuses of a commit. */
export function statusesOf(list: readonly StatusSpec[] | undefined, at: string, key: string): Status[] {
  return (list ?? []).map((spec, i) => ({
    id: numId(`${key}:${spec.context}:${i}`),
    state: spec.state ?? 'success',
    context: spec.context ?? 'default',
    description: spec.description ?? null,
    target_url: spec.target_url ?? 'https://ci.example.org/job/1',
    created_at: at,
  }));
}

/** A day earlier, where a pull request does not say when it was opened. */
export const dayBefore = (date: string): string => addMs(date, -864e5);
