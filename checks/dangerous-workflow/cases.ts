import type { CheckCase } from '../../src/core/index.ts';

const injection = 'hasDangerousWorkflowScriptInjection';
const checkout = 'hasDangerousWorkflowUntrustedCheckout';

export const cases: readonly CheckCase[] = [
  {
    name: 'no workflows',
    findings: [
      { probe: injection, outcome: 'NotApplicable' },
      { probe: checkout, outcome: 'NotApplicable' },
    ],
    score: 'inconclusive',
  },
  {
    name: 'nothing dangerous',
    findings: [
      { probe: injection, outcome: 'False' },
      { probe: checkout, outcome: 'False' },
    ],
    score: 10,
    levels: [],
  },
  {
    name: 'one injection',
    findings: [
      { probe: injection, outcome: 'True' },
      { probe: checkout, outcome: 'False' },
    ],
    score: 0,
    levels: ['Warn'],
  },
  {
    name: 'two checkouts',
    findings: [
      { probe: injection, outcome: 'False' },
      { probe: checkout, outcome: 'True' },
      { probe: checkout, outcome: 'True' },
    ],
    score: 0,
    levels: ['Warn', 'Warn'],
  },
  {
    name: 'one that is held back beside one that is not',
    findings: [
      { probe: injection, outcome: 'True', values: { gate: 'label' } },
      { probe: checkout, outcome: 'True' },
    ],
    score: 0,
    levels: ['Warn', 'Info'],
  },
  {
    name: 'files of outsiders, an own machine, and a file that cannot be read',
    findings: [
      { probe: injection, outcome: 'Error', location: { path: 'b.yml', type: 'source' } },
      { probe: checkout, outcome: 'Error', location: { path: 'b.yml', type: 'source' } },
      { probe: 'hasUntrustedArtifactExecution', outcome: 'True' },
      { probe: 'hasSelfHostedRunnerForForks', outcome: 'True', values: { gate: 'same-repository' } },
    ],
    adopts: ['untrusted-artifacts', 'own-machines'],
    score: 0,
    levels: ['Warn', 'Info', 'Info'],
  },
  {
    name: 'a cache that outsiders can write',
    findings: [
      { probe: injection, outcome: 'False' },
      { probe: checkout, outcome: 'False' },
      { probe: 'hasWorkflowCachePoisoning', outcome: 'True' },
    ],
    adopts: ['poisoned-caches'],
    score: 0,
    levels: ['Warn'],
  },
  {
    name: 'a token left beside the code of outsiders',
    findings: [
      { probe: injection, outcome: 'False' },
      { probe: checkout, outcome: 'False' },
      { probe: 'hasPersistedCheckoutCredentials', outcome: 'True' },
    ],
    adopts: ['kept-credentials'],
    score: 0,
    levels: ['Warn'],
  },
  {
    name: 'all of them held back',
    findings: [
      { probe: injection, outcome: 'True', values: { gate: 'label' } },
      { probe: checkout, outcome: 'False' },
    ],
    score: 10,
    levels: ['Info'],
  },
];
