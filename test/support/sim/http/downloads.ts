/** Everything that is not an API: archives, single files, release assets and git itself. */
import { resolveRef } from '../git/resolve.ts';
import { serveGit } from '../git/smartHttp.ts';
import { archivePrefix, type GitStore } from '../git/store.ts';
import type { Repo } from '../model/types.ts';
import type { World } from '../model/world.ts';
import { sha1 } from '../text.ts';
import { type Exchange, plainText, type Reply } from './exchange.ts';

function publicRepo(world: World, owner = '', name = ''): Repo | undefined {
  const repo = world.repo(decodeURIComponent(owner), decodeURIComponent(name));
  return repo?.access === 'public' ? repo : undefined;
}

/** `/OWNER/NAME/legacy.tar.gz/REF` and `/OWNER/NAME/zip/REF`. */
export async function answerArchive(world: World, git: GitStore, x: Exchange): Promise<Reply> {
  const match = /^\/([^/]+)\/([^/]+)\/(?:legacy\.)?(tar\.gz|zip)(?:\/(.*))?$/.exec(x.path);
  const repo = publicRepo(world, match?.[1], match?.[2]);
  const sha = repo && resolveRef(repo, match?.[4]);
  if (!match || !repo || !sha) return plainText(404, '404: Not Found');
  const format = match[3] as 'tar.gz' | 'zip';
  return {
    raw: await git.archive(repo, sha, format),
    type: format === 'zip' ? 'application/zip' : 'application/x-gzip',
    headers: {
      'Content-Disposition': `attachment; filename=${archivePrefix(repo, sha)}.${format}`,
      ETag: `"${sha1(sha + format)}"`,
    },
  };
}

/** `/OWNER/NAME/REF/PATH`; every ref shows the files of the default branch. */
export async function answerRaw(world: World, x: Exchange): Promise<Reply> {
  const [, owner, name, rest = ''] = /^\/([^/]+)\/([^/]+)\/(.+)$/.exec(x.path) ?? [];
  const path = rest
    .replace(/^refs\/(heads|tags)\//, '')
    .split('/')
    .slice(1)
    .map(decodeURIComponent)
    .join('/');
  const file = publicRepo(world, owner, name)?.files.find((f) => f.path === path);
  return file ? { raw: file.content, type: 'text/plain; charset=utf-8' } : plainText(404, '404: Not Found');
}

/** `/OWNER/NAME/releases/download/TAG/ASSET`; nothing else of the web site exists. */
export async function answerAsset(world: World, x: Exchange): Promise<Reply> {
  const [, owner, name, tag = '', asset = ''] =
    /^\/([^/]+)\/([^/]+)\/releases\/download\/([^/]+)\/(.+)$/.exec(x.path) ?? [];
  const release = publicRepo(world, owner, name)?.releases.find(
    (r) => r.tag_name === decodeURIComponent(tag),
  );
  const found = release?.assets.find((a) => a.name === decodeURIComponent(asset));
  return found ? { raw: found.content, type: found.content_type } : plainText(404, 'Not Found');
}

/** Clones and fetches. */
export async function answerGit(world: World, git: GitStore, x: Exchange): Promise<Reply> {
  const [, owner, name, service] =
    /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|HEAD)$/.exec(x.path) ?? [];
  const repo = publicRepo(world, owner, name);
  if (repo && service) return serveGit(git, repo, service, x);
  const reply = plainText(x.token === 'anonymous' ? 401 : 404, 'Repository not found.');
  return { ...reply, headers: { 'WWW-Authenticate': 'Basic realm="GitHub"' } };
}
