import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const hit = { job: 'j', line: 6, snippet: 'refs/pull/1/merge' };

const open = {
  path,
  job: 'j',
  line: 6,
  snippet: 'refs/pull/1/merge',
  how: 'action',
  source: 'refs/pull',
  verdict: 'true',
  events: ['pull_request_target'],
};

export const cases: readonly ProbeCase[] = [
  {
    name: 'no workflows',
    evidence: { checkouts: [], trueCheckouts: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'nothing checked out',
    evidence: { checkouts: [{ path, hits: [] }], trueCheckouts: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'two steps',
    evidence: { checkouts: [{ path, hits: [hit, hit] }], trueCheckouts: [] },
    findings: [
      { outcome: 'True', location: { path, type: 'source', lineStart: 6, snippet: 'refs/pull/1/merge' } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'one broken file ends the reference view',
    evidence: {
      checkouts: [
        { path, hits: [hit] },
        { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } },
      ],
      trueCheckouts: [],
    },
    cannotJudge: 'b.yml cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: {
      checkouts: [
        { path, hits: [hit] },
        { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } },
      ],
      trueCheckouts: [],
    },
    adopts: ['one-file'],
    findings: [
      { outcome: 'Error', location: { path: 'b.yml', type: 'source', lineStart: 3 } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'trees of outsiders by whatever way, with their gates',
    evidence: {
      checkouts: [{ path, hits: [] }],
      trueCheckouts: [
        open,
        {
          ...open,
          line: 9,
          how: 'command',
          snippet: 'gh pr checkout 1',
          verdict: 'gated',
          gate: 'association',
        },
        { ...open, line: 12, verdict: 'gated', gate: 'checkout-guard' },
      ],
    },
    adopts: ['outsiders-tree'],
    now: '2026-08-01T00:00:00Z',
    findings: [
      { outcome: 'True', location: { path, type: 'source', lineStart: 6 }, values: { how: 'action' } },
      { outcome: 'True', location: { path, type: 'source', lineStart: 9 }, values: { gate: 'association' } },
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 12 },
        values: { gate: 'checkout-guard' },
      },
    ],
  },
  {
    name: 'before its day the checkout action held nobody back',
    evidence: {
      checkouts: [{ path, hits: [] }],
      trueCheckouts: [{ ...open, verdict: 'gated', gate: 'checkout-guard' }],
    },
    adopts: ['outsiders-tree'],
    now: '2026-07-15T00:00:00Z',
    findings: [{ outcome: 'True', message: 'untrusted code is checked out: refs/pull/1/merge' }],
  },
  {
    name: 'the base side is excused',
    evidence: { checkouts: [{ path, hits: [hit] }], trueCheckouts: [] },
    adopts: ['outsiders-tree'],
    findings: [{ outcome: 'False' }],
  },
];
