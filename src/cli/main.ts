import { parseArgs } from 'node:util';
import { scanFolder } from '../app.ts';
import { ScanError } from '../core/index.ts';
import { reporters } from '../reporters/index.ts';

/** Runs the command line; returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        local: { type: 'string' },
        format: { type: 'string', default: 'json' },
        'show-details': { type: 'boolean', default: false },
      },
    });
    const { result } = await scanFolder(values.local ?? '.');
    const reporter = await reporters[values.format]!();
    process.stdout.write(
      reporter.render(result, {
        showDetails: values['show-details'],
        showAnnotations: false,
        color: false,
        verbose: false,
      }),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    process.stderr.write(`assay: ${error.message}\n`);
    return error.exit;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
