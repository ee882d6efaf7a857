import { unitsWith } from '../../app.ts';
import { usage } from '../../config/index.ts';
import { EXIT, ScanError } from '../../core/index.ts';
import type { Command } from '../command.ts';
import { writeOutput } from '../streams.ts';

export const command: Command = {
  name: 'plugin',
  summary: 'Lists what is in a plugin and runs its cases.',
  usage: 'plugin FILE|PACKAGE',
  options: ['plugin-timeout'],
  async run({ values, positionals: [source, ...more] }) {
    if (source === undefined || more.length > 0)
      usage('plugin takes one file or package (assay plugin ./my-check.ts)');
    const { plugins } = await unitsWith([source], { seconds: values['plugin-timeout'] });
    try {
      if (plugins!.failures.length > 0) throw new ScanError('plugin', plugins!.failures.join(' | '));
      for (const { name, checks, probes } of plugins!.infos())
        writeOutput([name, ...checks.map(line('check')), ...probes.map(line('probe')), ''].join('\n'));
      return tell(plugins!.cases());
    } finally {
      await plugins!.close();
    }
  },
};

const line = (what: string) => (name: string) => `  ${what} ${name}`;

/** Cases that do not hold, then the count. */
function tell(cases: readonly { readonly unit: string; readonly name: string; readonly wrong?: string }[]) {
  const wrong = cases.filter((one) => one.wrong !== undefined);
  const lines = wrong.map((one) => `wrong: ${one.unit}: ${one.name}: ${one.wrong}`);
  writeOutput([...lines, `${cases.length - wrong.length} of ${cases.length} cases hold`, ''].join('\n'));
  return wrong.length === 0 ? EXIT.ok : EXIT.threshold;
}
