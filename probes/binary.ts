/** What the probes on compiled files share. */
import { at, type FindingDraft, type Remedy, yes } from '../src/core/index.ts';

/** A compiled file that nothing vouches for. */
export const checkedIn = (path: string, what: string): FindingDraft =>
  yes(`${what} file is checked in`, {
    location: { ...at(path), type: 'binary' },
    remedy: removal(path),
  });

/** The command that takes it out. */
function removal(path: string): Remedy {
  const word = /^[\w.][\w./@+-]*$/.test(path) ? path : `-- '${path.replaceAll("'", "'\\''")}'`;
  const run = `run git rm --cached ${word}`;
  return { text: `${path}: ${run} (name it in .gitignore, and build it from source where it is needed)` };
}
