/** Files and folders by path, the readme, and the redirects to archives. */
import { resolveRef } from '../../git/resolve.ts';
import { notFound, type Reply } from '../../http/exchange.ts';
import type { Repo, TreeEntry } from '../../model/types.ts';
import { baseName } from '../../text.ts';
import { type Call, json } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { apiUrl, webUrl } from '../shapes/repository.ts';

/** Above this size the content is left out of the answer. */
const MAX_CONTENT = 1_048_576;

export const contentRoutes: RepoRoutes = {
  '/contents': (c, r) => contents(c, r, ''),
  '/contents/{path*}': (c, r) => contents(c, r, c.params.path ?? ''),
  '/readme': (c, r) => {
    const file = r.files.find((f) => /^readme(\.\w+)?$/i.test(f.path));
    if (!file) throw notFound();
    return contents(c, r, file.path);
  },
  '/tarball': (c, r) => archive(c, r, 'tar.gz'),
  '/tarball/{ref*}': (c, r) => archive(c, r, 'tar.gz'),
  '/zipball': (c, r) => archive(c, r, 'zip'),
  '/zipball/{ref*}': (c, r) => archive(c, r, 'zip'),
};

function contents(c: Call, r: Repo, rawPath: string): Reply {
  if (r.empty) throw notFound('This repository is empty.');
  const path = decodeURIComponent(rawPath).replace(/\/$/, '');
  const ref = c.query.get('ref');
  if (ref && !resolveRef(r, ref)) throw notFound(`No commit found for the ref ${ref}`);
  const entry = r.tree.find((e) => e.path === path);
  if (path && !entry) throw notFound();
  if (!entry || entry.type === 'tree') {
    const base = path && `${path}/`;
    const inside = r.tree.filter((e) => e.path.startsWith(base) && !e.path.slice(base.length).includes('/'));
    return json(inside.map((e) => entryShape(c, r, e)));
  }
  const content = r.files.find((f) => f.path === path)?.content;
  if (content && c.accept.includes('raw')) return { raw: content, type: 'application/octet-stream' };
  return json({ ...entryShape(c, r, entry), ...contentShape(entry, content) });
}

const kindOf = (e: TreeEntry): string => {
  if (e.type === 'tree') return 'dir';
  return e.mode === '160000' ? 'submodule' : e.mode === '120000' ? 'symlink' : 'file';
};

function entryShape(c: Call, r: Repo, e: TreeEntry): object {
  const path = e.path.split('/').map(encodeURIComponent).join('/');
  const type = kindOf(e);
  return {
    name: baseName(e.path),
    path: e.path,
    sha: e.sha,
    size: e.size ?? 0,
    url: `${apiUrl(c, r)}/contents/${path}?ref=${r.default_branch}`,
    html_url: `${webUrl(c, r)}/blob/${r.default_branch}/${path}`,
    git_url: `${apiUrl(c, r)}/git/${e.type}s/${e.sha}`,
    download_url: type === 'file' ? `${c.x.links.raw}/${r.full_name}/${r.default_branch}/${path}` : null,
    type,
  };
}

function contentShape(e: TreeEntry, content: Buffer | undefined): object {
  if (!content) return {};
  if (e.mode === '120000') return { target: content.toString() };
  if (content.length > MAX_CONTENT) return { content: '', encoding: 'none' };
  return { content: content.toString('base64').replace(/(.{60})/g, '$1\n'), encoding: 'base64' };
}

/** A redirect to the archive of a ref, by its full name as GitHub redirects. */
function archive(c: Call, r: Repo, format: 'tar.gz' | 'zip'): Reply {
  if (r.empty) throw notFound();
  const ref = decodeURIComponent(c.params.ref ?? '');
  const Location = `${c.x.links.codeload}/${r.full_name}/legacy.${format}/${fullRef(r, ref)}`;
  return { status: 302, headers: { Location }, raw: new Uint8Array() };
}

function fullRef(r: Repo, ref: string): string {
  if (!ref) return `refs/heads/${r.default_branch}`;
  if (ref.startsWith('refs/') || /^[0-9a-f]{40}$/.test(ref)) return ref;
  if (r.branches.some((b) => b.name === ref)) return `refs/heads/${ref}`;
  return r.releases.some((x) => x.tag_name === ref) ? `refs/tags/${ref}` : ref;
}
