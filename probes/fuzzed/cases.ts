import type { ProbeCase } from '../../src/core/index.ts';

const target = (path: string, line: number, more = {}) => ({
  tool: 'PythonAtherisFuzzer',
  language: 'python',
  path,
  line,
  snippet: 'import atheris',
  pass: 0,
  ...more,
});
const reference = (fuzzers: readonly unknown[], more = {}) => ({
  referenceFuzzers: { services: [], fuzzers, ...more },
  fuzzTargets: [],
});
const atheris = (...targets: readonly unknown[]) => ({ tool: 'PythonAtherisFuzzer', targets });
const found = (path: string, lineStart: number) => ({
  outcome: 'True' as const,
  values: { tool: 'PythonAtherisFuzzer' },
  location: { path, type: 'source' as const, lineStart, snippet: 'import atheris' },
});

export const cases: readonly ProbeCase[] = [
  { name: 'none', evidence: reference([]), findings: [{ outcome: 'False' }] },
  {
    name: 'a service has no place, targets have one each',
    evidence: reference([atheris(target('fuzz/a.py', 2), target('fuzz/b.py', 3))], { services: ['OSSFuzz'] }),
    findings: [
      { outcome: 'True', values: { tool: 'OSSFuzz' } },
      found('fuzz/a.py', 2),
      found('fuzz/b.py', 3),
    ],
  },
  {
    name: 'OSS-Fuzz cannot be asked',
    evidence: reference([], { failed: 'no answer' }),
    cannotJudge: 'no answer',
  },
  {
    name: 'without OSS-Fuzz the files count',
    adopts: ['services-apart'],
    evidence: reference([atheris(target('fuzz/a.py', 2))], { failed: 'no answer' }),
    findings: [found('fuzz/a.py', 2)],
  },
  {
    name: 'nothing in the files and OSS-Fuzz not asked: not known',
    evidence: reference([], { ossFuzzUnknown: 'the scan is offline' }),
    cannotJudge: 'the scan is offline',
  },
  {
    name: 'OSS-Fuzz not asked, but a target is there',
    evidence: reference([atheris(target('fuzz/a.py', 2))], { ossFuzzUnknown: 'the scan is offline' }),
    findings: [found('fuzz/a.py', 2)],
  },
  {
    name: 'nothing in the files and OSS-Fuzz out of reach: not known in the Assay view either',
    adopts: ['services-apart'],
    evidence: reference([], { failed: 'no answer', ossFuzzUnknown: 'no answer' }),
    cannotJudge: 'no answer',
  },
  {
    name: 'the origin of a folder is on the list, which the reference does not see',
    evidence: reference([], { originListed: true }),
    findings: [{ outcome: 'False' }],
  },
  {
    name: 'the origin of a folder is on the list',
    adopts: ['origin'],
    evidence: reference([], { originListed: true }),
    findings: [{ outcome: 'True', values: { tool: 'OSSFuzz' } }],
  },
  {
    name: 'hits below src/test, each place once',
    adopts: ['all-sources'],
    evidence: {
      ...reference([atheris(target('a.py', 2), target('a.py', 2))]),
      fuzzTargets: [target('a.py', 2), target('src/test/b.py', 3, { beyond: 'place' })],
    },
    findings: [found('a.py', 2), found('src/test/b.py', 3)],
  },
  {
    name: 'another tool, unless its place is known',
    adopts: ['more-fuzzers'],
    evidence: {
      ...reference([atheris(target('a.py', 2))]),
      fuzzTargets: [
        target('a.py', 2, { tool: 'Other', beyond: 'tool' }),
        target('b.py', 1, { tool: 'Hypothesis', beyond: 'tool', snippet: 'import hypothesis' }),
      ],
    },
    findings: [found('a.py', 2), { outcome: 'True', values: { tool: 'Hypothesis' } }],
  },
  {
    name: 'comments',
    adopts: ['live-code'],
    evidence: reference([atheris(target('a.py', 2, { commented: true }))]),
    findings: [{ outcome: 'False' }],
  },
];
