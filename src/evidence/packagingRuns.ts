import { type Answer, ask, isKnown } from '../core/index.ts';
import { packagingJobs } from './workflowFindings.ts';

/** A workflow that publishes a package, and whether it ever did. */
export interface PackagingWorkflow {
  readonly path: string;
  /** Line of the publishing job. */
  readonly line: number;
  /** Successful runs by address; `unsupported` where the source cannot tell. */
  readonly runs: readonly string[] | 'unsupported';
}

export interface PackagingRuns {
  /** Asked in listing order until one has run; the last one is it. */
  readonly asked: readonly PackagingWorkflow[];
  /** What ended the search in the reference. */
  readonly error?: { readonly path: string; readonly line?: number; readonly message: string };
}

/** Runs are only asked for files that publish. Reference: file-checks 7.2. */
export const packagingRuns = ask({
  id: 'packagingRuns',
  version: 1,
  needs: { packagingJobs },
  ask: async ({ packagingJobs }, doors): Promise<PackagingRuns> => {
    const asked: PackagingWorkflow[] = [];
    let broken: PackagingRuns['error'];
    for (const { path, hits, error } of packagingJobs) {
      if (error) broken ??= { path, ...error };
      const job = hits[0];
      if (job === undefined) continue;
      const answer = await doors.workflowRuns(path.slice(path.lastIndexOf('/') + 1));
      const runs = runsOf(answer);
      if (runs === undefined) return { asked, error: broken ?? { path, message: whyOf(answer) } };
      asked.push({ path, line: job.line, runs });
      if (runs === 'unsupported' || runs.length > 0) break;
    }
    return broken === undefined ? { asked } : { asked, error: broken };
  },
});

function runsOf(answer: Answer<readonly { readonly url: string }[]>): PackagingWorkflow['runs'] | undefined {
  if (isKnown(answer)) return answer.known.map((run) => run.url);
  return answer.unknown === 'unsupported' ? 'unsupported' : undefined;
}

const whyOf = (answer: Answer<unknown>): string => (isKnown(answer) ? '' : answer.why);
