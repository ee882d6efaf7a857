import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const workflow = { path, hasCommands: true };
const place = { path, job: 'j', line: 6, snippet: 'self-hosted', verdict: 'true' };

export const cases: readonly ProbeCase[] = [
  {
    name: 'no workflows',
    evidence: { workflows: [], ownRunners: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'nothing of the kind',
    evidence: { workflows: [workflow], ownRunners: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a workflow that cannot be read',
    evidence: {
      workflows: [workflow, { path: 'b.yml', hasCommands: true, error: { line: 3, message: 'not YAML' } }],
      ownRunners: [place],
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
      ownRunners: [place, { ...place, line: 9, verdict: 'gated', gate: 'association' }],
    },
    findings: [
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 6, snippet: 'self-hosted' },
        values: { job: 'j' },
      },
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 9, snippet: 'self-hosted' },
        values: { job: 'j', gate: 'association' },
      },
    ],
  },
];
