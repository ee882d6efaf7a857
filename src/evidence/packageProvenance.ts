import { ask } from '../core/index.ts';

/** One flag per package version that the package index ties to the repository: its provenance was verified. */
export const packageProvenance = ask({
  id: 'packageProvenance',
  version: 1,
  needs: {},
  ask: async (_, doors) => doors.packageProvenance(),
});
