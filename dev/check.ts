/** `npm run check`: types, lint and format, generated files, quick tests. Stops at the first that fails. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules/.bin', name);

const steps: readonly (readonly [string, string, readonly string[]])[] = [
  ['types', bin('tsc'), ['-p', '.']],
  ['lint and format', bin('biome'), ['check', '--error-on-warnings', '--max-diagnostics=40']],
  ['generated files', process.execPath, ['src/dev/gen.ts', '--check']],
  ['quick tests', process.execPath, ['dev/test.ts', 'test/cases.test.ts', 'test/set.test.ts']],
];

for (const [name, command, args] of steps) {
  const start = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`check: ${name} failed`);
    process.exit(1);
  }
  console.log(`check: ${name} fine (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}
