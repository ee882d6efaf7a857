import { type Answer, ask, isKnown, perFile } from '../core/index.ts';
import { findGitlabPackaging } from '../parse/workflow/index.ts';
import { packagingJobs } from './workflowFindings.ts';

/** A workflow that publishes a package, and whether it ever did. */
export interface PackagingWorkflow {
  readonly path: string;
  /** Line of the publishing job. */
  readonly line: number;
  /** Successful runs by address; `unsupported` where the source cannot tell. */
  readonly runs: readonly string[] | 'unsupported';
}

/** A pipeline of GitLab with a publishing command. */
export interface Pipeline {
  readonly path: string;
  /** Line of the command. */
  readonly line: number;
}

/**
 * The pipeline with all it includes, by the name that the reference's GitLab client gives it. In a folder the
 * reference looks for such a file as well. Reference: file-checks 7.1.
 */
const pipelines = perFile<Pipeline>({
  id: 'gitlabPipelines',
  version: 1,
  read: 'whole',
  paths: {
    names: ['gitlabscorecard_flattened_ci.yaml'],
    where: ({ path }) => path === 'gitlabscorecard_flattened_ci.yaml',
  },
  visit: (file) => {
    const line = findGitlabPackaging(file.text());
    return line === undefined ? [] : [{ path: file.path, line }];
  },
});

export interface PackagingRuns {
  /** Asked in listing order until one has run; the last one is it. */
  readonly asked: readonly PackagingWorkflow[];
  /** The pipeline of GitLab that publishes, in a folder. */
  readonly pipeline?: Pipeline;
  /** What ended the search in the reference. */
  readonly error?: { readonly path: string; readonly line?: number; readonly message: string };
  /** The first file whose name the reference puts into an address as it is, and so asks for another one in vain. */
  readonly misread?: string;
}

/** What ends or changes the path of an address. */
const READ_AS_ADDRESS = /[#?%]/;

/** Runs are only asked for files that publish. Reference: file-checks 7.2. */
export const packagingRuns = ask({
  id: 'packagingRuns',
  version: 1,
  needs: { packagingJobs, pipelines },
  ask: async ({ packagingJobs, pipelines: [found] }, doors): Promise<PackagingRuns> => {
    // A forge that knows of runs has workflows of its own.
    const counts = found !== undefined && runsOf(await doors.workflowRuns(found.path)) === 'unsupported';
    const pipeline = counts ? { pipeline: found } : {};
    const asked: PackagingWorkflow[] = [];
    let [broken, misread]: [PackagingRuns['error']?, string?] = [];
    for (const { path, hits, error } of packagingJobs) {
      if (error) broken ??= { path, ...error };
      const job = hits[0];
      if (job === undefined) continue;
      const name = path.slice(path.lastIndexOf('/') + 1);
      const answer = await doors.workflowRuns(name);
      const runs = runsOf(answer);
      if (runs !== 'unsupported' && READ_AS_ADDRESS.test(name)) misread ??= path;
      if (runs === undefined)
        return { asked, ...pipeline, error: broken ?? { path, message: whyOf(answer) } };
      asked.push({ path, line: job.line, runs });
      if (runs === 'unsupported' || runs.length > 0) break;
    }
    return { asked, ...pipeline, ...(broken && { error: broken }), ...(misread && { misread }) };
  },
});

function runsOf(answer: Answer<readonly { readonly url: string }[]>): PackagingWorkflow['runs'] | undefined {
  if (isKnown(answer)) return answer.known.map((run) => run.url);
  return answer.unknown === 'unsupported' ? 'unsupported' : undefined;
}

const whyOf = (answer: Answer<unknown>): string => (isKnown(answer) ? '' : answer.why);
