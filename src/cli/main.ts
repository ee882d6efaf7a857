/** The command line: finds the command, runs it, turns errors into one line and an exit code. */
import { parseCommandLine } from '../config/index.ts';
import { ERRORS, EXIT, ScanError } from '../core/index.ts';
import { commands } from './commands/index.ts';
import { type Host, useHost } from './host.ts';
import { plainLine, writeError } from './streams.ts';

/** Runs the command line; returns the exit code (docs/errors.md). Never throws. */
export async function main(words: readonly string[], host?: Host): Promise<number> {
  useHost(host);
  try {
    return await runCommand(words);
  } catch (error) {
    return report(error);
  }
}

async function runCommand(words: readonly string[]): Promise<number> {
  const first = words[0];
  const named = first !== undefined && Object.hasOwn(commands, first);
  const name = named ? first : 'scan';
  const rest = named ? words.slice(1) : words;
  if (rest.length === 0 && !named) {
    const { shortHelp } = await import('./help.ts');
    writeError(shortHelp());
    return EXIT.usage;
  }
  const command = await commands[name]!();
  const wanted = asksForText(rest);
  if (wanted === 'help')
    return (await commands.help!()).run({ ...parseCommandLine([]), positionals: named ? [name] : [] });
  if (wanted === 'version') return (await commands.version!()).run(parseCommandLine([]));
  return command.run(parseCommandLine(rest, [...command.options, 'help', 'version']));
}

/** `--help` and `--version` win over whatever else stands on the line, even if that is wrong. */
function asksForText(words: readonly string[]): 'help' | 'version' | undefined {
  for (const word of words) {
    if (word === '--') return undefined;
    if (word === '--help' || word === '-h') return 'help';
    if (word === '--version' || word === '-V') return 'version';
  }
  return undefined;
}

/** One line for what the user can mend, the stack for what only we can. */
export function report(error: unknown): number {
  if (error instanceof ScanError) {
    const { exit } = ERRORS[error.code];
    // Several reasons end with the code for targets: the name in brackets tells them apart.
    writeError(`assay: ${plainLine(error.message)}${exit === EXIT.target ? ` [${error.code}]` : ''}\n`);
    return exit;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  writeError(`${stack}\nassay: this is a defect in Assay; please report it with the lines above\n`);
  return EXIT.internal;
}
