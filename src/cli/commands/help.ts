import { checks, probes } from '../../app.ts';
import { hint, usage } from '../../config/index.ts';
import { reporters } from '../../reporters/index.ts';
import type { Command } from '../command.ts';
import { commandHelp, mainHelp, unitHelp } from '../help.ts';
import { writeOutput } from '../streams.ts';

export const command: Command = {
  name: 'help',
  summary: 'This text; `help checks` and `help probes` list them, `help COMMAND` tells about a command.',
  usage: 'help [TOPIC]',
  options: [],
  async run({ positionals: [topic] }) {
    const { commands } = await import('./index.ts');
    if (topic === undefined || topic === 'scan') {
      const all = await Promise.all(Object.values(commands).map((load) => load()));
      writeOutput(mainHelp(all, checks, Object.keys(reporters)));
    } else if (topic === 'checks') writeOutput(unitHelp(checks));
    else if (topic === 'probes') writeOutput(unitHelp(probes));
    else if (Object.hasOwn(commands, topic)) writeOutput(commandHelp(await commands[topic]!()));
    else usage(`there is no help on ${topic}${hint(topic, ['checks', 'probes', ...Object.keys(commands)])}`);
    return 0;
  },
};
