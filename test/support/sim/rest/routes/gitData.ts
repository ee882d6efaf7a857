/** The git database: refs, commits, trees and blobs. */
import { resolveRef } from '../../git/resolve.ts';
import { HttpError, notFound } from '../../http/exchange.ts';
import type { Repo } from '../../model/types.ts';
import { nodeId } from '../../text.ts';
import { type Call, json, list } from '../reply.ts';
import type { RepoRoutes } from '../router.ts';
import { gitCommitShape } from '../shapes/commit.ts';
import { apiUrl } from '../shapes/repository.ts';
import { commitOf } from './commits.ts';

export const gitDataRoutes: RepoRoutes = {
  '/git/ref/{ref*}': (c, r) => {
    const sha = resolveRef(r, c.params.ref);
    if (!sha) throw notFound();
    const ref = `refs/${c.params.ref}`;
    return json({
      ref,
      node_id: nodeId('Ref', ref),
      url: '',
      object: { sha, type: 'commit', url: `${apiUrl(c, r)}/git/commits/${sha}` },
    });
  },
  '/git/refs': (c, r) => {
    const refs = [...r.objects.refs].filter(([ref]) => !ref.startsWith('refs/pull/'));
    return list(c, refs, ([ref, sha]) => ({ ref, object: { sha, type: 'commit' } }));
  },
  '/git/commits/{sha}': (c, r) => json(gitCommitShape(r, commitOf(r, c.params.sha))),
  '/git/trees/{sha*}': (c, r) => json(treeListing(c, r)),
  '/git/blobs/{sha}': (c, r) => {
    const entry = r.tree.find((e) => e.sha === c.params.sha && e.type === 'blob');
    const content = r.files.find((f) => f.path === entry?.path)?.content;
    if (!entry || !content) throw notFound();
    if (c.accept.includes('raw')) return { raw: content, type: 'application/octet-stream' };
    const { sha } = entry;
    return json({
      sha,
      node_id: nodeId('Blob', sha),
      size: content.length,
      url: '',
      content: content.toString('base64'),
      encoding: 'base64',
    });
  },
};

function treeListing(c: Call, r: Repo): object {
  if (r.empty) throw new HttpError(409, 'Git Repository is empty.');
  const asked = c.params.sha ?? '';
  const isRoot = asked === r.treeSha || resolveRef(r, asked) !== undefined;
  const folder = isRoot ? undefined : r.tree.find((e) => e.type === 'tree' && e.sha === asked);
  if (!isRoot && !folder) throw notFound();
  const base = folder ? `${folder.path}/` : '';
  const recursive = c.query.get('recursive') !== null && c.query.get('recursive') !== '';
  const entries = r.tree.filter(
    (e) => e.path.startsWith(base) && (recursive || !e.path.slice(base.length).includes('/')),
  );
  return {
    sha: folder?.sha ?? r.treeSha,
    url: '',
    tree: entries.map(({ path, mode, type, sha, size }) => ({
      path: path.slice(base.length),
      mode,
      type,
      sha,
      size,
      url: type === 'commit' ? undefined : `${apiUrl(c, r)}/git/${type}s/${sha}`,
    })),
    truncated: false,
  };
}
