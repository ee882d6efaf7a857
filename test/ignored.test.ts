/** Files that git ignores: in the reference view they count, as in the reference; they are no part of the repository. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import type { OpenFile, RepoEntry } from '../src/core/index.ts';
import { openFolder } from '../src/sources/folder.ts';
import { parseIndex, readTracked } from '../src/sources/git-index.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-ignored-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', '-C', root, ...args], { stdio: 'pipe' });

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const elf = new Uint8Array(64).fill(1);
elf.set([0x7f, 0x45, 0x4c, 0x46]);

git('init', '-q');
write('.gitignore', 'installed/\n*.out\n!keep.out\n');
write('sub/.gitignore', '/here\n');
write('tracked/installed/a', elf);
git('add', '-f', '-A');
write('installed/b', elf);
write('deep/installed/c', elf);
write('x.out', elf);
write('keep.out', elf);
write('sub/here', elf);
write('sub/other/here', elf);
write('new', elf);
git('config', 'core.quotepath', 'false');

const binaries = async (without?: ReadonlySet<string>) => {
  const { result } = await scanTarget(
    { kind: 'folder', path: root },
    { probes: ['hasBinaryArtifacts'], offline: true, without },
  );
  const paths = (findings: readonly { location?: { path: string } }[]) =>
    findings.map((one) => one.location?.path).sort();
  const { reference, adjusted } = result.probes[0]!;
  return { reference: paths(reference), adjusted: paths(adjusted) };
};

describe('ignored files', () => {
  const all = [
    'deep/installed/c',
    'installed/b',
    'keep.out',
    'new',
    'sub/here',
    'sub/other/here',
    'tracked/installed/a',
    'x.out',
  ];

  it('count in the reference view only; tracked and new ones count in both', async () => {
    const { reference, adjusted } = await binaries();
    expect(reference).toEqual(all);
    expect(adjusted).toEqual(['keep.out', 'new', 'sub/other/here', 'tracked/installed/a']);
  });

  it('count again without the improvement', async () => {
    expect((await binaries(new Set(['no-ignored-files']))).adjusted).toEqual(all);
  });
});

describe('the index', () => {
  it.each([['2'], ['3'], ['4']])('is read in version %s as git lists it', (version) => {
    git('update-index', '--index-version', version);
    if (version === '3') git('update-index', '--skip-worktree', 'sub/.gitignore');
    const listed = git('ls-files', '-z').toString().split('\0').filter(Boolean);
    const tracked = readTracked(join(root, '.git/index'))!;
    expect([...tracked.files]).toEqual(listed);
    expect([...tracked.folders].sort()).toEqual(['sub', 'tracked', 'tracked/installed']);
  });

  it.each([
    ['nothing', ''],
    ['another file', 'PACK0000000000000000'],
    ['a count without entries', 'DIRC\0\0\0\x02\0\0\xff\xff'],
  ])('that is broken (%s) tells nothing', (_, text) => {
    expect(parseIndex(Buffer.from(text, 'latin1'), 20)).toBeUndefined();
  });
});

describe('a .gitignore', () => {
  it('is opened once, for its rules', () => {
    const snapshot = openFolder(root);
    const read: string[] = [];
    for (const entry of snapshot.files() as Iterable<RepoEntry>) {
      if (entry.path !== '.gitignore') continue;
      rmSync(join(root, entry.path));
      const opened = entry.open() as OpenFile;
      for (const bytes of [opened.head(6), (opened.whole(100) as { bytes: Uint8Array }).bytes])
        read.push(Buffer.from(bytes as Uint8Array).toString());
      expect(opened.whole(3)).toMatchObject({ truncated: true });
      opened.close();
    }
    expect(read).toEqual(['instal', 'installed/\n*.out\n!keep.out\n']);
    write('.gitignore', 'installed/\n*.out\n!keep.out\n');
  });
});
