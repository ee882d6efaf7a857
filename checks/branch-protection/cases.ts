import type { CheckCase, FindingDraft, Outcome } from '../../src/core/index.ts';

const PROBES = {
  D: 'blocksDeleteOnBranches',
  F: 'blocksForcePushOnBranches',
  A: 'branchProtectionAppliesToAdmins',
  S: 'dismissesStaleReviews',
  n: 'requiresApproversForPullRequests',
  O: 'requiresCodeOwnersReview',
  L: 'requiresLastPushApproval',
  U: 'requiresUpToDateBranches',
  C: 'runsStatusChecksBeforeMerging',
  P: 'requiresPRsToChangeCode',
} as const;

const SIGNS: Readonly<Record<string, Outcome>> = {
  '+': 'True',
  '-': 'False',
  '?': 'NotAvailable',
  '!': 'NotApplicable',
};

/** `D+ F- n2 O?`: settings in the letters of api-checks 6.5; those left out are False, approvals 0. */
function branch(name: string, settings: string) {
  const given = new Map(settings.split(' ').map((one) => [one[0]!, one.slice(1)]));
  return Object.entries(PROBES).map(([letter, probe]): FindingDraft & { probe: string } => {
    const sign = given.get(letter) ?? (letter === 'n' ? '0' : '-');
    const values = { branchName: name };
    if (letter !== 'n' || SIGNS[sign]) return { probe, outcome: SIGNS[sign]!, message: '', values };
    const outcome = sign === '0' ? 'False' : 'True';
    return { probe, outcome, message: '', values: { ...values, numberOfRequiredReviewers: sign } };
  });
}

const main = (settings: string) => branch('main', settings);
const ALL = 'D+ F+ A+ S+ O+ L+ U+ C+ P+';
const UNKNOWN = 'D? F? A? S? n? O? L? U? C- P?';

/** Every vector of api-checks 6.5. */
const vectors: readonly (readonly [name: string, findings: CheckCase['findings'], score: number])[] = [
  ['D F U C P; no admins, stale, approvals, owners, last push', main('D+ F+ U+ C+ P+'), 4],
  ['the same with unknown checks', main('D+ F+ U+ C? P+'), 4],
  ['D F only, stale, approvals, owners unknown', main('D+ F+ S? n? O?'), 3],
  ['D F A L U C, no pull requests, approvals unknown', main('D+ F+ A+ L+ U+ C+ n?'), 4],
  ['all but approvals', main(`${ALL} n0`), 4],
  ['D F A L U P n1, no checks, stale, owners', main('D+ F+ A+ L+ U+ P+ n1'), 6],
  ['reader: D F, everything else unknown', main('D+ F+ A? S? n? O? L? U? C- P?'), 3],
  ['reader: D F n1 P, no owners, the rest unknown', main('D+ F+ n1 P+ O- A? S? L? U? C-'), 6],
  ['D F A C P', main('D+ F+ A+ C+ P+'), 3],
  ['force pushes allowed', main('D+ F- A+ S+ n2 O+ L+ U+ C+ P+'), 1],
  ['deletion allowed', main('D- F+ A+ S+ n2 O+ L+ U+ C+ P+'), 1],
  ['all with one approval', main(`${ALL} n1`), 8],
  ['all with two approvals', main(`${ALL} n2`), 10],
  ['reader: D F n2 O C P, the rest unknown', main('D+ F+ n2 O+ C+ P+ A? S? L? U?'), 10],
  [
    'main has all with one approval, a release branch D F P only',
    [...main(`${ALL} n1`), ...branch('v1', 'D+ F+ P+')],
    4,
  ],
  ['both have all with one approval', [...main(`${ALL} n1`), ...branch('v1', `${ALL} n1`)], 8],
  ['both unknown', [...main(UNKNOWN), ...branch('v1', UNKNOWN)], 0],
  [
    'full rules on main, a release branch that only blocks deletion and force pushes: always 4',
    [...main(`${ALL} n2`), ...branch('v1', 'D+ F+ n? S? L? U? O?')],
    4,
  ],
];

const protectedBranch = (name: string, outcome: Outcome) => ({
  probe: 'branchesAreProtected',
  outcome,
  values: { branchName: name },
});

export const cases: readonly CheckCase[] = [
  ...vectors.map(([name, findings, score]): CheckCase => ({ name, findings, score, range: null })),
  {
    name: 'no branches',
    findings: [{ probe: 'blocksDeleteOnBranches', outcome: 'NotApplicable' }],
    score: 'inconclusive',
    reason: 'unable to detect any development/release branches',
  },
  {
    name: 'a finding without a branch name',
    findings: [{ probe: 'blocksDeleteOnBranches', outcome: 'True' }],
    score: 'error',
  },
  {
    name: 'an empty branch name',
    findings: [{ probe: 'blocksDeleteOnBranches', outcome: 'True', values: { branchName: '' } }],
    score: 'error',
  },
  {
    name: 'approvals without a number',
    findings: [
      { probe: 'requiresApproversForPullRequests', outcome: 'True', values: { branchName: 'main' } },
    ],
    score: 'error',
  },
  {
    name: 'branches hidden from the token',
    findings: [{ probe: 'blocksDeleteOnBranches', outcome: 'NotAvailable', message: 'may not' }],
    adopts: 'all',
    score: 'inconclusive',
    reason: 'may not',
    levels: ['Warn'],
  },
  {
    name: 'an unprotected branch has one line',
    findings: [protectedBranch('main', 'False'), ...main('')],
    score: 0,
    reason: 'not enabled',
    levels: ['Warn'],
  },
  {
    name: 'levels of a protected branch',
    findings: [protectedBranch('main', 'True'), ...main('D+ F? A? S- n1 O? L+ U? C- P+')],
    score: 1,
    reason: 'not maximal',
    // deletion, force pushes (quiet), admins, stale, approvals, owners, last push, up to date, checks, pull requests
    levels: ['Info', 'Debug', 'Warn', 'Warn', 'Warn', 'Info', 'Debug', 'Warn', 'Info'],
  },
  {
    name: 'two approvals are told as Info',
    findings: main(`${ALL} n2`),
    score: 10,
    reason: 'fully enabled',
    levels: Array(10).fill('Info'),
  },
  {
    name: 'the range with hidden settings',
    findings: main('D+ F+ n2 O+ C+ P+ A? S? L? U?'),
    adopts: ['score-range'],
    score: 10,
    reason: '4 to 10',
    range: { min: 4, max: 10 },
    levels: Array(10).fill('Info'),
  },
  {
    name: 'the range of a branch nobody can see',
    findings: main('D? F? A? S? n? O? L? U? C? P?'),
    adopts: 'all',
    score: 0,
    range: { min: 0, max: 10 },
  },
  {
    name: 'hidden settings behind an unmet one do not matter',
    findings: main('D- F+ A? S?'),
    adopts: 'all',
    score: 1,
    range: null,
  },
  { name: 'no range where all is seen', findings: main(`${ALL} n1`), adopts: 'all', score: 8, range: null },
  {
    name: 'what one maintainer cannot meet is no part of the total',
    findings: main('D+ F+ A+ S+ n! O! L! U+ C+ P+'),
    adopts: 'all',
    score: 10,
    range: null,
  },
];
