/** What the three permission probes share: findings made of raw permission entries. Reference: file-checks 12.2. */
import { at, type FindingDraft, no, type Remedy, yes } from '../core/index.ts';
import type { PermissionEntry } from '../parse/workflow/index.ts';
import type { PerWorkflow } from './workflowFindings.ts';
import type { Grant, WritingJob } from './workflowTruth.ts';

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
  if (entry.level === 'write' && entry.place === 'job') {
    return {
      text: `${path}:${entry.line}: remove \`${entry.name ?? 'permissions'}: write\` unless a step of the job needs it`,
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

/** The improvement both probes on places declare. */
export const neededScopes = {
  what: 'A right to write is judged job by job by what the steps of the job need: needed or overridden grants are fine, `write-all` counts at job level too.',
  why: 'The reference counts every grant at the top level, needed or not, excuses by workflow and not by job, and overlooks `write-all` of a job (scorecard issues 2991, 3162, 2927, 1099, 2338).',
} as const;

/** Findings of one place where grants to write are judged by need; other entries as in the reference. */
export function neededFindings(
  files: readonly PerWorkflow<PermissionEntry>[],
  grants: readonly Grant[],
  place: 'top' | 'job',
): FindingDraft[] {
  const here = grants.filter((grant) => (grant.job === undefined) === (place === 'top'));
  return files.flatMap((file) => {
    const others = file.hits.filter(({ level }) => level !== 'write');
    return [
      ...placeFindings([{ ...file, hits: others }], place),
      ...here.filter(({ path }) => path === file.path).map(grantFinding),
    ];
  });
}

function grantFinding(grant: Grant): FindingDraft {
  const { path, line, job, scope, verdict, reason, neededBy, idleJobs } = grant;
  const where = job === undefined ? 'top level' : `job ${job}`;
  const named = scope === 'write-all' ? 'every scope' : scope;
  const values = { permissionLevel: 'write', tokenName: scope, ...(reason ? { reason } : {}) };
  const location = at(path, line);
  if (verdict === 'false') {
    const why =
      reason === 'overridden' ? 'every job sets its own' : `needed${neededBy ? ` by ${neededBy}` : ''}`;
    return yes(`${where} may write ${named}: ${why}`, { location, values });
  }
  const idle = job === undefined ? `, and ${listed(idleJobs)} needs it not` : ', which no step needs';
  return no(`${where} may write ${named}${idle}`, {
    location,
    values,
    remedy: { text: `${path}:${line}: ${mending(grant)}` },
  });
}

const listed = (jobs: readonly string[]): string =>
  jobs.length > 3 ? `${jobs.slice(0, 3).join(', ')} and others` : jobs.join(', ');

function mending({ job, scope }: Grant): string {
  if (scope === 'write-all') return 'replace `write-all` by the scopes that the steps need';
  if (job !== undefined) return `remove \`${scope}: write\``;
  // The only scope that cannot be read.
  const act = scope === 'id-token' ? `remove \`${scope}: write\`` : `set \`${scope}: read\``;
  return `${act} here and give \`write\` only to the jobs that need it`;
}

/** Jobs whose rights are written out; beyond, their names do. */
const MOST_JOBS = 5;

/**
 * Findings of workflows that set no permissions, with the rights that their writing jobs then need: read-only at the
 * top alone would break them.
 */
export function withJobRights(
  findings: readonly FindingDraft[],
  jobs: readonly WritingJob[],
): readonly FindingDraft[] {
  if (jobs.length === 0) return findings;
  return findings.map((finding) => {
    if (finding.values?.permissionLevel !== 'undeclared' || finding.remedy === undefined) return finding;
    const here = jobs.filter(({ path }) => path === finding.location?.path);
    if (here.length === 0) return finding;
    const rest = here.slice(MOST_JOBS).map(({ job }) => job);
    const text = [
      finding.remedy.text,
      ...here.slice(0, MOST_JOBS).flatMap(rightsOf),
      ...(rest.length > 0 ? [`and what they need to the jobs ${rest.slice(0, 20).join(', ')}`] : []),
    ].join('\n');
    return { ...finding, remedy: { ...finding.remedy, text } };
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

function rightsOf({ job, line, scopes, by }: WritingJob): string[] {
  const read = scopes.includes('contents') ? [] : ['  contents: read'];
  return [
    `and to job ${job} (line ${line}), as far as ${by.slice(0, 3).map(oneLine).join(', ')} ${by.length > 1 ? 'need' : 'needs'} it`,
    'permissions:',
    ...read,
    ...scopes.map((scope) => `  ${scope}: write`),
  ];
}
