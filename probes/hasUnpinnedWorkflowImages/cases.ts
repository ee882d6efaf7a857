import type { ProbeCase } from '../../src/core/index.ts';
import { noPlaceCases, withPlaces } from '../placeCases.ts';

const path = '.github/workflows/a.yml';
const image = { path, line: 6, image: 'node:22', truth: { verdict: 'unpinned', why: 'a tag' } };

export const cases: readonly ProbeCase[] = [
  ...noPlaceCases('workflowImages', image),
  {
    name: 'with and without digest',
    evidence: withPlaces('workflowImages', image, {
      ...image,
      line: 9,
      truth: { verdict: 'pinned', why: 'digest' },
    }),
    findings: [
      {
        outcome: 'True',
        location: { path, type: 'source', lineStart: 6, snippet: 'node:22' },
        values: { image: 'node:22' },
      },
    ],
  },
];
