/** Temporary git repositories, made by the real git with none of the user's settings. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** `inMemory`: for very many files, where the system offers a place in memory. */
export function temporaryFolder(inMemory = false): { path: string; remove(): void } {
  const place = inMemory && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const path = realpathSync(mkdtempSync(join(place, 'assay-test-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs git in a folder; returns trimmed standard output. */
export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_GLOBAL: devNull,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.org',
      GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
      GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
      GIT_ALLOW_PROTOCOL: 'file',
    },
  }).trim();
}

/** Path to content, or to a link's target. */
export type Files = Readonly<Record<string, string | Uint8Array | { readonly link: string }>>;

export function writeFiles(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, place);
    else writeFileSync(place, content);
  }
}

/** A repository with one commit on `main`. */
export function makeRepository(folder: string, files: Files): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '--quiet', '--initial-branch=main');
  writeFiles(folder, files);
  return commitAll(folder);
}

/** Commits everything there is; returns the commit id. */
export function commitAll(folder: string, message = 'change'): string {
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '--allow-empty', '--no-verify', '--message', message);
  return git(folder, 'rev-parse', 'HEAD');
}
