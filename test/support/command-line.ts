/** Runs the built program as users do. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const program = join(root, 'bin/assay.cjs');

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input; none when absent. */
  readonly input?: string;
}

/** Builds when a source changed. */
export function ensureBuilt(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dev/start.cjs'), '--version']);
  if (status !== 0) throw new Error(`the build failed: ${stderr}`);
}

/** An environment without what would change the output. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { NO_COLOR, FORCE_COLOR, SCORECARD_EXPERIMENTAL, NODE_OPTIONS, CI, ...rest } = process.env;
  return { ...rest, TZ: 'UTC', ASSAY_OFFLINE: '1', ...more };
}

/** Runs `assay ...words` to its end. */
export function assay(words: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: options.cwd,
      env: plainEnvironment(options.env),
      stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.on('error', () => {}).end(options.input);
    let [stdout, stderr] = ['', ''];
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** A folder with these files, and its removal. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): {
  readonly path: string;
  [Symbol.dispose](): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'assay-test-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
