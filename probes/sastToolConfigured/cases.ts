import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/codeql.yml';
const uses = (...tools: string[]) => [{ path, hits: tools.map((tool) => ({ tool, job: 'j', line: 9 })) }];
const pom = { path: 'pom.xml', lineStart: 3, lineEnd: 4, address: 'https://sonar' };
const broken = [{ path: 'b.yml', hits: [], error: { line: 2, message: 'not YAML' } }];

export const cases: readonly ProbeCase[] = [
  { name: 'nothing', evidence: { sastUses: [], sonarPoms: [] }, findings: [{ outcome: 'False' }] },
  {
    name: 'tools in their order',
    evidence: { sastUses: uses('Snyk', 'CodeQL'), sonarPoms: [pom] },
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
    evidence: { sastUses: broken, sonarPoms: [] },
    cannotJudge: 'b.yml cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: { sastUses: broken, sonarPoms: [pom] },
    adopts: 'all',
    findings: [{ outcome: 'Error' }, { outcome: 'True' }],
  },
];
