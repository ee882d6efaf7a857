import { CannotJudge, defineProbe, no, required, yes } from '../../src/core/index.ts';
import { badge } from '../../src/evidence/badge.ts';

/** Tried in this order, by substring. Reference: api-checks 5. */
const LEVELS = [
  ['in_progress', 'InProgress'],
  ['passing', 'Passing'],
  ['silver', 'Silver'],
  ['gold', 'Gold'],
] as const;

export const hasOpenSSFBadge = defineProbe({
  id: 'hasOpenSSFBadge',
  lifecycle: 'stable',
  summary: 'Does the project hold or work on an OpenSSF Best Practices badge?',
  motivation:
    'The badge is a list of practices a project answers one by one in public. Working through it finds gaps no scan can see, such as how reports are handled.',
  implementation:
    'Asks the badge service for the project with the address of the repository; the first entry counts.',
  outcomes: {
    True: 'The project is registered; the value `badgeLevel` holds Gold, Silver, Passing or InProgress.',
    False: 'The service does not know the project.',
  },
  remediation: {
    on: 'False',
    effort: 'High',
    act: 'Earn the best practices badge',
    steps: [
      'Register the repository at the best practices site and work through the questions of the passing level.',
    ],
  },
  forges: ['github', 'gitlab'],
  needs: { badge },
  example: {
    before: { bestPracticesBadge: 'not_found' },
    after: { bestPracticesBadge: 'passing' },
  },
  run: ({ badge }) => {
    const level = required(badge, 'the badge service');
    if (level === 'not_found') return [no('the project has no best practices badge')];
    const known = LEVELS.find(([word]) => level.includes(word));
    if (known === undefined)
      throw new CannotJudge(`the badge service answers with the unknown level ${level}`);
    return [yes(`the project has a badge at level ${known[1]}`, { values: { badgeLevel: known[1] } })];
  },
});
