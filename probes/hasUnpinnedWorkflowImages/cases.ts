import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const workflow = { path, hasCommands: true };
const place = { path, line: 6, image: 'node:22', truth: { verdict: 'unpinned', why: 'a tag' } };

export const cases: readonly ProbeCase[] = [
  {
    name: 'no workflows',
    evidence: { workflows: [], workflowImages: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'nothing of the kind',
    evidence: { workflows: [workflow], workflowImages: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'a workflow that cannot be read',
    evidence: {
      workflows: [workflow, { path: 'b.yml', hasCommands: true, error: { line: 3, message: 'not YAML' } }],
      workflowImages: [place],
    },
    findings: [
      { outcome: 'Error', location: { path: 'b.yml', type: 'source', lineStart: 3 } },
      { outcome: 'True' },
    ],
  },
  {
    name: 'with and without digest',
    evidence: {
      workflows: [workflow],
      workflowImages: [place, { ...place, line: 9, truth: { verdict: 'pinned', why: 'digest' } }],
    },
    findings: [
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 6, snippet: 'node:22' },
        values: { image: 'node:22' },
      },
    ],
  },
];
