import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const hit = { job: 'j', line: 6, snippet: ' github.head_ref ' };

const open = {
  path,
  job: 'j',
  line: 6,
  snippet: ' github.head_ref ',
  source: 'github.head_ref',
  sink: 'script',
  via: [],
  verdict: 'true',
  events: ['pull_request_target'],
  power: 'high',
};

export const cases: readonly ProbeCase[] = [
  {
    name: 'no workflows',
    evidence: { injections: [], trueInjections: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'nothing spliced',
    evidence: { injections: [{ path, hits: [] }], trueInjections: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'two expressions',
    evidence: { injections: [{ path, hits: [hit, hit] }], trueInjections: [] },
    findings: [
      { outcome: 'True', location: { path, type: 'source', lineStart: 6, snippet: ' github.head_ref ' } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'one broken file ends the reference view',
    evidence: {
      injections: [
        { path, hits: [hit] },
        { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } },
      ],
      trueInjections: [],
    },
    cannotJudge: 'b.yml cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: {
      injections: [
        { path, hits: [hit] },
        { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } },
      ],
      trueInjections: [],
    },
    adopts: ['one-file'],
    findings: [
      { outcome: 'Error', location: { path: 'b.yml', type: 'source', lineStart: 3 } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'text of outsiders wherever it becomes code, with its gate',
    evidence: {
      injections: [{ path, hits: [{ ...hit, patch: 'the diff' }] }],
      trueInjections: [
        open,
        { ...open, line: 9, snippet: 'eval "$TITLE"', sink: 'eval', verdict: 'gated', gate: 'label' },
      ],
    },
    adopts: ['outsiders-text'],
    findings: [
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 6 },
        values: { power: 'high', sink: 'script' },
        remedy: {
          text: '.github/workflows/a.yml:6: hand `github.head_ref` over by an environment variable (`env:` of the step) and write the quoted variable in the script',
          patch: 'the diff',
        },
      },
      { outcome: 'True', location: { path, type: 'source', lineStart: 9 }, values: { gate: 'label' } },
    ],
  },
  {
    name: 'a value no event sets is excused',
    evidence: { injections: [{ path, hits: [hit] }], trueInjections: [] },
    adopts: ['outsiders-text'],
    findings: [{ outcome: 'False' }],
  },
];
