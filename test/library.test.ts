/** The library as users get it: the built files, the example of docs/library.md, the types. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLibrary, buildTypes } from '../dev/build.ts';
import { evaluate, format, parseEvidence, ScanError, scan, scanWithEvidence } from '../src/index.ts';
import { plainEnvironment, root, temporaryFolder } from './support/command-line.ts';

const project = temporaryFolder({ 'renovate.json': '{}', 'README.md': '# Project\n' });
afterAll(() => project[Symbol.dispose]());

describe('scan', () => {
  it('returns the native result', async () => {
    const result = await scan(project.path, { checks: ['dependency-update-tool'], metadata: ['a'] });
    expect(result).toMatchObject({
      format: 'assay/1',
      score: 10,
      adjusted: 10,
      metadata: ['a'],
      probeMode: false,
      checks: [{ name: 'Dependency-Update-Tool', score: 10, adjusted: { score: 10 } }],
    });
    expect(result).not.toHaveProperty('stats');
  });

  it('is repeatable: the same evidence and moment give the same result', async () => {
    const now = new Date('2026-03-01T00:00:00Z');
    const first = await scanWithEvidence(project.path, { now });
    expect(first.result.date).toBe(now.toISOString());
    expect(await scan(project.path, { now })).toEqual(first.result);
    const stored = parseEvidence(JSON.stringify(first.evidence));
    expect(JSON.stringify(await evaluate(stored))).toBe(JSON.stringify(first.result));
  });

  it('runs probes instead of checks, in the order asked', async () => {
    const ids = ['hasBinaryArtifacts', 'dependencyUpdateToolConfigured'];
    const result = await scan(project.path, { probes: ids });
    expect(result.probes.map((one) => one.probe)).toEqual(ids);
    expect([result.checks, result.score, result.probeMode]).toEqual([[], -1, true]);
  });

  it('ends with the reason of its signal', async () => {
    const reason = new Error('enough');
    await expect(scan(project.path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('ends early, in the middle of a walk', async () => {
    const files = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`${index}.sh`, 'echo\n']));
    using large = temporaryFolder(files);
    const abort = new AbortController();
    let seen = 0;
    const onProgress = (count: number) => {
      seen = count;
      abort.abort(new Error('enough'));
    };
    // The probe walks every file; a progress report after 64 of them ends it.
    const scanning = scan(large.path, { probes: ['hasBinaryArtifacts'], signal: abort.signal, onProgress });
    await expect(scanning).rejects.toThrow('enough');
    expect(seen).toBe(64);
  });

  it.each([
    ['target-not-found', () => scan(join(project.path, 'nothing'))],
    ['target-unreadable', () => scan(join(project.path, 'README.md'))],
    ['unknown-check', () => scan(project.path, { checks: ['Nothing'] })],
    ['unknown-probe', () => scan(project.path, { probes: ['nothing'] })],
    ['usage', () => scan(project.path, { probes: ['a'], checks: ['b'] })],
    ['unknown-format', async () => format(await scan(project.path), 'nothing')],
    ['bad-evidence', async () => parseEvidence('{}')],
    [
      'bad-evidence',
      async () => {
        const { evidence } = await scanWithEvidence(project.path, { checks: ['Dependency-Update-Tool'] });
        return evaluate(evidence, { checks: ['Binary-Artifacts'] });
      },
    ],
  ])('throws %s', async (code, run) => {
    const error: unknown = await run().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScanError);
    expect(error).toMatchObject({ code });
  });
});

describe('misuse that types would have told', () => {
  it.each<[string, unknown, unknown]>([
    ['the target', undefined, {}],
    ['the target', '', {}],
    ['the target', 123, {}],
    ['the options', '.', null],
    ['checks', '.', { checks: 'License' }],
    ['probes', '.', { probes: 'fuzzed' }],
    ['now', '.', { now: '2026-01-01' }],
    ['now', '.', { now: new Date('x') }],
  ])('%s: %j %j', async (what, target, options) => {
    const run = scan as (target: unknown, options: unknown) => Promise<unknown>;
    const error: unknown = await run(target, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScanError);
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(what) });
  });
});

describe('the built library', () => {
  const folder = join(root, '.cache/library-test');
  beforeAll(async () => {
    await buildLibrary();
    buildTypes();
    mkdirSync(folder, { recursive: true });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the example of docs/library.md', () => {
    const page = readFileSync(join(root, 'docs/library.md'), 'utf8');
    const example = /```js\n([\s\S]*?)```/.exec(page)![1]!;
    const file = join(folder, 'example.mjs');
    writeFileSync(file, example);
    const run = spawnSync(process.execPath, [file], {
      cwd: project.path,
      env: plainEnvironment(),
      encoding: 'utf8',
    });
    expect(run.stderr).toBe('');
    expect(run.stdout).toContain('Dependency-Update-Tool: 10');
    expect(run.stdout).toContain('"scorecard":');
    expect(run.status).toBe(0);
  });

  it('has types that a strict project takes', () => {
    writeFileSync(
      join(folder, 'consumer.ts'),
      `import { scan, type ScanResult } from 'assay';
export const result: Promise<ScanResult> = scan('.', { checks: ['License'] });
// @ts-expect-error: checks are names
export const wrong = scan('.', { checks: 3 });
`,
    );
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--types',
      '', // a project without Node's types takes them, too
    ];
    const run = spawnSync(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), ...options, 'consumer.ts'],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    );
    expect(run.stdout).toBe('');
    expect(run.status).toBe(0);
  });
});
