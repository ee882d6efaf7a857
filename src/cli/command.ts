/** What a command of the command line is. A file in `commands/` is the registration; the list is generated. */
import type { OptionName, Parsed } from '../config/index.ts';

export interface Command {
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  /** What follows `assay `. */
  readonly usage: string;
  /** Options it knows; anything else is a usage error. */
  readonly options: readonly OptionName[];
  /** Returns the exit code. */
  run(input: Parsed): Promise<number>;
}
