/** Standard output belongs to the result: what a plugin prints goes to standard error, and it ends nothing. */
import { writeSync } from 'node:fs';
import { format } from 'node:util';

const STDERR = 2;

/** Replaces the printing functions of this thread's console, and `process.exit`. */
export function quietConsole(): void {
  const print = (...words: unknown[]) => {
    try {
      writeSync(STDERR, `${format(...words)}\n`);
    } catch {
      // nobody reads it
    }
  };
  for (const name of ['log', 'info', 'debug', 'warn', 'error', 'trace', 'dir'] as const)
    console[name] = print;
  process.exit = () => {
    throw new Error('process.exit() is not for plugins');
  };
}
