/** `npm test [-- vitest arguments]`: runs the tests and ends with one plain line of counts. */
import { startVitest } from 'vitest/node';
import { SummaryReporter } from './summary.ts';

// Before any worker starts: a time zone holds for the whole process.
process.env.TZ = 'UTC';
const filters = process.argv.slice(2);
const vitest = await startVitest('test', filters, {
  run: true,
  watch: false,
  reporters: ['default', new SummaryReporter()],
});
await vitest.close();
process.exit(process.exitCode ?? 0);
