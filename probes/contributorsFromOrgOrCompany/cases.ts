import type { ProbeCase } from '../../src/core/index.ts';

const person = (login: string, entities: string[], more: object = {}) => ({
  login,
  isMachine: false,
  contributions: 5,
  entities,
  recent: undefined,
  ...more,
});
const of = (people: object[], activity: object[] = []) => ({ people: { people, activity } });
const named = (...names: string[]) =>
  names.map((name) => ({ outcome: 'True' as const, message: `${name} stands behind contributors` }));
const none = [{ outcome: 'False' as const }];

const joiner = of([person('ann', ['a', 'b', 'c'])]);
const spellings = of([person('ann', ['Acme', 'acme']), person('bob', ['acme gmbh', 'freelance'])]);
const bot = of([person('renovate', ['a'], { isMachine: true }), person('ann', ['b'])]);
const recent = { login: 'ann', at: '2025-12-01T00:00:00Z' };
const old = { login: 'bob', at: '2023-01-01T00:00:00Z' };
const two = [person('ann', ['a']), person('bob', ['b'])];

export const cases: readonly ProbeCase[] = [
  { name: 'nobody', evidence: of([]), findings: none },
  { name: 'nobody belongs anywhere', evidence: of([person('ann', [])]), findings: none },
  {
    name: 'sorted by name, each once',
    evidence: of([person('ann', ['b', 'a']), person('bob', ['a'])]),
    findings: named('a', 'b'),
  },
  {
    name: 'four contributions are too few',
    evidence: of([person('ann', ['a'], { contributions: 4 })]),
    findings: none,
  },
  {
    name: 'contributors that cannot be listed',
    evidence: { people: { unknown: 'timeout', people: [], activity: [] } },
    cannotJudge: 'timeout',
  },
  { name: 'one person in three organizations, reference', evidence: joiner, findings: named('a', 'b', 'c') },
  {
    name: 'one person in three organizations',
    evidence: joiner,
    adopts: ['one-entity-per-person'],
    findings: named('a'),
  },
  {
    name: 'people are given to organizations so that most count',
    evidence: of([person('ann', ['a', 'b']), person('bob', ['a'])]),
    adopts: ['one-entity-per-person'],
    findings: named('a', 'b'),
  },
  {
    name: 'spellings, reference',
    evidence: spellings,
    findings: named('Acme', 'acme', 'acme gmbh', 'freelance'),
  },
  { name: 'spellings', evidence: spellings, adopts: ['same-entity'], findings: named('Acme') },
  { name: 'a bot, reference', evidence: bot, findings: named('a', 'b') },
  { name: 'a bot', evidence: bot, adopts: ['people-not-programs'], findings: named('b') },
  { name: 'who has left, reference', evidence: of(two, [recent, old]), findings: named('a', 'b') },
  {
    name: 'who has left',
    evidence: of(two, [recent, old]),
    adopts: ['recent-contributors'],
    findings: named('a'),
  },
  {
    name: 'commits that do not reach back a year tell nothing',
    evidence: of(two, [recent]),
    adopts: ['recent-contributors'],
    findings: named('a', 'b'),
  },
  {
    name: 'a number of recent commits, where known',
    evidence: of([person('ann', ['a'], { recent: 3 }), person('bob', ['b'], { recent: 0 })]),
    adopts: ['recent-contributors'],
    findings: named('a'),
  },
];
