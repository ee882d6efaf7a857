/** The bare repositories of one simulator: written when first asked for, archives made by the git program. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Repo } from '../model/types.ts';
import { writeBareRepo } from './bareRepo.ts';

const run = promisify(execFile);

/** Environment for git that no setting of the user or machine can change. */
export const gitEnvironment = (): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  LC_ALL: 'C.UTF-8',
});

export class GitStore {
  /** A private folder; also holds what else a simulator must write. */
  readonly root = mkdtempSync(join(tmpdir(), 'github-sim-'));
  private readonly written = new Set<Repo>();
  private readonly archives = new Map<string, Promise<Buffer>>();

  /** The bare repository on disk, written on first use. */
  dir(repo: Repo): string {
    const owner = join(this.root, repo.ownerLogin);
    const dir = join(owner, `${repo.name}.git`);
    if (!this.written.has(repo)) {
      mkdirSync(owner, { recursive: true });
      writeBareRepo(dir, repo);
      this.written.add(repo);
    }
    return dir;
  }

  /** A gzipped tar or a zip of a commit, under the top folder GitHub gives it. */
  archive(repo: Repo, sha: string, format: 'tar.gz' | 'zip'): Promise<Buffer> {
    const key = `${repo.full_name} ${sha} ${format}`;
    const known = this.archives.get(key);
    if (known) return known;
    const args = [
      '--git-dir',
      this.dir(repo),
      'archive',
      `--format=${format}`,
      `--prefix=${archivePrefix(repo, sha)}/`,
      sha,
    ];
    const options = { encoding: 'buffer', maxBuffer: 1 << 30, env: gitEnvironment() } as const;
    const made = run('git', args, options).then((out) => out.stdout);
    this.archives.set(key, made);
    return made;
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** The name of an archive and of its top folder. */
export const archivePrefix = (repo: Repo, sha: string): string =>
  `${repo.ownerLogin}-${repo.name}-${sha.slice(0, 7)}`;
