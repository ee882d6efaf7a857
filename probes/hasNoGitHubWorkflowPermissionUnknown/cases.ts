import type { ProbeCase } from '../../src/core/index.ts';

const path = '.github/workflows/a.yml';
const file = (...hits: object[]) => ({ permissionEntries: [{ path, hits }] });
const broken = { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } };

export const cases: readonly ProbeCase[] = [
  { name: 'no workflows', evidence: { permissionEntries: [] }, findings: [{ outcome: 'NotApplicable' }] },
  {
    name: 'all known',
    evidence: file({ place: 'top', level: 'read', name: 'contents', value: 'read', line: 2 }),
    findings: [{ outcome: 'True' }],
  },
  {
    name: 'searches for an excuse and unweighed scopes',
    evidence: file(
      { level: 'unknown', line: 1, excuse: 'packaging', excused: false },
      { place: 'job', level: 'unknown', name: 'id-token', value: 'write', line: 7, snippet: 'write' },
    ),
    findings: [
      {
        outcome: 'False',
        values: { permissionLevel: 'unknown' },
        location: { path, type: 'source', lineStart: 1 },
      },
      {
        outcome: 'False',
        values: { permissionLevel: 'unknown', tokenName: 'id-token' },
        location: { path, type: 'source', lineStart: 7, snippet: 'write' },
      },
    ],
  },
  {
    name: 'are no findings of the Assay view, a wrong level is',
    evidence: file(
      { level: 'unknown', line: 1, excuse: 'packaging', excused: false },
      { place: 'job', level: 'unknown', name: 'issues', value: 'wirte', line: 7 },
    ),
    adopts: ['known-scopes'],
    findings: [{ outcome: 'False', values: { tokenName: 'issues' } }],
  },
  {
    name: 'a broken file ends the reference view',
    evidence: { permissionEntries: [broken] },
    cannotJudge: 'b.yml cannot be read',
  },
  {
    name: 'and is one finding of the Assay view',
    evidence: { permissionEntries: [broken] },
    adopts: 'all',
    findings: [{ outcome: 'Error' }],
  },
];
