/** Organisations and companies behind people, counted as in the Assay view. */
import type { People, Person } from '../../src/evidence/people.ts';

/** Words people write in the company field that name no company. */
const NO_COMPANY = new Set([
  'freelance',
  'freelancer',
  'home',
  'independent',
  'me',
  'myself',
  'na',
  'none',
  'opentowork',
  'personal',
  'private',
  'retired',
  'selfemployed',
  'student',
  'unemployed',
]);

const LEGAL =
  /(?:^|[ .])(?:inc|llc|ltd|limited|gmbh|ag|sa|sas|bv|ab|oy|corp|corporation|co|plc|kg|srl)(?=[ .]|$)/g;

/** The key under which spellings of one name fall together; empty when it names nothing. */
export function keyOf(entity: string): string {
  const key = entity
    .toLowerCase()
    .replaceAll('@', ' ')
    .slice(0, 200)
    .replace(LEGAL, ' ')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return NO_COMPANY.has(key) ? '' : key;
}

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Is the person known to have done nothing within the last year? */
export function isGone({ login, recent }: Person, { activity }: People, now: Date): boolean {
  if (recent !== undefined) return recent === 0;
  const since = now.getTime() - YEAR;
  const oldest = activity.at(-1);
  // the list reaches back far enough to tell only if it ends before the window begins
  if (oldest === undefined || Date.parse(oldest.at) > since) return false;
  return !activity.some((one) => one.login === login && Date.parse(one.at) > since);
}

/**
 * As many entities as there are different people to stand for them: each person stands for one entity at most
 * (a largest matching). Entities are tried in the given order.
 */
export function oneEach(entities: ReadonlyMap<string, readonly string[]>): string[] {
  const standsFor = new Map<string, string>();
  const place = (entity: string, tried: Set<string>): boolean => {
    for (const login of entities.get(entity)!) {
      if (tried.has(login)) continue;
      tried.add(login);
      const other = standsFor.get(login);
      if (other === undefined || place(other, tried)) {
        standsFor.set(login, entity);
        return true;
      }
    }
    return false;
  };
  return [...entities.keys()].filter((entity) => place(entity, new Set()));
}
