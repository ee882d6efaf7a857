/** What the list of best changes promises comes out when its remedies are carried out to the letter. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesFor, scanTarget } from '../src/app.ts';
import type { Finding } from '../src/core/index.ts';
import { temporaryFolder } from './support/command-line.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const now = new Date('2026-01-01T00:00:00Z');
const CHECKS = [
  'Dangerous-Workflow',
  'Dependency-Update-Tool',
  'Pinned-Dependencies',
  'Security-Policy',
  'Token-Permissions',
];

const workflow = (head: string, ...steps: string[]) =>
  `on: issues\n${head}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.map((one) => `      - ${one}\n`).join('')}`;

const TREE = {
  'package-lock.json': '{}',
  '.github/workflows/a.yml': workflow('', 'uses: actions/checkout@v5', 'uses: someone/thing@v1'),
  '.github/workflows/b.yml': workflow('permissions: {}\n', 'run: npm install', 'uses: actions/setup-node@v4'),
  '.github/workflows/c.yml': workflow(
    'permissions:\n  contents: write\n',
    `uses: actions/checkout@${COMMIT}`,
    'run: make',
  ),
};

/** As a maintainer would: placeholders filled, text put where it belongs. */
function carryOut(folder: string, { location, remedy }: Finding): void {
  const text = remedy!.text
    .replaceAll('<full commit hash>', COMMIT)
    .replaceAll('<address>', 'a@brightforge.dev');
  const written = /^(\S+): write[^\n]*\n([\s\S]*)$/.exec(text);
  if (location === undefined) {
    // Without a text to write it is a further question about a file that is being written.
    if (written === null) expect(text).toMatch(/^SECURITY\.md: /);
    else {
      mkdirSync(dirname(join(folder, written[1]!)), { recursive: true });
      writeFileSync(join(folder, written[1]!), written[2]!);
    }
    return;
  }
  const file = join(folder, location.path);
  const lines = readFileSync(file, 'utf8').split('\n');
  const index = location.lineStart! - 1;
  const act = text.slice(text.indexOf(': ') + 2);
  if (act.startsWith('add at the top level\n')) lines.splice(1, 0, ...act.split('\n').slice(1));
  else if (act.startsWith('write ')) {
    const wanted = act.slice('write '.length).replace(/ \(with .*\)$/, '');
    lines[index] = lines[index]!.replace(/(uses: |run: ).*/, `$1${wanted}`);
  } else {
    expect(act).toMatch(/`contents: read`/);
    lines[index] = lines[index]!.replace('write', 'read');
  }
  writeFileSync(file, lines.join('\n'));
}

describe('the best changes', () => {
  it('bring what they promise, one after the other', async () => {
    using folder = temporaryFolder(TREE);
    const options = { checks: CHECKS, offline: true, now };
    const { result } = await scanTarget(folder.path, options);
    const changes = changesFor(result);
    expect(changes.map(({ check, checkAfter }) => [check, checkAfter])).toEqual([
      ['Dependency-Update-Tool', 10],
      ['Security-Policy', 10],
      ['Token-Permissions', 10],
    ]);
    for (const change of changes) {
      // Lines above stay where they are.
      const inOrder = change.findings.toSorted(
        (a, b) => (b.location?.lineStart ?? 0) - (a.location?.lineStart ?? 0),
      );
      for (const finding of inOrder) carryOut(folder.path, finding);
      const after = (await scanTarget(folder.path, options)).result;
      expect(after.checks.find(({ name }) => name === change.check)!.adjusted.score).toBe(change.checkAfter);
      expect(after.adjusted).toBeCloseTo(change.totalAfter, 9);
    }
    const rest = changesFor((await scanTarget(folder.path, options)).result);
    expect(new Set(rest.map(({ check }) => check))).toEqual(new Set(['Pinned-Dependencies']));
    for (const finding of rest.flatMap(({ findings }) => findings)) carryOut(folder.path, finding);
    expect((await scanTarget(folder.path, options)).result.adjusted).toBe(rest.at(-1)!.totalAfter);
    expect(rest.at(-1)!.totalAfter).toBe(10);
  });
  it('leave out what is no flaw', async () => {
    using folder = temporaryFolder(TREE);
    const { result } = await scanTarget(folder.path, { checks: ['Token-Permissions'], offline: true, now });
    const [change] = changesFor(result);
    const places = change!.findings.map(({ location }) => location?.path);
    expect(places).toEqual(['.github/workflows/a.yml', '.github/workflows/c.yml']);
  });
});
