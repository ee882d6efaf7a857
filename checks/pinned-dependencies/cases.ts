import type { CheckCase, FindingDraft } from '../../src/core/index.ts';

const probe = 'pinsDependencies';

/** `pinned` of `total` findings of a kind; actions by their owner. */
function kind(type: string, pinned: number, total: number): (Partial<FindingDraft> & { probe: string })[] {
  const owner = type === 'owned' ? 'actions/x@v1' : type === 'third' ? 'a/x@v1' : 'text';
  const dependencyType = type === 'owned' || type === 'third' ? 'GitHubAction' : type;
  return Array.from({ length: total }, (_, index) => ({
    probe,
    outcome: index < pinned ? 'True' : 'False',
    values: { dependencyType },
    location: { path: 'f', type: 'source', lineStart: 1, snippet: owner },
  }));
}

/** Reference: file-checks 8.11, measured. */
export const cases: readonly CheckCase[] = [
  {
    name: 'owned unpinned, third pinned',
    findings: [...kind('owned', 0, 1), ...kind('third', 1, 1)],
    score: 8,
  },
  {
    name: 'owned pinned, third unpinned',
    findings: [...kind('owned', 1, 1), ...kind('third', 0, 1)],
    score: 2,
  },
  { name: 'two of three each', findings: [...kind('owned', 2, 3), ...kind('third', 2, 3)], score: 6 },
  { name: 'owned only', findings: kind('owned', 1, 2), score: 5, reason: 'score normalized to 5' },
  { name: 'third only', findings: kind('third', 2, 3), score: 6 },
  { name: 'nine of ten', findings: kind('third', 9, 10), score: 9 },
  {
    name: 'four kinds',
    findings: [
      ...kind('owned', 0, 1),
      ...kind('third', 1, 1),
      ...kind('npmCommand', 1, 1),
      ...kind('pipCommand', 0, 1),
    ],
    score: 6,
    levels: ['Warn', 'Warn', 'Info', 'Info', 'Info', 'Info'],
  },
  {
    name: 'image and pip',
    findings: [...kind('containerImage', 1, 1), ...kind('pipCommand', 0, 1)],
    score: 5,
  },
  { name: 'all pinned', findings: kind('third', 2, 2), score: 10, reason: 'all dependencies are pinned' },
  { name: 'only errors', findings: [{ probe, outcome: 'Error' }], score: 'inconclusive', levels: ['Info'] },
  { name: 'nothing fetched', findings: [{ probe, outcome: 'NotApplicable' }], score: 'inconclusive' },
];
