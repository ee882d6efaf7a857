/** Trees, blobs, and objects found by an expression such as "HEAD:README.md". */
import type * as S from '@octokit/graphql-schema';
import { resolveRef } from '../../git/resolve.ts';
import type { Repo, TreeEntry } from '../../model/types.ts';
import { baseName, nodeId } from '../../text.ts';
import type { Fields, Graph } from '../graph.ts';
import { commitBySha } from './commits.ts';
import { repositoryNode } from './repository.ts';

/** Text of a blob is cut after this many bytes. */
const MAX_TEXT = 512_000;

/** The object of an expression ("ref", "ref:path" or an id), or null. */
export function objectNode(g: Graph, r: Repo, expression: string | null | undefined): object | null {
  if (r.empty || !expression) return null;
  const colon = expression.indexOf(':');
  const sha = resolveRef(r, colon < 0 ? expression : expression.slice(0, colon));
  if (!sha) return null;
  if (colon < 0) return commitBySha(g, r, sha);
  const path = expression.slice(colon + 1).replace(/\/$/, '');
  if (!path) return treeNode(g, r, '');
  const entry = r.tree.find((e) => e.path === path);
  return entry ? entryObject(g, r, entry) : null;
}

/** A folder of the tree; '' is the root. */
export function treeNode(g: Graph, r: Repo, path: string): Fields<S.Tree> {
  const base = path && `${path}/`;
  const oid = path ? (r.tree.find((e) => e.path === path)?.sha ?? '') : r.treeSha;
  return {
    __typename: 'Tree',
    id: nodeId('Tree', r.full_name + path),
    oid,
    abbreviatedOid: oid.slice(0, 7),
    repository: () => repositoryNode(g, r),
    entries: () =>
      r.tree
        .filter((e) => e.path.startsWith(base) && !e.path.slice(base.length).includes('/'))
        .map((e) => entryNode(g, r, e)),
  };
}

function entryNode(g: Graph, r: Repo, e: TreeEntry): Fields<S.TreeEntry> {
  return {
    name: baseName(e.path),
    path: e.path,
    type: e.type,
    mode: Number.parseInt(e.mode, 8),
    oid: e.sha,
    size: e.size ?? 0,
    extension: /\.[^./]+$/.exec(e.path)?.[0] ?? '',
    repository: () => repositoryNode(g, r),
    object: () => entryObject(g, r, e),
  };
}

function entryObject(g: Graph, r: Repo, e: TreeEntry): object | null {
  if (e.type === 'tree') return treeNode(g, r, e.path);
  return e.type === 'blob' ? blobNode(g, r, e) : null;
}

function blobNode(g: Graph, r: Repo, e: TreeEntry): Fields<S.Blob> {
  const content = r.files.find((f) => f.path === e.path)?.content ?? Buffer.alloc(0);
  const isBinary = content.subarray(0, 8000).includes(0);
  return {
    __typename: 'Blob',
    id: nodeId('Blob', e.sha),
    oid: e.sha,
    abbreviatedOid: e.sha.slice(0, 7),
    byteSize: content.length,
    isBinary,
    isTruncated: content.length > MAX_TEXT,
    text: isBinary ? null : content.subarray(0, MAX_TEXT).toString('utf8'),
    repository: () => repositoryNode(g, r),
  };
}
