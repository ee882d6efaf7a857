import { readFileSync } from 'node:fs';
import { evaluateEvidence, parseEvidence } from '../../app.ts';
import { environment, usage } from '../../config/index.ts';
import { ScanError } from '../../core/index.ts';
import type { Command } from '../command.ts';
import { deliveryOptions, prepareDelivery } from '../deliver.ts';
import { withUnits } from '../plugins.ts';

export const command: Command = {
  name: 'evaluate',
  summary: 'Judges stored evidence again, offline.',
  usage: 'evaluate FILE [options]',
  options: ['checks', 'probes', ...deliveryOptions],
  async run({ values, positionals: [file, ...more] }) {
    if (file === undefined || more.length > 0)
      usage('evaluate takes one file (write it with --evidence=FILE)');
    return withUnits(values, async (units) => {
      const delivery = await prepareDelivery(values, units);
      const evidence = parseEvidence(readEvidence(file));
      const result = await evaluateEvidence(evidence, {
        counted: delivery.counted,
        units,
        checks: values.checks,
        probes: values.probes,
        experimental: environment().experimental,
      });
      await delivery.write({ result, evidence });
      delivery.finish();
      return 0;
    });
  },
};

function readEvidence(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ScanError('bad-evidence', `${file} cannot be read (${code})`, { cause: error });
  }
}
