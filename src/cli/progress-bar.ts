/** How far a run over many repositories is: a line on a terminal that is redrawn, nothing anywhere else. */
import { milliseconds } from '../core/index.ts';
import { errorIsTerminal, writeError } from './streams.ts';

const EVERY_MS = 100;
const WIDTH = 24;

export interface ProgressBar {
  /** More targets are known of. */
  add(targets: number): void;
  start(name: string): void;
  done(name: string, failed: boolean): void;
  /** Takes the line away, so that something else can be written. It comes back with the next change. */
  hide(): void;
}

export function progressBar(wanted: boolean): ProgressBar {
  const shown = wanted && errorIsTerminal();
  const running = new Set<string>();
  let [total, finished, failures, drawn, last] = [0, 0, 0, false, 0];
  const draw = () => {
    if (!shown || milliseconds() - last < EVERY_MS) return;
    last = milliseconds();
    drawn = true;
    writeError(`\r\x1b[K${barText({ total, finished, failures, running: [...running] })}`);
  };
  return {
    add: (targets) => {
      total += targets;
    },
    start: (name) => {
      running.add(name);
      draw();
    },
    done: (name, failed) => {
      running.delete(name);
      finished++;
      if (failed) failures++;
      draw();
    },
    hide: () => {
      if (drawn) writeError('\r\x1b[K');
      drawn = false;
    },
  };
}

/** The line: bar, count, failures, one of those that are being looked at. */
export function barText(state: {
  readonly total: number;
  readonly finished: number;
  readonly failures: number;
  readonly running: readonly string[];
}): string {
  const { total, finished, failures, running } = state;
  const filled = total === 0 ? 0 : Math.min(WIDTH, Math.floor((finished / total) * WIDTH));
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const failed = failures > 0 ? `, ${failures} failed` : '';
  const name = (running[0] ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, '').slice(0, 40);
  const more = running.length > 1 ? ` and ${running.length - 1} more` : '';
  return `${bar} ${finished}/${total}${failed}  ${name}${more}`;
}
