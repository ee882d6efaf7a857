import { hint, usage } from '../../config/index.ts';
import type { Command } from '../command.ts';
import { explainCheck, explainProbe } from '../explain.ts';
import { withUnits } from '../plugins.ts';
import { outputTerminal, writeOutput } from '../streams.ts';

const WIDTH = 80;

export const command: Command = {
  name: 'explain',
  summary: 'What a check or probe looks at, and how to mend what it finds.',
  usage: 'explain CHECK|PROBE',
  options: ['plugin', 'plugin-timeout'],
  async run({ values, positionals: [name, ...more] }) {
    if (name === undefined || more.length > 0)
      usage('explain takes one check or probe (assay explain Token-Permissions)');
    return withUnits(values, async ({ checks, probes }) => {
      const width = Math.min(WIDTH, Math.max(40, outputTerminal().width ?? WIDTH));
      const wanted = name.toLowerCase();
      const check = checks.find((one) => one.name.toLowerCase() === wanted);
      const probe = probes.find((one) => one.id.toLowerCase() === wanted);
      if (check) writeOutput(explainCheck(check, width));
      else if (probe) writeOutput(explainProbe(probe, width));
      else {
        const names = [...checks.map((one) => one.name), ...probes.map((one) => one.id)];
        usage(`there is no check or probe ${name}${hint(name, names) || ' (assay help checks lists them)'}`);
      }
      return 0;
    });
  },
};
