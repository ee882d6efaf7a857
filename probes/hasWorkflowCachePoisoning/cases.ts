import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const workflow = { path, hasCommands: true };
const place = { path, job: 'j', line: 6, snippet: 'actions/cache@v4', verdict: 'true' };

export const cases: readonly ProbeCase[] = [
  {
    name: 'no workflows',
    evidence: { workflows: [], poisonedCaches: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'nothing of the kind',
    evidence: { workflows: [workflow], poisonedCaches: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a workflow that cannot be read',
    evidence: {
      workflows: [workflow, { path: 'b.yml', hasCommands: true, error: { line: 3, message: 'not YAML' } }],
      poisonedCaches: [place],
    },
    findings: [
      { outcome: 'Error', location: { path: 'b.yml', type: 'source', lineStart: 3 } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'open and held back',
    evidence: {
      workflows: [workflow],
      poisonedCaches: [place, { ...place, line: 9, verdict: 'gated', gate: 'association' }],
    },
    findings: [
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 6, snippet: 'actions/cache@v4' },
        values: { job: 'j' },
      },
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 9, snippet: 'actions/cache@v4' },
        values: { job: 'j', gate: 'association' },
      },
    ],
  },
];
