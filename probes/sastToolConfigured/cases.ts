import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/codeql.yml';
const uses = (...tools: string[]) => [{ path, hits: tools.map((tool) => ({ tool, job: 'j', line: 9 })) }];
const pom = { path: 'pom.xml', lineStart: 3, lineEnd: 4, address: 'https://sonar' };
const broken = [{ path: 'b.yml', hits: [], error: { line: 2, message: 'not YAML' } }];

export const cases: readonly ProbeCase[] = [
  {
    name: 'nothing',
    evidence: { sastUses: [], sonarPoms: [], analyses: [] },
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'tools in their order',
    evidence: { sastUses: uses('Snyk', 'CodeQL'), sonarPoms: [pom], analyses: [] },
    findings: [
      { outcome: 'True', values: { tool: 'CodeQL' }, location: { path, type: 'source', lineStart: 1 } },
      {
        outcome: 'True',
        values: { tool: 'Sonar' },
        location: { path: 'pom.xml', type: 'source', lineStart: 3, lineEnd: 4, snippet: 'https://sonar' },
      },
      { outcome: 'True', values: { tool: 'Snyk' } },
    ],
  },
  {
    name: 'a broken file ends the reference view',
    evidence: { sastUses: broken, sonarPoms: [], analyses: [] },
    cannotJudge: 'b.yml cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: { sastUses: broken, sonarPoms: [pom], analyses: [] },
    adopts: ['one-file'],
    findings: [{ outcome: 'Error' }, { outcome: 'True' }],
  },
  {
    name: 'tools by kind, those that run first',
    evidence: {
      sastUses: uses('Hadolint'),
      sonarPoms: [pom],
      analyses: [
        { path, line: 4, tool: 'Hadolint', kind: 'general', runs: true },
        { path: 'zizmor.yml', line: 1, tool: 'zizmor', kind: 'workflow', runs: false },
        { path, line: 9, tool: 'Semgrep', kind: 'code', runs: true },
      ],
    },
    adopts: ['true-analyses'],
    findings: [
      {
        outcome: 'True',
        message: 'Semgrep (analysis of code) runs in CI',
        location: { path, type: 'source', lineStart: 9 },
        values: { tool: 'Semgrep', kind: 'code', runs: 'ci' },
      },
      { outcome: 'True', values: { tool: 'Hadolint', kind: 'general', runs: 'ci' } },
      { outcome: 'True', values: { tool: 'Sonar', kind: 'code', runs: 'configured' } },
      { outcome: 'True', values: { tool: 'zizmor', kind: 'workflow', runs: 'configured' } },
    ],
  },
  {
    name: 'none by any way',
    evidence: { sastUses: uses('CodeQL'), sonarPoms: [], analyses: [] },
    adopts: ['true-analyses'],
    findings: [{ outcome: 'False' }],
  },
];
