import type { ProbeCase } from '../../src/core/index.ts';
import { app, merge, of, person, pull, push, review } from '../reviewCases.ts';

const count = (approved: number, total: number) => ({
  approvedChangesets: String(approved),
  totalChangesets: String(total),
});
const all = (n: number) => [{ outcome: 'True' as const, values: count(n, n) }];
const some = (approved: number, total: number) => [
  { outcome: 'False' as const, values: count(approved, total) },
];
const nobody = [{ outcome: 'NotApplicable' as const }];

const lena = person('lena');
const omar = person('omar');
/** The golden scenario review-mixed: 2 of 6 in the reference. */
const mixed = of(
  pull([merge('lena')], { id: '41', author: app('dependabot') }),
  pull([merge('lena')], { id: '40', author: lena }),
  pull([review('lena'), merge('lena')], { id: '39', author: omar }),
  pull([review('omar'), merge('lena')], { id: '38', author: lena }),
  push({ committedBy: lena, id: 'aaa' }),
  push({ committedBy: lena, id: 'bbb' }),
  pull([review('lena', 'CHANGES_REQUESTED'), merge('omar')], { id: '36', author: omar }),
);
const byUserBot = pull([merge('bob')], { author: person('renovate') });
const versionBump = push({ committedBy: app('github-actions[bot]') });
const tookBack = pull([review('bob'), review('bob', 'CHANGES_REQUESTED'), merge('ann')]);
const trailer = push({ trailers: ['Bob Stone'] });
const upstream = { changesets: { reference: [push()], actual: [pull([review('bob'), merge('bob')])] } };

export const cases: readonly ProbeCase[] = [
  {
    name: 'no changes',
    evidence: of(),
    findings: [{ outcome: 'NotApplicable', message: 'there are no recent changes' }],
  },
  {
    name: 'commits that cannot be read',
    evidence: { changesets: { unknown: 'timeout' } },
    cannotJudge: 'timeout',
  },
  { name: 'a reviewed pull request', evidence: of(pull([review('bob'), merge('ann')])), findings: all(1) },
  {
    name: 'and a direct commit',
    evidence: of(pull([review('bob'), merge('ann')]), push()),
    findings: some(1, 2),
  },
  { name: 'merged by somebody else', evidence: of(pull([merge('bob')])), findings: all(1) },
  {
    name: 'two of five merged by somebody else',
    evidence: of(pull([merge('bob')]), pull([merge('bob')]), pull([merge('ann')]), push(), push()),
    findings: some(2, 5),
  },
  { name: 'Prow', evidence: of(push({ platform: 'Prow' })), findings: all(1) },
  { name: 'Phabricator', evidence: of(push({ platform: 'Phabricator' })), findings: all(1) },
  { name: 'Gerrit', evidence: of(push({ platform: 'Gerrit' })), findings: all(1) },
  { name: 'Piper', evidence: of(push({ platform: 'Piper' })), findings: all(1) },
  {
    name: 'reviewed by the author only',
    evidence: of(pull([review('ann'), merge('ann')])),
    findings: some(0, 1),
  },
  {
    name: 'four approvals by two people, one of them the author',
    evidence: of(pull([review('ann'), review('bob'), review('ann'), review('bob')])),
    findings: all(1),
  },
  {
    name: 'an unreviewed change of a bot',
    evidence: of(pull([], { author: app('bot') })),
    findings: some(0, 1),
  },
  {
    name: 'approved changes of bots only',
    evidence: of(pull([review('bob')], { author: app('bot') })),
    findings: [{ outcome: 'NotApplicable', values: count(0, 0) }],
  },
  { name: 'a review without a state', evidence: of(pull([review('bob', '')])), findings: some(0, 1) },
  {
    name: 'nobody known, nobody reviewed',
    evidence: of(pull([], { author: person('') })),
    findings: some(0, 1),
  },
  {
    name: 'reviewer and author are both gone',
    evidence: of(pull([review('')], { author: person('') })),
    findings: some(0, 1),
  },
  {
    name: 'a merger whose account is gone counts in the reference',
    evidence: of(pull([merge('')])),
    findings: all(1),
  },
  {
    name: 'but is nobody',
    evidence: of(pull([merge('')])),
    adopts: ['human-reviews'],
    findings: some(0, 1),
  },
  {
    name: 'a merge bot is no reviewer',
    evidence: of(pull([merge('mergify')])),
    adopts: ['human-reviews'],
    findings: some(0, 1),
  },
  { name: 'mixed, as in the golden scenario', evidence: mixed, findings: some(2, 6) },
  { name: 'a machine that is no app, in the reference', evidence: of(byUserBot), findings: all(1) },
  {
    name: 'a machine that is no app',
    evidence: of(byUserBot),
    adopts: ['machine-users'],
    findings: nobody,
  },
  {
    name: 'a version bump, in the reference',
    evidence: of(pull([merge('bob')]), versionBump),
    findings: some(1, 2),
  },
  {
    name: 'a version bump',
    evidence: of(pull([merge('bob')]), versionBump),
    adopts: ['automation-commits'],
    findings: all(1),
  },
  {
    name: 'a direct push of a person is no automation',
    evidence: of(pull([merge('bob')]), push()),
    adopts: ['automation-commits'],
    findings: some(1, 2),
  },
  { name: 'an approval taken back, in the reference', evidence: of(tookBack), findings: all(1) },
  { name: 'an approval taken back', evidence: of(tookBack), adopts: ['last-word'], findings: some(0, 1) },
  {
    name: 'a request for changes that was met',
    evidence: of(pull([review('bob', 'CHANGES_REQUESTED'), review('bob'), review('bob', 'COMMENTED')])),
    adopts: ['last-word'],
    findings: all(1),
  },
  { name: 'a trailer, in the reference', evidence: of(trailer), findings: some(0, 1) },
  { name: 'a trailer', evidence: of(trailer), adopts: ['review-trailers'], findings: all(1) },
  {
    name: 'a pull request of the upstream project, in the reference',
    evidence: upstream,
    findings: some(0, 1),
  },
  {
    name: 'a pull request of the upstream project',
    evidence: upstream,
    adopts: ['every-pull-request'],
    findings: all(1),
  },
  {
    name: 'the list of changes',
    evidence: of(
      pull([review('bob'), merge('ann')], { id: '7', title: 'Read less' }),
      pull([merge('bob')], { id: '6', author: app('dependabot') }),
      versionBump,
      pull([merge('ann')], { id: '5' }),
      push({ trailers: ['Bob Stone'] }),
      push(),
    ),
    adopts: 'all',
    findings: [
      { outcome: 'False', values: count(2, 4) },
      {
        outcome: 'True',
        message: '#7 by ann (Read less): approved by bob',
        values: { changeset: '7', platform: 'GitHub', author: 'ann' },
      },
      {
        outcome: 'NotApplicable',
        message: '#6 by dependabot (Mend it): merged by bob, not the author; by a machine, not counted',
      },
      { outcome: 'NotApplicable' },
      { outcome: 'False', message: '#5 by ann (Mend it): merged without an approval of somebody else' },
      { outcome: 'True', message: 'c0ffee by ann (Mend it): message says reviewed by Bob Stone' },
      { outcome: 'False', message: 'c0ffee by ann (Mend it): pushed without a pull request' },
    ],
  },
];
