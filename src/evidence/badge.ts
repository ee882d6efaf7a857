import { ask } from '../core/index.ts';

/** The answer of the best-practices badge service: a level, or `not_found`. */
export const badge = ask({
  id: 'badge',
  version: 1,
  needs: {},
  ask: async (_, doors) => doors.bestPracticesBadge(),
});
