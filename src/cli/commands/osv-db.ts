import { join } from 'node:path';
import { updateOsvDatabase } from '../../app.ts';
import { environment, usage } from '../../config/index.ts';
import type { Command } from '../command.ts';
import { writeOutput } from '../streams.ts';

export const command: Command = {
  name: 'osv-db',
  summary: 'Brings the OSV database into a folder, for scans without network.',
  usage: 'osv-db update [ECOSYSTEM...] --osv-db=DIR [--offline]',
  options: ['osv-db', 'offline'],
  async run({ values, positionals: [action, ...ecosystems] }) {
    if (action !== 'update') usage('osv-db knows one thing to do: assay osv-db update --osv-db=DIR');
    const folder = values['osv-db'];
    if (folder === undefined) usage(`osv-db update needs a folder (--osv-db=${join('.', 'osv')})`);
    await updateOsvDatabase(folder, ecosystems, {
      offline: values.offline || environment().offline,
      say: (line) => writeOutput(`${line}\n`),
    });
    return 0;
  },
};
