import type { ProbeCase } from '../../src/core/index.ts';

const none = { dependabot: false };

export const cases: readonly ProbeCase[] = [
  {
    name: 'one finding per configuration file',
    evidence: {
      updateToolFiles: [
        { tool: 'Dependabot', path: '.github/dependabot.yml' },
        { tool: 'RenovateBot', path: 'renovate.json' },
      ],
      updateCommits: none,
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
  {
    name: 'nothing found',
    evidence: { updateToolFiles: [], updateCommits: none },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'commits of Dependabot',
    evidence: { updateToolFiles: [], updateCommits: { dependabot: true } },
    findings: [
      {
        outcome: 'True',
        values: { tool: 'Dependabot' },
        location: { path: '', type: 'none', lineStart: 0 },
      },
    ],
  },
  {
    name: 'commits cannot be searched',
    evidence: { updateToolFiles: [], updateCommits: { dependabot: false, failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
  {
    name: 'a configuration that does nothing',
    adopts: ['working-config'],
    evidence: {
      updateToolFiles: [
        { tool: 'Dependabot', path: '.github/dependabot.yml', idle: 'it names no ecosystem' },
      ],
      updateCommits: none,
    },
    findings: [
      {
        outcome: 'False',
        message: '.github/dependabot.yml configures Dependabot, but it names no ecosystem',
        location: { path: '.github/dependabot.yml', type: 'source', lineStart: 1 },
      },
    ],
  },
  {
    name: 'a tool run by a workflow',
    adopts: ['more-update-tools'],
    evidence: {
      updateToolFiles: [{ tool: 'RenovateBot', path: '.github/workflows/renovate.yml', beyond: true }],
      updateCommits: none,
    },
    findings: [{ outcome: 'True', values: { tool: 'RenovateBot' } }],
  },
];
