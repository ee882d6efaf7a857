/** Writes the objects of a repository as a bare git repository on disk, for `git archive` and clones. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Repo } from '../model/types.ts';

const CONFIG = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
[http]
	receivepack = false
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
`;

/** Creates `dir` anew with loose objects, packed refs and a configuration that allows partial clones. */
export function writeBareRepo(dir: string, repo: Repo): void {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'refs'), { recursive: true });
  mkdirSync(join(dir, 'objects'));
  writeFileSync(join(dir, 'HEAD'), `ref: refs/heads/${repo.default_branch}\n`);
  writeFileSync(join(dir, 'config'), CONFIG);
  const folders = new Set<string>();
  for (const [sha, { type, body }] of repo.objects.all) {
    const folder = join(dir, 'objects', sha.slice(0, 2));
    if (!folders.has(folder)) mkdirSync(folder);
    folders.add(folder);
    const raw = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body]);
    writeFileSync(join(folder, sha.slice(2)), deflateSync(raw, { level: 1 }));
  }
  const refs = [...repo.objects.refs].sort(([a], [b]) => (a < b ? -1 : 1));
  if (refs.length) {
    const lines = refs.map(([name, sha]) => `${sha} ${name}`).join('\n');
    writeFileSync(join(dir, 'packed-refs'), `# pack-refs with: peeled fully-peeled sorted \n${lines}\n`);
  }
}
