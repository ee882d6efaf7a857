import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGit } from '../src/sources/git.ts';
import { commitAll, git, makeRepository, temporaryFolder, writeFiles } from './support/git.ts';
import { filesOf, readAll } from './support/snapshot.ts';

const temporary = temporaryFolder();
const at = (name: string) => join(temporary.path, name);
afterAll(() => temporary.remove());

/** Every file of the snapshot, which is then closed. */
async function show(...args: Parameters<typeof openGit>) {
  const snapshot = await openGit(...args);
  try {
    return { files: await filesOf(snapshot), snapshot };
  } finally {
    await snapshot.close();
  }
}

describe('a git repository as a source', () => {
  const repository = at('plain');
  let first = '';
  let second = '';
  beforeAll(() => {
    first = makeRepository(repository, {
      'README.md': 'one',
      'a/b/c.txt': 'deep',
      empty: '',
      'name\nwith newline': 'n',
      'ünïcode ✓': 'u',
      '.gitattributes': '*.crlf text eol=crlf\nhidden export-ignore\n*.bin filter=evil\n*.id ident\n',
      'x.crlf': 'a\r\nb\r\n',
      'x.id': '$Id$',
      'x.bin': 'raw',
      hidden: 'not exported',
    });
    git(repository, 'tag', 'v1');
    git(repository, 'tag', '--annotate', '--message=m', 'v1-annotated');
    git(repository, 'branch', 'side/branch');
    writeFiles(repository, { 'README.md': 'two' });
    second = commitAll(repository);
    writeFiles(repository, { 'README.md': 'not committed', untracked: 'u' });
  });

  it('shows the tree of HEAD as it is stored', async () => {
    const { files, snapshot } = await show(repository);
    expect(snapshot).toMatchObject({ commit: second, branch: 'main', source: 'git' });
    expect(snapshot.ref.name).toBe(`file://${repository}`);
    expect(files).toEqual({
      'README.md': 'two',
      'a/b/c.txt': 'deep',
      empty: '',
      'name\nwith newline': 'n',
      'ünïcode ✓': 'u',
      '.gitattributes': expect.any(String),
      'x.crlf': 'a\nb\n',
      'x.id': '$Id$',
      'x.bin': 'raw',
      hidden: 'not exported',
    });
    expect(snapshot.notices()).toEqual([]);
  });

  it.each([
    ['a tag', () => 'v1', undefined],
    ['an annotated tag', () => 'v1-annotated', undefined],
    ['a branch', () => 'side/branch', 'side/branch'],
    ['a commit', () => first, undefined],
    ['a short commit', () => first.slice(0, 10), undefined],
    ['an ancestor', () => 'HEAD~1', undefined],
  ])('at %s', async (_, name, branch) => {
    const { files, snapshot } = await show(repository, { commit: name() });
    expect(files['README.md']).toBe('one');
    expect(snapshot).toMatchObject({ commit: first, branch });
  });

  it('reads a bare repository, a work tree and a copy by address alike', async () => {
    git(temporary.path, 'clone', '--quiet', '--bare', repository, at('bare'));
    git(repository, 'worktree', 'add', '--quiet', '--detach', at('tree'), 'v1');
    expect((await show(at('bare'))).files['README.md']).toBe('two');
    expect((await show(at('tree'))).files['README.md']).toBe('one');
    const before = leftovers();
    const address = `file://${repository}`;
    const { files, snapshot } = await show(address, { commit: 'v1-annotated', protocols: ['file'] });
    expect([files['README.md'], snapshot.commit, snapshot.ref.name]).toEqual(['one', first, address]);
    expect((await show(address, { protocols: ['file'] })).files['README.md']).toBe('two');
    expect((await show(address, { commit: first, protocols: ['file'] })).files['README.md']).toBe('one');
    await expect(openGit(address, { commit: 'v99', protocols: ['file'] })).rejects.toMatchObject({
      code: 'target-not-found',
    });
    expect(leftovers()).toEqual(before);
  });

  it('walks again, gives what was not announced, and stops early', async () => {
    const snapshot = await openGit(repository);
    const all = await readAll(snapshot);
    expect(await readAll(snapshot)).toEqual(all);
    const read: string[] = [];
    for await (const entry of snapshot.files((path) => path.endsWith('.txt'))) {
      const opened = await entry.open();
      read.push(Buffer.from((await opened.whole(2)).bytes).toString());
      opened.close();
      if (read.length === 4) break;
    }
    expect(read).toHaveLength(4);
    expect(read[2]).toBe('de');
    await snapshot.close();
  });

  it('gives the head of a very long file without holding it', async () => {
    const folder = at('long');
    makeRepository(folder, { long: Buffer.alloc(20 * 1024 * 1024, 'z'), short: 's' });
    const snapshot = await openGit(folder);
    const seen: unknown[] = [];
    for await (const entry of snapshot.files()) {
      const opened = await entry.open();
      const head = await opened.head(10);
      const { bytes, truncated } = await opened.whole(5000);
      seen.push([entry.path, entry.size, head.length, bytes.length, truncated]);
      opened.close();
    }
    expect(seen).toEqual([
      ['long', 20 * 1024 * 1024, 10, 5000, true],
      ['short', 1, 1, 1, false],
    ]);
    await snapshot.close();
  });

  it('follows links inside the tree only', async () => {
    const folder = at('links');
    makeRepository(folder, {
      'real/file': 'content',
      'to-file': { link: 'real/file' },
      'real/up': { link: '../to-file' },
      'to-folder': { link: 'real' },
      'through-folder': { link: 'to-folder/file' },
      absolute: { link: '/etc/passwd' },
      outside: { link: '../../../../etc/passwd' },
      dangling: { link: 'nothing/here' },
      circle: { link: 'circle' },
      'circle-a': { link: 'circle-b' },
      'circle-b': { link: 'circle-a' },
    });
    const { files, snapshot } = await show(folder);
    expect(files).toEqual({
      'real/file': 'content',
      'real/up': 'content',
      'through-folder': 'content',
      'to-file': 'content',
    });
    expect(snapshot.notices().map(({ code, path }) => `${code} ${path}`)).toEqual([
      'link-outside absolute',
      'link-dangling circle',
      'link-dangling circle-a',
      'link-dangling circle-b',
      'link-dangling dangling',
      'link-outside outside',
    ]);
  });

  it('names submodules', async () => {
    const folder = at('super');
    makeRepository(folder, { file: 'f' });
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository, 'libs/sub');
    commitAll(folder);
    const snapshot = await openGit(folder);
    expect((await readAll(snapshot)).map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'file .gitmodules',
      'file file',
      'submodule libs/sub',
    ]);
    await snapshot.close();
  });
});

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('assay-git-'));
}

