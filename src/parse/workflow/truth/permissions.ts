import type { Job, Permissions, Workflow } from '../model.ts';
import type { Verdict } from './injection.ts';
import { jobNeeds, type Needs } from './scope-needs.ts';
import { actual, type Surroundings } from './surroundings.ts';

/** A grant to write, and whether the jobs that get it need it. */
export interface Grant {
  readonly path: string;
  /** The job it stands in; undefined for the whole workflow. */
  readonly job?: string;
  /** Line of the scope, or of `write-all`. */
  readonly line: number;
  /** The scope, or `write-all`. */
  readonly scope: string;
  /** `true`: some job gets it and does not need it. */
  readonly verdict: Verdict;
  readonly reason?: 'needed' | 'overridden';
  /** What needs it, or may need it. */
  readonly neededBy?: string;
  /** The jobs that get it without need. */
  readonly idleJobs: readonly string[];
}

/** All grants to write in the workflows of a repository, each with a verdict (verdicts, `excessive-permission`). */
export function findGrants(files: Surroundings): readonly Grant[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    const hasWrite = writes(workflow.permissions) || workflow.jobs.some((job) => writes(job.permissions));
    return hasWrite ? workflowGrants(workflow, files) : [];
  });
}

/** A job that has the token of the workflow and writes with it. */
export interface WritingJob {
  readonly path: string;
  readonly job: string;
  readonly line: number;
  /** What it may need to write, sorted, and the actions and commands that do. */
  readonly scopes: readonly string[];
  readonly by: readonly string[];
}

/** Jobs known to write, in workflows that set no permissions: without rights of their own they would fail. */
export function findWritingJobs(files: Surroundings): readonly WritingJob[] {
  return files.workflows.flatMap((source) => {
    if (source.permissions !== undefined) return [];
    const workflow = actual(source);
    return workflow.jobs
      .filter(({ permissions }) => permissions === undefined)
      .flatMap((job): readonly WritingJob[] => {
        const { known } = jobNeeds(workflow, job, files);
        if (known.size === 0) return [];
        const scopes = [...known.keys()].sort();
        return [
          { path: workflow.path, job: job.id, line: job.line, scopes, by: [...new Set(known.values())] },
        ];
      });
  });
}

function isWrite(value: string): boolean {
  return value.toLowerCase() === 'write';
}

function writes(permissions: Permissions | undefined): boolean {
  return (
    permissions?.all?.value === 'write-all' ||
    (permissions?.scopes.some(({ value }) => isWrite(value)) ?? false)
  );
}

function workflowGrants(workflow: Workflow, files: Surroundings): readonly Grant[] {
  const needs = new Map(workflow.jobs.map((job) => [job.id, jobNeeds(workflow, job, files)]));
  const heirs = workflow.jobs.filter((job) => job.permissions === undefined);
  const grants = [...grantsOf(workflow, undefined, workflow.permissions, heirs, needs)];
  for (const job of workflow.jobs) grants.push(...grantsOf(workflow, job, job.permissions, [job], needs));
  return grants;
}

function grantsOf(
  workflow: Workflow,
  job: Job | undefined,
  permissions: Permissions | undefined,
  receivers: readonly Job[],
  needs: ReadonlyMap<string, Needs>,
): readonly Grant[] {
  const base = { path: workflow.path, job: job?.id };
  if (permissions?.all?.value === 'write-all') {
    const { line } = permissions.all;
    const idleJobs = receivers.map(({ id }) => id);
    if (receivers.length === 0)
      return [{ ...base, line, scope: 'write-all', verdict: 'false', reason: 'overridden', idleJobs }];
    return [{ ...base, line, scope: 'write-all', verdict: 'true', idleJobs }];
  }
  return (permissions?.scopes ?? [])
    .filter(({ value }) => isWrite(value))
    .map(({ name, line }) => {
      const grant = { ...base, line, scope: name };
      if (receivers.length === 0)
        return { ...grant, verdict: 'false' as const, reason: 'overridden' as const, idleJobs: [] };
      const idleJobs = receivers
        .filter(({ id }) => needs.get(id)?.of(name) === undefined)
        .map(({ id }) => id);
      if (idleJobs.length > 0) return { ...grant, verdict: 'true' as const, idleJobs };
      const neededBy = needs.get(receivers[0]!.id)?.of(name);
      return { ...grant, verdict: 'false' as const, reason: 'needed' as const, neededBy, idleJobs };
    });
}
