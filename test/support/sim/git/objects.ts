/**
 * Git objects made in this process: blobs, trees and commits hashed as git hashes them, so every id the
 * simulator serves is genuine and no git program is needed until somebody clones or downloads an archive.
 */
import { createHash } from 'node:crypto';
import type { RepoFile, Submodule, TreeEntry } from '../model/types.ts';

type ObjectType = 'blob' | 'tree' | 'commit';

export interface GitObject {
  readonly type: ObjectType;
  readonly body: Uint8Array;
}

/** Name, address and date of an author or committer line. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: string;
}

/** All objects of one repository by id, and the refs that point into them. */
export class GitObjects {
  readonly all = new Map<string, GitObject>();
  readonly refs = new Map<string, string>();

  /** Stores an object and returns its id. */
  put(type: ObjectType, body: Uint8Array): string {
    const sha = createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex');
    this.all.set(sha, { type, body });
    return sha;
  }

  /** Stores a commit; the message is kept byte for byte. */
  commit(c: {
    tree: string;
    parents: readonly string[];
    author: Signature;
    committer: Signature;
    message: string;
  }): string {
    const lines = [`tree ${c.tree}`, ...c.parents.map((p) => `parent ${p}`)];
    lines.push(`author ${person(c.author)}`, `committer ${person(c.committer)}`);
    return this.put('commit', Buffer.from(`${lines.join('\n')}\n\n${c.message}`));
  }
}

function person(s: Signature): string {
  const clean = (text: string): string => text.replace(/[<>\n]/g, '');
  return `${clean(s.name)} <${clean(s.email)}> ${Math.floor(Date.parse(s.date) / 1000)} +0000`;
}

interface Node {
  readonly mode: string;
  readonly sha?: string;
  readonly size?: number;
  readonly children?: Map<string, Node>;
}

/**
 * Stores files and submodules as trees.
 * @returns the id of the root tree and all entries below it, depth first as `git ls-tree -r -t` lists them
 */
export function writeTree(
  objects: GitObjects,
  files: readonly (RepoFile | Submodule)[],
): { sha: string; entries: TreeEntry[] } {
  const root = new Map<string, Node>();
  for (const file of files) {
    const parts = file.path.split('/');
    const name = parts.pop() as string;
    let folder = root;
    for (const part of parts) {
      let next = folder.get(part)?.children;
      if (!next) {
        next = new Map();
        folder.set(part, { mode: '40000', children: next });
      }
      folder = next;
    }
    const node: Node =
      file.mode === '160000'
        ? { mode: file.mode, sha: file.sha }
        : { mode: file.mode, sha: objects.put('blob', file.content), size: file.content.length };
    folder.set(name, node);
  }
  const entries: TreeEntry[] = [];
  const sha = writeFolder(objects, root, '', entries);
  return { sha, entries };
}

function writeFolder(objects: GitObjects, folder: Map<string, Node>, base: string, out: TreeEntry[]): string {
  const rows: Buffer[] = [];
  for (const [name, node] of sorted(folder)) {
    const path = base + name;
    let sha = node.sha;
    if (node.children) {
      const at = out.length;
      out.push({ path, mode: '040000', type: 'tree', sha: '' });
      sha = writeFolder(objects, node.children, `${path}/`, out);
      out[at] = { path, mode: '040000', type: 'tree', sha };
    } else {
      const type = node.mode === '160000' ? 'commit' : 'blob';
      out.push({
        path,
        mode: node.mode,
        type,
        sha: sha as string,
        ...(node.size === undefined ? {} : { size: node.size }),
      });
    }
    rows.push(Buffer.from(`${node.mode} ${name}\0`), Buffer.from(sha as string, 'hex'));
  }
  return objects.put('tree', Buffer.concat(rows));
}

/** Git's order: by bytes, a folder compared as if its name ended in a slash. */
function sorted(folder: Map<string, Node>): [string, Node][] {
  const key = ([name, node]: [string, Node]): Buffer => Buffer.from(node.children ? `${name}/` : name);
  return [...folder].sort((a, b) => Buffer.compare(key(a), key(b)));
}
