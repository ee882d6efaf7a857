import { describe, expect, it } from 'vitest';
import { type Contributor, known, unknown } from '../core/index.ts';
import { companyName, type People, people } from './people.ts';

describe('company names', () => {
  it.each([
    ['Acme, Inc.', 'acme'],
    ['@@acme', 'acme'],
    ['  @acme ', '@acme'],
    ['Fabrikam LLC', 'fabrikam'],
    ['@foo @bar llc', 'foo @bar'],
    ['Inc.', ''],
    ['', ''],
    ['Acme GmbH', 'acme gmbh'],
  ])('%s becomes %s', (text, expected) => {
    expect(companyName(text)).toBe(expected);
  });
});

describe('people', () => {
  const contributor = (login: string, company: string, organizations: string[]): Contributor => ({
    login,
    isBot: login.endsWith('[bot]'),
    contributions: 7,
    company,
    organizations,
  });
  const of = (evidence: object) => (people.derive as (evidence: unknown) => People)(evidence);

  it('name organisations as they are and each name once', () => {
    const { people } = of({
      contributors: known([contributor('ann', 'Acme', ['Acme', 'acme', '']), contributor('x[bot]', '', [])]),
      commits: known([]),
    });
    expect(people.map((one) => one.entities)).toEqual([['Acme', 'acme'], []]);
    expect(people.map((one) => one.isMachine)).toEqual([false, true]);
  });
  it('are unknown where contributors are', () => {
    expect(of({ contributors: unknown('failed', '502'), commits: known([]) }).unknown).toBe('502');
  });
});
