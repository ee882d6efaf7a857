/** Folders that were made to hurt: each ends in files, notices or one clear error, in bounded time and memory. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { openFolder } from '../src/sources/folder.ts';
import { cpuTime } from './support/cpu.ts';
import { temporaryFolder, writeFiles } from './support/git.ts';
import { filesOf } from './support/snapshot.ts';

const temporary = temporaryFolder();
const folderOf = (name: string) => {
  const folder = join(temporary.path, name);
  fs.mkdirSync(folder);
  return folder;
};
afterAll(() => temporary.remove());

const noticesOf = (notices: ReturnType<ReturnType<typeof openFolder>['notices']>) =>
  notices.map(({ code, path }) => `${code} ${path}`);

describe('a hostile folder', () => {
  it('with pipes and sockets is read without waiting', async () => {
    const folder = folderOf('pipes');
    execFileSync('mkfifo', [join(folder, 'pipe'), join(folder, 'LICENSE')]);
    writeFiles(folder, { file: 'f', 'to-pipe': { link: 'pipe' }, 'to-null': { link: '/dev/null' } });
    const snapshot = openFolder(folder);
    expect(await filesOf(snapshot)).toEqual({ file: 'f' });
    expect(noticesOf(snapshot.notices())).toEqual(['link-skipped to-null', 'link-skipped to-pipe']);
  });

  it('with circles and ways out is walked once and not left', async () => {
    const folder = folderOf('links');
    writeFiles(temporary.path, { secret: 'secret' });
    writeFiles(folder, {
      'a/file': 'f',
      'a/up': { link: '..' },
      'a/self': { link: 'self' },
      'a/inside': { link: '../a/file' },
      'a/long': { link: 'inside' },
      out: { link: '../secret' },
      absolute: { link: join(temporary.path, 'secret') },
      'absolute-inside': { link: join(folder, 'a/file') },
      nowhere: { link: 'none' },
      'to-parent': { link: '../../..' },
    });
    const snapshot = openFolder(folder);
    expect(await filesOf(snapshot)).toEqual({
      'a/file': 'f',
      'a/inside': 'f',
      'a/long': 'f',
      'absolute-inside': 'f',
    });
    expect(noticesOf(snapshot.notices())).toEqual([
      'link-dangling a/self',
      'link-outside absolute',
      'link-dangling nowhere',
      'link-outside out',
    ]);
  });

  it('with a prefix of its own name beside it is not left either', async () => {
    const folder = folderOf('twin');
    const other = folderOf('twin-other');
    writeFiles(other, { file: 'f' });
    writeFiles(folder, { link: { link: '../twin-other/file' } });
    const snapshot = openFolder(folder);
    expect(await filesOf(snapshot)).toEqual({});
    expect(noticesOf(snapshot.notices())).toEqual(['link-outside link']);
  });

  it('with odd names hides nothing', async () => {
    const folder = folderOf('names');
    const files = {
      'new\nline': '1',
      'ünïcode ✓': '2',
      '\u0001control': '3',
      '-dash': '4',
      ' blank ': '5',
      'b\\c': '6',
      '*?[': '7',
    };
    writeFiles(folder, files);
    // Names that are no UTF-8, of a file, and of a folder with a file and a link in it.
    const odd = (...parts: (string | number[])[]) =>
      Buffer.concat([Buffer.from(`${folder}/`), ...parts.map((part) => Buffer.from(part as string))]);
    fs.writeFileSync(odd([0x78, 0xff]), '8');
    fs.mkdirSync(odd([0xfe]));
    fs.writeFileSync(odd([0xfe], '/inner'), '9');
    fs.symlinkSync('inner', odd([0xfe], '/link'));
    const snapshot = openFolder(folder);
    expect(await filesOf(snapshot)).toEqual({
      ...files,
      'x\ufffd': '8',
      '\ufffd/inner': '9',
      '\ufffd/link': '9',
    });
    expect(snapshot.notices()).toEqual([]);
  });

  it('with parts that may not be read says so', () => {
    const folder = folderOf('locked');
    writeFiles(folder, { 'closed/in': 'x', open: 'o', shut: 's' });
    fs.chmodSync(join(folder, 'shut'), 0);
    fs.chmodSync(join(folder, 'closed'), 0);
    fs.chmodSync(temporary.path, 0o755);
    // Root may read everything, so another user looks.
    const script = `
      process.setgid?.(65534); process.setuid?.(65534);
      const { openFolder } = await import(${JSON.stringify(join(import.meta.dirname, '../src/sources/folder.ts'))});
      const snapshot = openFolder(${JSON.stringify(folder)});
      const seen = [];
      for (const entry of snapshot.files()) {
        try { const opened = entry.open(); seen.push([entry.path, opened.head(9).length]); opened.close(); }
        catch (error) { seen.push([entry.path, error.code]); }
      }
      console.log(JSON.stringify([seen, snapshot.notices()]));`;
    const root = process.getuid?.() === 0;
    const output = execFileSync(
      process.execPath,
      ['--input-type=module-typescript', '-e', root ? script : script.replace(/process\.set[gu]id.*\n/, '')],
      { encoding: 'utf8' },
    );
    fs.chmodSync(join(folder, 'closed'), 0o755);
    expect(JSON.parse(output)).toEqual([
      [
        ['open', 1],
        ['shut', 'EACCES'],
      ],
      [{ code: 'folder-unreadable', message: 'the folder cannot be listed (EACCES)', path: 'closed' }],
    ]);
  });

  it('of great depth ends', async () => {
    const folder = folderOf('deep');
    const depth = 1500;
    fs.mkdirSync(join(folder, 'd/'.repeat(depth)), { recursive: true });
    fs.writeFileSync(join(folder, 'd/'.repeat(depth), 'end'), 'e');
    const snapshot = openFolder(folder);
    expect(await filesOf(snapshot)).toEqual({ [`${'d/'.repeat(depth)}end`]: 'e' });
  });

  it('with a file of a gigabyte costs no gigabyte', async () => {
    const folder = folderOf('huge');
    for (const name of ['huge.bin', 'LICENSE', 'package-lock.json', 'SECURITY.md', 'Dockerfile', 'main.sh']) {
      fs.writeFileSync(join(folder, name), '#!/bin/sh\n');
      fs.truncateSync(join(folder, name), 1024 ** 3);
    }
    const { stats, result } = await scanTarget(folder, { offline: true });
    expect(stats.filesSeen).toBe(6);
    expect(stats.bytesRead).toBeLessThan(200 * 1024 * 1024);
    expect(result.notices.map(({ code }) => code)).toContain('file-too-large');
  });

  it('of 100,000 files is walked in seconds', async () => {
    const many = temporaryFolder(true);
    const folder = many.path;
    for (let outer = 0; outer < 100; outer++) {
      fs.mkdirSync(join(folder, `folder-${outer}`));
      for (let inner = 0; inner < 1000; inner++)
        fs.closeSync(fs.openSync(join(folder, `folder-${outer}`, `file-${inner}.c`), 'w'));
    }
    const before = cpuTime();
    const { stats } = await scanTarget(folder, { offline: true });
    expect(stats.filesSeen).toBe(100_000);
    expect(cpuTime() - before).toBeLessThan(30_000);
    many.remove();
  });

  it('with a hostile .git is still a folder', async () => {
    const folder = folderOf('git');
    fs.mkdirSync(join(folder, '.git/refs/heads'), { recursive: true });
    execFileSync('mkfifo', [join(folder, '.git/config'), join(folder, '.git/packed-refs')]);
    writeFiles(folder, { '.git/HEAD': 'ref: refs/heads/../../../../secret\n', file: 'f' });
    const snapshot = openFolder(folder);
    expect([snapshot.commit, await filesOf(snapshot)]).toEqual(['unknown', { file: 'f' }]);
    fs.rmSync(join(folder, '.git'), { recursive: true });
    fs.symlinkSync('.git', join(folder, '.git'));
    expect(openFolder(folder).commit).toBe('unknown');
    fs.rmSync(join(folder, '.git'));
    fs.writeFileSync(join(folder, '.git'), 'gitdir: /dev/zero\n');
    expect(openFolder(folder).commit).toBe('unknown');
  });
});
