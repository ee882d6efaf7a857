/** Improvements of the engine itself: they concern every check. */
import type { Improvement } from '../core/index.ts';

export const ENGINE_IMPROVEMENTS: Readonly<Record<string, Improvement>> = {
  'no-ignored-files': {
    what: 'In a checkout, files that git ignores (installed packages, build results) are left out; tracked files never are.',
    why: 'They are no part of the repository; the reference scans them with the rest, so that `npm ci` alone turns Binary-Artifacts to 0 (scorecard issues 3832, 3802).',
  },
};
