import { defineProbe, no, required, yes } from '../../src/core/index.ts';
import { createdAt } from '../../src/evidence/facts.ts';
import { isWithin, LOOK_BACK_DAYS } from '../activity.ts';

export const createdRecently = defineProbe({
  id: 'createdRecently',
  lifecycle: 'stable',
  summary: 'Was the repository created within the last 90 days?',
  motivation:
    'A young repository has no record yet by which to judge its upkeep. Copies with a malicious change and names that look like those of known projects are young, too.',
  implementation: 'Compares the time of creation with the time of the scan.',
  outcomes: {
    True: 'It was created within the last 90 days.',
    False: 'It is older.',
  },
  remediation: {
    on: 'True',
    effort: 'Low',
    act: 'Look through the new repository',
    steps: ['Look through the content and the owner with care before you depend on it; time does the rest.'],
  },
  forges: ['github', 'gitlab'],
  needs: { createdAt },
  example: { nothing: 'A repository is mended by nothing but time.' },
  run: ({ createdAt }, view) => {
    const values = { lookBackDays: LOOK_BACK_DAYS };
    return [
      isWithin(view, required(createdAt, 'when the repository was created'))
        ? yes('the repository was created within the last 90 days', { values })
        : no('the repository is older than 90 days', { values }),
    ];
  },
});
