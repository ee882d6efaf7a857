import type { Workflow } from '../model.ts';
import { type JobMatch, matchJobs } from './job-rules.ts';
import { PACKAGING_RULES } from './rule-data.ts';

/** The first job that publishes a package. Reference: file-checks 7.2. */
export function findReferencePackaging(workflow: Workflow): JobMatch | undefined {
  return matchJobs(workflow, PACKAGING_RULES);
}

const GITLAB_COMMANDS = ['docker push', 'nuget push', 'poetry publish', 'twine upload'];

/** Line of the first publishing command of a GitLab file; one on line 1 is not seen. Reference: file-checks 7.2. */
export function findGitlabPackaging(text: string): number | undefined {
  const found = text
    .split('\n')
    .findIndex((line) => GITLAB_COMMANDS.some((command) => line.includes(command)));
  return found > 0 ? found + 1 : undefined;
}
