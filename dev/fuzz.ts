/**
 * `npm run fuzz [-- RUNS [filters]]`: the property tests whose names speak of garbage, each 100,000 times unless RUNS
 * says otherwise.
 */
import { startVitest } from 'vitest/node';
import { SummaryReporter } from './summary.ts';

const [first, ...rest] = process.argv.slice(2);
if (first === '--help' || first === '-h') {
  console.log(`npm run fuzz [-- RUNS [FILTER...]]
  Runs the property tests of all parsers, each 100,000 times, or RUNS times.
  FILTER: part of a test file's path; npm run fuzz -- 5000 dockerfile lockfiles`);
  process.exit(0);
}
const given = first !== undefined && /^\d+$/.test(first);
process.env.ASSAY_FUZZ_RUNS = given ? first : '100000';
const vitest = await startVitest('test', given || first === undefined ? rest : [first, ...rest], {
  run: true,
  watch: false,
  testNamePattern: /garbage/,
  testTimeout: 6 * 60 * 60 * 1000,
  reporters: ['default', new SummaryReporter()],
});
await vitest.close();
process.exit(process.exitCode ?? 0);
