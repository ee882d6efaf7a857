/** Every reader of repository content against hostile bytes; `npm run fuzz` does the same 100,000 times each. */
import { describe, expect, it } from 'vitest';
import { runs } from './support/fuzz.ts';
import { fuzz, fuzzTargets } from './support/fuzzTargets.ts';

/** Of one input of at most 20 kB; generous, because other work may hold the machine. */
const SLOW_MS = 5000;

describe('garbage never breaks', () => {
  it.each(fuzzTargets().map((target) => [target.name, target] as const))(
    '%s',
    (_, target) => {
      expect(fuzz(target, runs(150)).slowest).toBeLessThan(SLOW_MS);
    },
    3_600_000,
  );
});
