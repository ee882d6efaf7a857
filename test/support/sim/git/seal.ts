/** Turns the drafts of a repository's history into git objects, so that every commit gets its real id. */

import type { GitPerson } from '../model/activity.ts';
import type { CommitDraft } from '../model/history.ts';
import type { RepoFile, Submodule, TreeEntry } from '../model/types.ts';
import { GitObjects, type Signature, writeTree } from './objects.ts';

const FULL_ID = /^[0-9a-f]{40}$/;

/** What sealing needs to know of a pull request. */
export interface PullDraft {
  readonly number: number;
  readonly author: Signature;
  /** An id the scenario insists on. */
  readonly fixedSha?: string;
}

export interface DraftCommit extends CommitDraft {
  readonly people: { readonly author: GitPerson; readonly committer: GitPerson };
}

export interface Sealed {
  readonly objects: GitObjects;
  readonly treeSha: string;
  readonly tree: readonly TreeEntry[];
  /** Ids of the commits, newest first as given. */
  readonly commits: readonly string[];
  /** Head commit of each pull request. */
  readonly pullHeads: ReadonlyMap<number, string>;
}

/**
 * Writes all objects: the oldest commit holds all files, later ones change nothing, and the head of each
 * pull request branches off before the first commit that came with it.
 */
export function sealHistory(
  files: readonly (RepoFile | Submodule)[],
  commits: readonly DraftCommit[],
  pulls: ReadonlyMap<number, PullDraft>,
): Sealed {
  const objects = new GitObjects();
  const tree = writeTree(objects, files);
  const emptyTree = objects.put('tree', new Uint8Array());
  const pullHeads = new Map<number, string>();
  let parent: string | undefined;
  const branchOff = (pull: PullDraft): void => {
    const fixed = pull.fixedSha && FULL_ID.test(pull.fixedSha) ? pull.fixedSha : undefined;
    pullHeads.set(pull.number, fixed ?? pullHead(objects, pull, parent, parent ? tree.sha : emptyTree));
  };
  const ids: string[] = [];
  for (const draft of [...commits].reverse()) {
    for (const number of draft.prNumbers) {
      const pull = pulls.get(number);
      if (pull && !pullHeads.has(number)) branchOff(pull);
    }
    parent = objects.commit({
      tree: tree.sha,
      parents: parent ? [parent] : [],
      ...draft.people,
      message: draft.message ?? '',
    });
    ids.unshift(parent);
  }
  for (const pull of pulls.values()) if (!pullHeads.has(pull.number)) branchOff(pull);
  return { objects, treeSha: tree.sha, tree: tree.entries, commits: ids, pullHeads };
}

function pullHead(objects: GitObjects, pull: PullDraft, parent: string | undefined, tree: string): string {
  const sha = objects.commit({
    tree,
    parents: parent ? [parent] : [],
    author: pull.author,
    committer: pull.author,
    message: `Work for pull request ${pull.number}\n`,
  });
  objects.refs.set(`refs/pull/${pull.number}/head`, sha);
  return sha;
}
