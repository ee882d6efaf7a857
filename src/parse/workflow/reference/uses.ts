import type { Text, Workflow } from '../model.ts';
import { actionName } from './match.ts';

/** A reference to an action or a reusable workflow. */
export interface ActionReference {
  readonly job: string;
  /** The whole value. */
  readonly snippet: string;
  readonly line: number;
  readonly name: string;
  /** What follows the first `@`. */
  readonly pinnedAt?: string;
  readonly pinned: boolean;
  readonly githubOwned: boolean;
}

/** References to actions and reusable workflows that are not `./`, in file order. Reference: file-checks 8.2. */
export function findReferenceUses(workflow: Workflow): readonly ActionReference[] {
  const references: ActionReference[] = [];
  for (const job of workflow.jobs) {
    if (job.call !== undefined) addReference(references, job.id, job.call.uses, true);
    for (const { uses } of job.steps) if (uses !== undefined) addReference(references, job.id, uses, false);
  }
  return references;
}

function addReference(references: ActionReference[], job: string, uses: Text, isCall: boolean): void {
  const { value, line } = uses;
  if (value.startsWith('./') || (value === '' && !isCall)) return;
  const name = actionName(value);
  references.push({
    job,
    snippet: value,
    line,
    name,
    pinnedAt: name.length < value.length ? value.slice(name.length + 1) : undefined,
    pinned: isReferencePinned(value),
    githubOwned: value.startsWith('actions/') || value.startsWith('github/'),
  });
}

/** Reference: file-checks 8.2, the three kinds of pinned. */
export function isReferencePinned(uses: string): boolean {
  if (uses.startsWith('.')) {
    const lineEnd = uses.indexOf('\n', 1);
    const reach = lineEnd < 0 ? uses.length : lineEnd + 1;
    for (let index = 2; index < reach; index++) if (uses.charCodeAt(index) !== 47) return lineEnd !== 1;
  }
  for (let at = uses.indexOf('@'); at >= 0; at = uses.indexOf('@', at + 1)) {
    if (hexLength(uses, at + 1) >= 40) return true;
  }
  const docker = uses.indexOf('docker://');
  if (docker < 0) return false;
  for (let at = uses.indexOf('@sha256:', docker); at >= 0; at = uses.indexOf('@sha256:', at + 1)) {
    if (hexLength(uses, at + 8) >= 64) return true;
  }
  return false;
}

function hexLength(text: string, from: number): number {
  let end = from;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end) | 32;
    const isHex = (code >= 97 && code <= 102) || (code >= 48 && code <= 57 && text.charCodeAt(end) >= 48);
    if (!isHex) break;
  }
  return end - from;
}
