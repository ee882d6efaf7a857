import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const place = 'top';
const file = (...hits: object[]) => ({ permissionEntries: [{ path, hits }], grants: [] });
const broken = { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } };

export const cases: readonly ProbeCase[] = [
  {
    name: 'no workflows',
    evidence: { permissionEntries: [], grants: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  {
    name: 'nothing set',
    evidence: file({ place, level: 'undeclared', line: 1 }),
    findings: [{ outcome: 'False', values: { permissionLevel: 'undeclared' } }],
  },
  {
    name: 'read, none and write',
    evidence: file(
      { place, level: 'read', name: 'contents', value: 'read', line: 2 },
      { place, level: 'none', value: 'none', line: 1 },
      { place, level: 'write', name: 'packages', value: 'write', line: 4, snippet: 'write' },
    ),
    findings: [
      {
        outcome: 'True',
        values: { permissionLevel: 'read' },
        location: { path, type: 'source', lineStart: 2 },
      },
      { outcome: 'False', values: { permissionLevel: 'none' } },
      {
        outcome: 'False',
        values: { permissionLevel: 'write', tokenName: 'packages' },
        location: { path, type: 'source', lineStart: 4, snippet: 'write' },
      },
    ],
  },
  {
    name: 'the other place does not count',
    evidence: file({ place: 'job', level: 'write', name: 'contents', line: 2 }),
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'write-all',
    evidence: file({ place, level: 'write', value: 'write-all', line: 2 }),
    findings: [{ outcome: 'False', values: { permissionLevel: 'write', tokenName: 'write-all' } }],
  },
  {
    name: 'a broken file ends the reference view',
    evidence: { permissionEntries: [broken], grants: [] },
    cannotJudge: 'b.yml cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: { permissionEntries: [broken], grants: [] },
    adopts: 'all',
    findings: [{ outcome: 'Error' }],
  },
  {
    name: 'grants to write by need',
    evidence: {
      permissionEntries: [
        {
          path,
          hits: [{ place, level: 'write', name: 'packages', value: 'write', line: 4, snippet: 'write' }],
        },
      ],
      grants: [
        {
          path,
          line: 4,
          scope: 'packages',
          verdict: 'false',
          reason: 'needed',
          neededBy: 'x/y',
          idleJobs: [],
        },
        { path, line: 5, scope: 'contents', verdict: 'true', idleJobs: ['build'] },
        { path, job: 'build', line: 9, scope: 'issues', verdict: 'true', idleJobs: ['build'] },
        { path: 'b.yml', line: 5, scope: 'contents', verdict: 'true', idleJobs: ['build'] },
      ],
    },
    adopts: ['needed-scopes'],
    findings: [
      { outcome: 'True', values: { permissionLevel: 'write', tokenName: 'packages', reason: 'needed' } },
      {
        outcome: 'False',
        location: { path, type: 'source', lineStart: 5 },
        values: { tokenName: 'contents' },
      },
    ],
  },
];
