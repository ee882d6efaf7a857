import type { CheckCase } from '../../src/core/index.ts';

const probe = 'codeApproved';
const share = (approvedChangesets: string, totalChangesets: string) => ({
  approvedChangesets,
  totalChangesets,
});

export const cases: readonly CheckCase[] = [
  { name: 'all', findings: [{ probe, outcome: 'True' }], score: 10, reason: 'all changesets reviewed' },
  {
    name: 'one of two',
    findings: [{ probe, outcome: 'False', values: share('1', '2') }],
    score: 5,
    reason: 'Found 1/2 approved changesets -- score normalized to 5',
  },
  { name: 'none', findings: [{ probe, outcome: 'False', values: share('0', '30') }], score: 0 },
  { name: 'rounded down', findings: [{ probe, outcome: 'False', values: share('2', '6') }], score: 3 },
  { name: 'nearly all', findings: [{ probe, outcome: 'False', values: share('29', '30') }], score: 9 },
  {
    name: 'nothing to look at',
    findings: [{ probe, outcome: 'NotApplicable', message: 'there are no recent changes' }],
    score: 'inconclusive',
    reason: 'there are no recent changes',
  },
  {
    name: 'an error',
    findings: [{ probe, outcome: 'Error', message: 'broken' }],
    score: 'error',
    reason: 'broken',
  },
  { name: 'no count', findings: [{ probe, outcome: 'False' }], score: 'error' },
  {
    name: 'the list of changes becomes details and does not score',
    findings: [
      { probe, outcome: 'False', values: share('1', '2') },
      { probe, outcome: 'True' },
      { probe, outcome: 'False' },
      { probe, outcome: 'NotApplicable' },
    ],
    adopts: 'all',
    score: 5,
    levels: ['Info', 'Warn', 'Debug'],
  },
];
