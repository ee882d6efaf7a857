/** A line on a terminal for everything that takes longer than a second. */
import { milliseconds } from '../core/index.ts';
import { noteTime } from './host.ts';
import { errorIsTerminal, writeError } from './streams.ts';

const AFTER_MS = 1000;
const EVERY_MS = 100;

export interface Progress {
  readonly onProgress: (filesSeen: number) => void;
  /** Takes the line away. */
  end(): void;
}

export function progressLine(name: string, wanted: boolean): Progress {
  const start = milliseconds();
  let next = start + AFTER_MS;
  let shown = false;
  let terminal: boolean | undefined;
  return {
    onProgress(filesSeen) {
      const now = milliseconds();
      noteTime();
      if (!wanted || now < next) return;
      terminal ??= errorIsTerminal();
      if (!terminal) return;
      next = now + EVERY_MS;
      shown = true;
      const seconds = ((now - start) / 1000).toFixed(0);
      writeError(`\r\x1b[K${name}: ${filesSeen} files, ${seconds} s`);
    },
    end() {
      if (shown) writeError('\r\x1b[K');
    },
  };
}
