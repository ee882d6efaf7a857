/** The same tree through every source: equal but for what docs/sources.md names. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { openSource, type SourceOptions, sourceOf } from '../src/sources/open.ts';
import { commitAll, git, makeRepository, temporaryFolder } from './support/git.ts';
import { filesOf, readAll } from './support/snapshot.ts';

const temporary = temporaryFolder();
const repository = join(temporary.path, 'repository');
const bare = join(temporary.path, 'bare.git');
const archive = (ending: string) => join(temporary.path, `r.${ending}`);
afterAll(() => temporary.remove());

let commit = '';
beforeAll(() => {
  makeRepository(repository, {
    '.gitattributes': 'tests export-ignore\n*.bat text eol=crlf\n*.id ident\n*.subst export-subst\n',
    LICENSE: 'MIT',
    'SECURITY.md': 'Write to security@example.org within 90 days.',
    '.github/dependabot.yml': 'version: 2\nupdates: []\n',
    'build.bat': 'a\nb\n',
    'version.id': '$Id$',
    'version.subst': '$Format:%H$',
    'tests/program': Buffer.from('7f454c46020101', 'hex'),
    'lib/program': Buffer.concat([Buffer.from('7f454c46020101000000000000000000', 'hex'), Buffer.alloc(64)]),
    'big.bin': 'version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 5\n',
    empty: '',
    'link-to-license': { link: 'LICENSE' },
  });
  const sub = join(temporary.path, 'sub');
  makeRepository(sub, { inside: 'x' });
  git(repository, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', sub, 'sub');
  commit = commitAll(repository);
  // Checked out anew, so that the attributes have had their say.
  for (const name of ['build.bat', 'version.id']) rmSync(join(repository, name));
  git(repository, 'checkout', '--quiet', 'HEAD', '--', 'build.bat', 'version.id');
  git(temporary.path, 'clone', '--quiet', '--bare', repository, bare);
  for (const ending of ['tar', 'zip', 'tar.gz'])
    git(repository, 'archive', '--prefix=repository-main/', `--output=${archive(ending)}`, 'HEAD');
});

const show = async (target: string, options: SourceOptions = {}) => {
  const snapshot = await openSource(target, options);
  expect(snapshot.commit).toBe(commit);
  const all = await readAll(snapshot);
  await snapshot.close();
  return Object.fromEntries(all.map(({ path, kind, text }) => [path, kind === 'file' ? text : kind]));
};

describe('one tree, every source', () => {
  it('differs as documented', async () => {
    const folder = await show(repository);
    const stored = await show(repository, { source: 'git' });
    expect(stored).toEqual({
      ...without(folder, 'sub/.git', 'sub/inside'),
      sub: 'submodule',
      'build.bat': 'a\nb\n',
      'version.id': '$Id$',
    });
    expect(folder['build.bat']).toBe('a\r\nb\r\n');
    expect(folder['version.id']).toMatch(/^\$Id: [0-9a-f]{40} \$$/);
    expect(await show(bare)).toEqual(stored);
    expect(await show(repository, { commit: 'main' })).toEqual(stored);
    const exported = await show(archive('tar'));
    expect(exported).toEqual({
      ...without(folder, 'sub/.git', 'sub/inside', 'tests/program'),
      'link-to-license': 'symlink',
      'version.subst': commit,
    });
    expect(await show(archive('zip'))).toEqual(exported);
    expect(await show(archive('tar.gz'))).toEqual(exported);
  });

  it('is judged alike', async () => {
    const judge = async (target: string, options: SourceOptions = {}) => {
      const names = ['License', 'Security-Policy', 'Dependency-Update-Tool'];
      const { result } = await scanTarget(target, { ...options, checks: names, now: new Date(0) });
      return result.checks.map(({ name, score, adjusted }) => [name, score, adjusted.score]);
    };
    const folder = await judge(repository);
    expect(folder).toHaveLength(3);
    expect(await judge(repository, { source: 'git' })).toEqual(folder);
    for (const ending of ['tar', 'zip', 'tar.gz']) expect(await judge(archive(ending))).toEqual(folder);
  });

  it('reads an archive from standard input', () => {
    const script = `
      import { openSource } from ${JSON.stringify(join(import.meta.dirname, '../src/sources/open.ts'))};
      const snapshot = await openSource('-');
      const paths = [];
      for await (const entry of snapshot.files()) paths.push(entry.path);
      console.log(JSON.stringify([snapshot.commit, paths.length]));`;
    for (const ending of ['tar', 'zip', 'tar.gz']) {
      const command = `exec "${process.execPath}" --input-type=module-typescript -e "$SCRIPT" < "${archive(ending)}"`;
      const output = execFileSync('sh', ['-c', command], {
        env: { ...process.env, SCRIPT: script },
        encoding: 'utf8',
      });
      expect(JSON.parse(output)).toEqual([commit, 12]);
    }
  });
});

function without(tree: Record<string, string>, ...paths: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !paths.includes(path)));
}

describe('the form of the target', () => {
  it.each([
    ['a folder', () => repository, undefined, 'folder'],
    ['a folder at a commit', () => repository, 'main', 'git'],
    ['a bare repository', () => bare, undefined, 'git'],
    ['a tar', () => archive('tar'), undefined, 'archive'],
    ['standard input', () => '-', undefined, 'archive'],
    ['an address', () => 'https://example.org/a/b.git', undefined, 'git'],
    ['a missing archive', () => '/nowhere/x.tar.gz', undefined, 'archive'],
    ['a missing folder', () => '/nowhere/x', undefined, 'folder'],
  ])('%s', (_, target, at, kind) => {
    expect(sourceOf(target(), at)).toBe(kind);
  });

  it('a commit of an archive cannot be chosen', async () => {
    await expect(openSource(archive('tar'), { commit: 'main' })).rejects.toMatchObject({ code: 'usage' });
    expect(Object.keys(await filesOf(await openSource(archive('tar'))))).toContain('LICENSE');
  });
});
