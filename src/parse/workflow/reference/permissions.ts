import type { NamedText, Permissions, Workflow } from '../model.ts';
import { matchJobs } from './job-rules.ts';
import { actionName } from './match.ts';
import { PACKAGING_RULES, PAGES_RULES, RELEASING_RULES, SARIF_ACTIONS } from './rule-data.ts';

export type PermissionLevel = 'undeclared' | 'write' | 'read' | 'none' | 'unknown';

/** One raw entry about permissions. Entries without a place tell only of a tested excuse. */
export interface PermissionEntry {
  readonly place?: 'top' | 'job';
  readonly level: PermissionLevel;
  /** The scope. */
  readonly name?: string;
  readonly value?: string;
  readonly line: number;
  readonly snippet?: string;
  /** The excuse that was tested, and what came of it. */
  readonly excuse?: 'packaging' | 'releasing' | 'pages' | 'sarif';
  readonly excused?: boolean;
}

const OF_INTEREST = new Set([
  'statuses',
  'checks',
  'security-events',
  'deployments',
  'contents',
  'packages',
  'actions',
]);

const NO_EXCUSES: ReadonlySet<string> = new Set();

/** Raw entries of a workflow: top level, tested excuses, jobs in file order. Reference: file-checks 12.1. */
export function readReferencePermissions(workflow: Workflow): readonly PermissionEntry[] {
  const entries: PermissionEntry[] = [];
  if (workflow.permissions === undefined) entries.push({ place: 'top', level: 'undeclared', line: 1 });
  else addEntries(entries, 'top', workflow.permissions, NO_EXCUSES);
  const excuses = testExcuses(workflow, entries);
  for (const { permissions, line } of workflow.jobs) {
    if (permissions === undefined) entries.push({ place: 'job', level: 'undeclared', line });
    else addEntries(entries, 'job', permissions, excuses);
  }
  return entries;
}

function addEntries(
  entries: PermissionEntry[],
  place: 'top' | 'job',
  { all, scopes }: Permissions,
  excuses: ReadonlySet<string>,
): void {
  if (all !== undefined && all.value !== '') {
    const { value, line } = all;
    const isRead = value.toLowerCase() === 'read-all';
    entries.push({ place, level: isRead ? readLevel(value) : 'write', value, line, snippet: value });
  } else if (scopes.length === 0) entries.push({ place, level: 'none', value: 'none', line: 1 });
  else for (const scope of scopes) entries.push(scopeEntry(place, scope, excuses));
}

function scopeEntry(
  place: 'top' | 'job',
  { name, value, line }: NamedText,
  excuses: ReadonlySet<string>,
): PermissionEntry {
  if (value.toLowerCase() !== 'write') return { place, level: readLevel(value), name, value, line };
  const counts = OF_INTEREST.has(name) && !excuses.has(name);
  return { place, level: counts ? 'write' : 'unknown', name, value, line, snippet: value };
}

function readLevel(value: string): PermissionLevel {
  if (value === 'read' || value === 'read-all') return 'read';
  return value === 'none' ? 'none' : 'unknown';
}

/** Scopes that jobs of this workflow may write; every test leaves an entry. */
function testExcuses(workflow: Workflow, entries: PermissionEntry[]): ReadonlySet<string> {
  const excuses = new Set<string>();
  const test = (excuse: PermissionEntry['excuse'], scope: string, excused: boolean, line = 1): boolean => {
    entries.push({ level: 'unknown', line, excuse, excused });
    if (excused) excuses.add(scope);
    return excused;
  };
  test('packaging', 'packages', matchJobs(workflow, PACKAGING_RULES) !== undefined);
  if (!test('releasing', 'contents', matchJobs(workflow, RELEASING_RULES) !== undefined)) {
    test('pages', 'contents', matchJobs(workflow, PAGES_RULES) !== undefined);
  }
  const line = findSarifUpload(workflow);
  test('sarif', 'security-events', line !== undefined, line);
  return excuses;
}

function findSarifUpload(workflow: Workflow): number | undefined {
  for (const job of workflow.jobs) {
    for (const { uses } of job.steps) {
      if (uses !== undefined && SARIF_ACTIONS.has(actionName(uses.value))) return uses.line;
    }
  }
  return undefined;
}
