import type { ProbeCase } from '../../src/core/index.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'one finding per configuration file',
    evidence: {
      updateToolFiles: [
        { tool: 'Dependabot', path: '.github/dependabot.yml' },
        { tool: 'RenovateBot', path: 'renovate.json' },
      ],
    },
    findings: [
      {
        outcome: 'True',
        values: { tool: 'Dependabot' },
        location: { path: '.github/dependabot.yml', type: 'source', lineStart: 1 },
      },
      {
        outcome: 'True',
        values: { tool: 'RenovateBot' },
        location: { path: 'renovate.json', type: 'source', lineStart: 1 },
      },
    ],
  },
  { name: 'nothing found', evidence: { updateToolFiles: [] }, findings: [{ outcome: 'False' }] },
];
