/** The cases of probes that tell places of workflows, each with evidence of its own kind. */
import type { ProbeCase } from '../src/core/index.ts';

const path = '.github/workflows/a.yml';
const workflow = { path, hasCommands: true };
const broken = { path: 'b.yml', hasCommands: true, error: { line: 3, message: 'not YAML' } };

/** Evidence of one readable workflow with such places. */
export const withPlaces = (kind: string, ...places: readonly object[]) => ({
  workflows: [workflow],
  [kind]: places,
});

/** No workflows, no places, and a workflow that cannot be read. */
export const noPlaceCases = (kind: string, place: object): readonly ProbeCase[] => [
  {
    name: 'no workflows',
    evidence: { workflows: [], [kind]: [] },
    findings: [{ outcome: 'NotApplicable' }],
  },
  { name: 'nothing of the kind', evidence: withPlaces(kind), findings: [{ outcome: 'False' }] },
  {
    name: 'a workflow that cannot be read',
    evidence: { workflows: [workflow, broken], [kind]: [place] },
    findings: [
      { outcome: 'Error', location: { path: 'b.yml', type: 'source', lineStart: 3 } },
      { outcome: 'True' },
    ],
  },
];

/** All cases of a probe whose places may be held back by a gate. */
export function placeCases(kind: string, snippet: string): readonly ProbeCase[] {
  const place = { path, job: 'j', line: 6, snippet, verdict: 'true' };
  const at = (lineStart: number) => ({ path, type: 'source', lineStart, snippet }) as const;
  return [
    ...noPlaceCases(kind, place),
    {
      name: 'open and held back',
      evidence: withPlaces(kind, place, { ...place, line: 9, verdict: 'gated', gate: 'association' }),
      findings: [
        { outcome: 'True', location: at(6), values: { job: 'j' } },
        { outcome: 'True', location: at(9), values: { job: 'j', gate: 'association' } },
      ],
    },
  ];
}