describe('what cannot be read is said in one line', () => {
  it.each<[string, string, Parameters<typeof openGit>[1], string]>([
    ['nothing there', 'none', {}, 'target-not-found'],
    ['no repository', '.', {}, 'target-unreadable'],
    ['no such tag', 'plain', { commit: 'v99' }, 'target-not-found'],
    ['a name that is an option', 'plain', { commit: '--upload-pack=touch' }, 'usage'],
    ['a name with a blank', 'plain', { commit: 'a b' }, 'usage'],
    ['a name of a path', 'plain', { commit: 'HEAD:README.md' }, 'usage'],
    ['a name that is empty', 'plain', { commit: '' }, 'usage'],
  ])('%s', async (_, name, options, code) => {
    await expect(openGit(at(name), options)).rejects.toMatchObject({ code });
  });

  it('an empty repository', async () => {
    mkdirSync(at('fresh'));
    git(at('fresh'), 'init', '--quiet');
    await expect(openGit(at('fresh'))).rejects.toMatchObject({ code: 'target-empty' });
    await expect(openGit(`file://${at('fresh')}`, { protocols: ['file'] })).rejects.toMatchObject({
      code: 'target-empty',
    });
  });

  it('missing and damaged objects', async () => {
    const folder = at('damaged');
    makeRepository(folder, { a: 'here', b: 'gone', c: 'here too' });
    const id = git(folder, 'rev-parse', 'HEAD:b');
    const object = join(folder, '.git/objects', id.slice(0, 2), id.slice(2));
    rmSync(object);
    const { files } = await show(folder);
    expect(files).toEqual({ a: 'here', b: `!the object ${id} is not in the repository`, c: 'here too' });
    writeFileSync(object, 'garbage');
    const garbage = await show(folder).then(
      ({ files: read }) => read.b,
      (error) => error.code,
    );
    expect(['target-unreadable', `!the object ${id} is not in the repository`]).toContain(garbage);
    const tree = git(folder, 'rev-parse', 'HEAD^{tree}');
    rmSync(join(folder, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    await expect(openGit(folder)).rejects.toMatchObject({ code: 'target-unreadable' });
  });
});

describe('hostile git directories', () => {
  const made = (name: string, ...replaced: readonly (readonly [string, string])[]) => {
    makeRepository(at(name), { a: 'x' });
    for (const [file, text] of replaced) writeFileSync(join(at(name), '.git', file), text);
    return at(name);
  };

  it
    .runIf(process.platform !== 'win32')
    .each([
      'HEAD',
      'config',
      'packed-refs',
      'shallow',
      'info/grafts',
      'objects/info/alternates',
      'refs/heads/main',
    ])('a pipe for %s holds nothing up', async (file) => {
    const folder = made(`pipe-${file.replaceAll('/', '-')}`);
    const place = join(folder, '.git', file);
    rmSync(place, { force: true });
    mkdirSync(dirname(place), { recursive: true });
    execFileSync('mkfifo', [place]);
    await expect(openGit(folder, { idleSeconds: 1 })).rejects.toMatchObject({ code: 'target-unreadable' });
  });

  it.each<[string, readonly [string, string], RegExp]>([
    ['garbage for settings', ['config', '[[[\0'], /bad config line 1/],
    ['settings that include themselves', ['config', '[include]\n\tpath = config\n'], /maximum include depth/],
    [
      'a format of the future',
      ['config', '[core]\n\trepositoryformatversion = 99\n'],
      /git repo version <= 1, found 99/,
    ],
    [
      'an extension nobody knows',
      ['config', '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tevil = x\n'],
      /unknown repository extension found: evil/,
    ],
  ])('%s: one line says what', async (name, file, line) => {
    await expect(openGit(made(name.replaceAll(' ', '-'), file))).rejects.toMatchObject({
      code: 'target-unreadable',
      message: expect.stringMatching(line),
    });
  });

  it('replaced and grafted commits are seen as they were made', async () => {
    const folder = made('replaced');
    const old = git(folder, 'rev-parse', 'HEAD');
    writeFiles(folder, { a: 'newer' });
    const commit = commitAll(folder);
    git(folder, 'replace', commit, old);
    writeFileSync(join(folder, '.git/info/grafts'), `garbage\n${old} ${commit}\n`);
    const { files, snapshot } = await show(folder, { commit: '@' });
    expect([snapshot.commit, files.a]).toEqual([commit, 'newer']);
  });

  it('a work tree elsewhere is not looked at', async () => {
    const folder = made('elsewhere');
    git(folder, 'config', 'core.worktree', '/etc');
    expect((await show(folder)).files).toEqual({ a: 'x' });
  });
});

describe('addresses', () => {
  it.each([
    ['ext::sh -c touch% evil', 'usage'],
    ['ext://host/x', 'usage'],
    ['fd::17', 'usage'],
    ['http://example.org/a/b', 'usage'],
    ['git://example.org/a/b', 'usage'],
    ['file:///etc', 'usage'],
    ['ssh://-oProxyCommand=touch/x', 'usage'],
    ['git@-host:x', 'usage'],
    ['git@host:-x', 'usage'],
  ])('%s is refused', async (address, code) => {
    await expect(openGit(address)).rejects.toMatchObject({ code });
  });

  it('never shows credentials', async () => {
    const error = await openGit('http://user:s3cret@127.0.0.1:9/x/y', { protocols: ['http'] }).catch(
      (caught) => caught,
    );
    expect(error.code).toBe('network');
    expect(`${error.message} ${error.cause.message} ${error.cause.stderr}`).not.toContain('s3cret');
  });
});

describe('nothing of a repository is ever run', () => {
  it('whatever its configuration, hooks, attributes and names say', async () => {
    const folder = at('hostile');
    const mark = at('was-run');
    const command = `touch ${mark}`;
    makeRepository(folder, { '.gitattributes': '* filter=evil diff=evil\n', file: 'f', other: 'o' });
    git(folder, 'update-ref', 'refs/heads/--upload-pack=evil', 'HEAD');
    const config = `
[core]
	repositoryformatversion = 1
	fsmonitor = ${command}
	pager = ${command}
	sshCommand = ${command}
	hooksPath = ${folder}/hooks
	editor = ${command}
	gitProxy = ${command}
	askPass = ${command}
	alternateRefsCommand = ${command}
	attributesFile = ${folder}/.gitattributes
[extensions]
	partialClone = evil
[remote "evil"]
	url = ext::sh -c ${command.replaceAll(' ', '% ')}
	promisor = true
	uploadpack = ${command}
	partialclonefilter = blob:none
[remote "origin"]
	url = git@-oProxyCommand=evil:x/y
[filter "evil"]
	smudge = ${command}
	clean = ${command}
	required = true
[diff "evil"]
	textconv = ${command}
	command = ${command}
[alias]
	ls-tree = !${command}
	cat-file = !${command}
	rev-parse = !${command}
[credential]
	helper = !${command}
[gpg]
	program = ${command}
[log]
	showSignature = true
[uploadpack]
	packObjectsHook = ${command}
[protocol]
	allow = always
[protocol "ext"]
	allow = always
`;
    writeFileSync(join(folder, '.git/config'), config);
    mkdirSync(join(folder, 'hooks'));
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
      for (const place of [join(folder, 'hooks'), join(folder, '.git/hooks')]) {
        mkdirSync(place, { recursive: true });
        writeFileSync(join(place, hook), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
      }
    }
    // A missing object makes git want to fetch it from the promisor.
    const id = git(folder, '-c', 'core.fsmonitor=false', 'hash-object', '--no-filters', 'other');
    rmSync(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)), { force: true });
    rmSync(mark, { force: true });
    const outcome = await show(folder).then(
      ({ files }) => files.file,
      (error) => error.code,
    );
    expect(['f', 'target-unreadable']).toContain(outcome);
    expect(existsSync(mark)).toBe(false);
    const copied = await show(`file://${folder}`, { protocols: ['file'] }).catch((error) => error.code);
    expect(typeof copied === 'string' ? ['network', 'target-not-found'] : [copied]).toContain(copied);
    expect(existsSync(mark)).toBe(false);
  });
});
