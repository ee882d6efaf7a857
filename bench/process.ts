/** Measures whole processes: CPU of the child by the shell's `times`, peak memory from /proc. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cost {
  /** User and system seconds. */
  readonly cpu: number;
  readonly wall: number;
}

/** One run, output thrown away. The exit code does not matter: the reference ends with 1 for a single check. */
export function costOf(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Cost {
  const start = performance.now();
  const { stdout, status, stderr } = spawnSync(
    'bash',
    ['-c', '"$@" >/dev/null 2>&1; times', 'bash', ...command],
    { encoding: 'utf8', env },
  );
  const wall = (performance.now() - start) / 1000;
  const children = stdout.trim().split('\n')[1];
  if (status !== 0 || children === undefined) throw new Error(`cannot measure ${command[0]}: ${stderr}`);
  const seconds = children.split(' ').map((text) => {
    const [minutes, rest] = text.split('m');
    return Number(minutes) * 60 + Number.parseFloat(rest!);
  });
  return { cpu: seconds[0]! + seconds[1]!, wall };
}

/** Highest resident memory in MB, by asking /proc every 2 ms; undefined where there is no /proc. */
export function peakOf(command: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command[0]!, command.slice(1), { stdio: 'ignore' });
    let peak: number | undefined;
    const ask = () => {
      try {
        const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
        if (line) peak = Number(line[1]) / 1024;
      } catch {
        // ended between two questions
      }
    };
    const timer = setInterval(ask, 2);
    child.on('error', reject);
    child.on('exit', () => {
      clearInterval(timer);
      resolve(peak);
    });
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A table in fixed columns, the first left-aligned. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const columns = head.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]!.length)),
  );
  for (const row of [head, ...rows])
    console.log(
      row
        .map((text, index) => (index === 0 ? text.padEnd(columns[0]!) : text.padStart(columns[index]!)))
        .join('  '),
    );
  console.log();
}
