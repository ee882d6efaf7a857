/** What the three permission probes share: findings made of raw permission entries. Reference: file-checks 12.2. */
import { at, type FindingDraft, no, type Remedy, yes } from '../core/index.ts';
import type { PermissionEntry } from '../parse/workflow/index.ts';
import type { PerWorkflow } from './workflowFindings.ts';

/** A `False` (or, when `good`, `True`) finding of one entry with its level and scope as values. */
export function permissionFinding(
  path: string,
  entry: PermissionEntry,
  good: boolean,
  tokenName?: string,
): FindingDraft {
  const name = tokenName ?? entry.name;
  // The reference names the scope only where a right is given or in doubt.
  const named = name !== undefined && entry.level !== 'read' && entry.level !== 'none';
  const values = { permissionLevel: entry.level, ...(named ? { tokenName: name } : {}) };
  const location = at(path, entry.line, entry.snippet ? { snippet: entry.snippet } : {});
  const message = describe(entry, name);
  return good
    ? yes(message, { location, values })
    : no(message, { location, values, remedy: remedyOf(path, entry) });
}

function describe(entry: PermissionEntry, name: string | undefined): string {
  const where = entry.place === 'job' ? 'job level' : 'top level';
  if (entry.excuse !== undefined)
    return `looked for a reason to write: ${entry.excuse} ${entry.excused ? 'found' : 'not found'}`;
  switch (entry.level) {
    case 'undeclared':
      return `no permissions are set at ${where}`;
    case 'none':
      return `no permission is given at ${where}`;
    default:
      return `${where} '${name ?? 'all'}' is '${entry.value ?? entry.level}'`;
  }
}

function remedyOf(path: string, entry: PermissionEntry): Remedy | undefined {
  if (entry.level === 'undeclared' && entry.place === 'top') {
    return { text: `${path}: add at the top level\npermissions:\n  contents: read` };
  }
  if (entry.level === 'write' && entry.place === 'top') {
    return {
      text: `${path}:${entry.line}: set \`${entry.name ?? 'permissions'}: read\` here and give \`write\` only to the job that needs it`,
    };
  }
  return undefined;
}

/** Findings of the entries at one place; entries that say nothing about a scope are left out. */
export function placeFindings(
  files: readonly PerWorkflow<PermissionEntry>[],
  place: 'top' | 'job',
): FindingDraft[] {
  return files.flatMap(({ path, hits }) =>
    hits.filter((entry) => entry.place === place).flatMap((entry) => entryFinding(path, entry, place) ?? []),
  );
}

function entryFinding(path: string, entry: PermissionEntry, place: 'top' | 'job'): FindingDraft | undefined {
  if (entry.level === 'none' || entry.level === 'undeclared') return permissionFinding(path, entry, false);
  if (entry.level === 'read') return permissionFinding(path, entry, true);
  if (entry.name !== undefined) return permissionFinding(path, entry, false);
  return place === 'top' && entry.value === 'write-all'
    ? permissionFinding(path, entry, false, 'write-all')
    : undefined;
}
