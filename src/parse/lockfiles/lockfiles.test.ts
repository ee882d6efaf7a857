import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../../test/support/cpu.ts';
import { runs } from '../../../test/support/fuzz.ts';
import { repoPath } from '../../core/index.ts';
import { samples } from './samples.ts';
import { LOCKFILE_FORMATS, lockfileFormatOf, readLockfile } from './table.ts';
import type { LockedPackage } from './types.ts';

/** `name version [#commit] [@line] [(groups)]`, which a reader can check against the sample. */
function shown({ name, version, commit, line, groups, beyond }: LockedPackage): string {
  return [
    name,
    version || '-',
    commit === undefined ? '' : `#${commit}`,
    line === undefined ? '' : `@${line}`,
    groups === undefined ? '' : `(${groups.join(' ')})`,
    beyond ? 'beyond' : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

describe('lock files', () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))('%s', (_, { path, text, packages }) => {
    const format = lockfileFormatOf(repoPath(path));
    expect(format, `${path} has a format`).toBeDefined();
    const read = readLockfile(format!, text);
    expect(read.problem).toBeUndefined();
    expect(read.packages.map(shown)).toEqual(packages);
  });

  it('has a sample of every format', () => {
    const shownFormats = new Set(samples.map(({ path }) => lockfileFormatOf(repoPath(path))?.id));
    expect(LOCKFILE_FORMATS.map(({ id }) => id).filter((id) => !shownFormats.has(id))).toEqual([]);
  });

  it('is documented', () => {
    const docs = readFileSync(join(import.meta.dirname, '../../../docs/vulnerabilities.md'), 'utf8');
    const missing = LOCKFILE_FORMATS.flatMap(({ names = [], suffixes = [] }) => [
      ...names.filter((name) => !docs.includes(name)),
      ...suffixes.filter((suffix) => !docs.includes(`\`*${suffix}\``)),
    ]);
    expect(missing).toEqual([]);
  });

  it.each([
    ['node_modules/a/package-lock.json'],
    ['x/node_modules/b/yarn.lock'],
    ['verification-metadata.xml'],
    ['cargo.lock'],
    ['my-package-lock.json'],
    ['notes.json'],
    ['x.spdx.html'],
  ])('%s is none', (path) => {
    expect(lockfileFormatOf(repoPath(path))).toBeUndefined();
  });

  it.each([
    ['package-lock.json', '{', 'no JSON'],
    ['package-lock.json', '[]', 'no JSON object'],
    ['yarn.lock', '  version "1.0.0"\n', 'before the first package'],
    ['pnpm-lock.yaml', 'lockfileVersion: [', 'line'],
    ['pnpm-lock.yaml', 'packages: {}\n', 'lockfileVersion'],
    ['bun.lock', '{}', 'no lock file'],
    ['Cargo.lock', '[[package]\n', 'no TOML'],
    ['Gemfile.lock', '    rake (1.0)\n', 'before the first section'],
    ['packages.config', '<packages>', 'well-formed'],
    ['Package.resolved', '{}', 'no pins'],
    ['app.spdx.yml', 'a: [', 'line'],
  ])('%s that is none gives a problem: %s', (path, text, problem) => {
    const read = readLockfile(lockfileFormatOf(repoPath(path))!, text);
    expect(read.packages).toEqual([]);
    expect(read.problem).toContain(problem);
  });

  it('takes no absurd names', () => {
    const text = `# yarn lockfile v1\n${'x'.repeat(1000)}@1:\n  version "1.0.0"\n`;
    expect(readLockfile(lockfileFormatOf(repoPath('yarn.lock'))!, text)).toEqual({ packages: [] });
  });
});

describe('garbage', () => {
  const text = (format: (typeof LOCKFILE_FORMATS)[number]) => {
    const own = samples
      .filter(({ path }) => lockfileFormatOf(repoPath(path)) === format)
      .map((one) => one.text);
    const pieces = own.flatMap((one) => one.split(/(?<=[\n{}[\]":,= ])/));
    return fc.oneof(
      fc.string({ maxLength: 300, unit: 'binary' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
      fc
        .tuple(fc.constantFrom(...own), fc.nat(), fc.nat(40), fc.string({ maxLength: 6 }))
        .map(([one, at, cut, put]) => {
          const place = at % (one.length + 1);
          return one.slice(0, place) + put + one.slice(place + cut);
        }),
    );
  };

  it.each(LOCKFILE_FORMATS.map((format) => [format.id, format] as const))('as %s', (_, format) => {
    fc.assert(
      fc.property(text(format), (garbage) => {
        const { packages, problem } = readLockfile(format, garbage);
        expect(problem === undefined || packages.length === 0).toBe(true);
        for (const one of packages) {
          expect(one.name).not.toBe('');
          expect(one.version !== '' || one.commit !== undefined).toBe(true);
          if (one.line !== undefined) expect(one.line).toBeLessThanOrEqual(garbage.split('\n').length);
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('costs time in proportion', () => {
    // Worst cases of the hand-written readers: each must stay far below what a quadratic reader takes (minutes).
    const long = 300_000;
    const worst: readonly (readonly [string, string])[] = [
      ['yarn.lock', `${'"@a@'.repeat(long / 4)}\n  version "1"`],
      ['yarn.lock', 'a@b:\n  version "1.0.0"\n'.repeat(long / 20)],
      ['package-lock.json', `{"dependencies":${'{"a":{"dependencies":'.repeat(5000)}{}${'}}'.repeat(5000)}}`],
      [
        'package-lock.json',
        JSON.stringify({ packages: { a: { resolved: `${'git://@'.repeat(long / 8)}#x` } } }),
      ],
      ['pnpm-lock.yaml', `lockfileVersion: 9\npackages:\n${"  'a@1':\n    dev: true\n".repeat(long / 24)}`],
      ['Gemfile.lock', `GEM\n${`    ${' ('.repeat(900)}\n`.repeat(100)}`],
      ['mix.lock', `  "a": {${':hex, '.repeat(300)}\n`.repeat(100)],
      ['cabal.project.freeze', `${'any.'.repeat(450)}\n`.repeat(100)],
      ['stack.yaml.lock', `hackage: ${'a-'.repeat(900)}@\n`.repeat(100)],
      ['bom.xml', `<bom>${'<components>'.repeat(100)}`],
      ['bom.json', JSON.stringify({ components: [{ purl: `pkg:npm/${'%40/'.repeat(long / 4)}` }] })],
      ['conan.lock', JSON.stringify({ requires: Array(20_000).fill('x/1%'.repeat(3)) })],
      ['a.spdx', `ExternalRef: ${' '.repeat(long)}x\n`],
    ];
    const start = cpuTime();
    for (const [path, garbage] of worst) readLockfile(lockfileFormatOf(repoPath(path))!, garbage);
    expect(cpuTime() - start).toBeLessThan(10_000);
  });
});
