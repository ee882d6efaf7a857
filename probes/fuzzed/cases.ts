import type { ProbeCase } from '../../src/core/index.ts';

const target = (path: string, line: number) => ({
  tool: 'PythonAtherisFuzzer',
  language: 'python',
  path,
  line,
  snippet: 'import atheris',
  pass: 0,
});

export const cases: readonly ProbeCase[] = [
  { name: 'none', evidence: { referenceFuzzers: { fuzzers: [] } }, findings: [{ outcome: 'False' }] },
  {
    name: 'a service has no place, targets have one each',
    evidence: {
      referenceFuzzers: {
        fuzzers: [
          { tool: 'OSSFuzz', targets: [] },
          { tool: 'PythonAtherisFuzzer', targets: [target('fuzz/a.py', 2), target('fuzz/b.py', 3)] },
        ],
      },
    },
    findings: [
      { outcome: 'True', values: { tool: 'OSSFuzz' } },
      {
        outcome: 'True',
        values: { tool: 'PythonAtherisFuzzer' },
        location: { path: 'fuzz/a.py', type: 'source', lineStart: 2, snippet: 'import atheris' },
      },
      {
        outcome: 'True',
        values: { tool: 'PythonAtherisFuzzer' },
        location: { path: 'fuzz/b.py', type: 'source', lineStart: 3, snippet: 'import atheris' },
      },
    ],
  },
  {
    name: 'OSS-Fuzz cannot be asked',
    evidence: { referenceFuzzers: { fuzzers: [], failed: 'no answer' } },
    cannotJudge: 'no answer',
  },
];
