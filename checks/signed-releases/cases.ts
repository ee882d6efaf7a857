import type { CheckCase } from '../../src/core/index.ts';

/** One letter per release, newest first: `s` signed, `p` provenance, `b` both, `-` neither. */
function releases(letters: string, tags: readonly string[] = []): CheckCase['findings'] {
  const each = [...letters].map((letter, index) => ({ letter, releaseName: tags[index] ?? `v${index}` }));
  const finding = (probe: string, good: string) =>
    each.map(({ letter, releaseName }) => ({
      probe,
      outcome: good.includes(letter) ? ('True' as const) : ('False' as const),
      values: { releaseName },
    }));
  return [...finding('releasesAreSigned', 'sb'), ...finding('releasesHaveProvenance', 'pb')];
}

export const cases: readonly CheckCase[] = [
  { name: 'signed', findings: releases('s'), score: 8 },
  { name: 'provenance', findings: releases('p'), score: 10 },
  { name: 'both', findings: releases('b'), score: 10 },
  { name: 'one signed, one with provenance, one without', findings: releases('sp-'), score: 6 },
  { name: 'five: two signed, two with provenance', findings: releases('sspp-'), score: 7 },
  {
    name: 'five signed',
    findings: releases('sssss'),
    score: 8,
    reason: '5 out of the last 5 releases have a total of 5 signed artifacts',
  },
  { name: 'half signed', findings: releases('s-s-'), score: 4 },
  { name: 'the golden scenario', findings: releases('s-sp'), score: 6 },
  { name: 'none', findings: releases('--'), score: 0 },
  { name: 'two releases with one tag share a place', findings: releases('s-', ['v1', 'v1']), score: 8 },
  { name: 'six releases', findings: releases('ssssss'), score: 'error' },
  {
    name: 'no releases',
    findings: [
      { probe: 'releasesAreSigned', outcome: 'NotApplicable' },
      { probe: 'releasesHaveProvenance', outcome: 'NotApplicable' },
    ],
    score: 'inconclusive',
    reason: 'no releases found',
  },
  {
    name: 'a finding without a release',
    findings: [{ probe: 'releasesAreSigned', outcome: 'True' }],
    score: 'error',
  },
  {
    name: 'provenance makes up for a missing signature',
    findings: releases('ps'),
    score: 9,
    levels: ['Debug', 'Debug', 'Info', 'Info', 'Warn'],
  },
];
