import { tool } from '../../app.ts';
import type { Command } from '../command.ts';
import { writeOutput } from '../streams.ts';

export const command: Command = {
  name: 'version',
  summary: 'The version of this program.',
  usage: 'version',
  options: [],
  async run() {
    writeOutput(`assay ${tool.version} (${tool.commit})\n`);
    return 0;
  },
};
