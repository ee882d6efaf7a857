/** The cases of the two probes on permissions: what holds at job level holds at top level. */
import type { ProbeCase } from '../src/core/index.ts';

const path = '.github/workflows/a.yml';
const broken = { path: 'b.yml', hits: [], error: { line: 3, message: 'not YAML' } };
const evidence = (files: readonly object[], grants: readonly object[] = []) => ({
  permissionEntries: files,
  grants,
  writingJobs: [],
});
const file = (...hits: object[]) => evidence([{ path, hits }]);

/** `writeAll`: what is found of `write-all`, which the reference overlooks in jobs. */
export function permissionCases(place: 'top' | 'job', writeAll: ProbeCase['findings']): readonly ProbeCase[] {
  const [here, elsewhere] = place === 'job' ? [{ job: 'build' }, {}] : [{}, { job: 'build' }];
  const written = { place, level: 'write', name: 'packages', value: 'write', line: 4, snippet: 'write' };
  return [
    { name: 'no workflows', evidence: evidence([]), findings: [{ outcome: 'NotApplicable' }] },
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
        written,
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
      evidence: file({ place: place === 'job' ? 'top' : 'job', level: 'write', name: 'contents', line: 2 }),
      findings: [{ outcome: 'True' }],
    },
    {
      name: 'write-all',
      evidence: file({ place, level: 'write', value: 'write-all', line: 2 }),
      findings: writeAll,
    },
    {
      name: 'a broken file ends the reference view',
      evidence: evidence([broken]),
      cannotJudge: 'b.yml cannot be read',
    },
    {
      name: 'and is one finding of the Assay view',
      evidence: evidence([broken]),
      adopts: 'all',
      findings: [{ outcome: 'Error' }],
    },
    {
      name: 'grants to write by need',
      evidence: evidence(
        [{ path, hits: [written] }],
        [
          {
            path,
            ...here,
            line: 4,
            scope: 'packages',
            verdict: 'false',
            reason: 'needed',
            neededBy: 'x/y',
            idleJobs: [],
          },
          { path, ...here, line: 5, scope: 'contents', verdict: 'true', idleJobs: ['build'] },
          { path, ...elsewhere, line: 9, scope: 'issues', verdict: 'true', idleJobs: ['build'] },
          { path: 'b.yml', ...here, line: 5, scope: 'contents', verdict: 'true', idleJobs: ['build'] },
        ],
      ),
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
}
