import { withoutEnd } from '../../trim.ts';
import type { Action, Workflow } from '../model.ts';
import type { TaskFile } from './task-files.ts';

/** The files of a repository that its workflows are made of. */
export interface Surroundings {
  readonly workflows: readonly Workflow[];
  readonly actions: readonly Action[];
  /** `owner/name`, where it is known: workflows that name their own repository are local then. */
  readonly repository?: string;
  /** Tasks that workflows may call. */
  readonly tasks?: readonly TaskFile[];
}

/** The workflow as GitHub reads it: aliases followed. */
export function actual(workflow: Workflow): Workflow {
  return workflow.expanded ?? workflow;
}

/** Path in the repository that a `uses` names; undefined for another repository or an image. */
export function localPath(files: Surroundings, uses: string): string | undefined {
  if (uses.startsWith('./') || uses.startsWith('$/')) return withoutEnd(uses.slice(2), '/');
  const { repository } = files;
  if (repository === undefined || !uses.toLowerCase().startsWith(`${repository.toLowerCase()}/`))
    return undefined;
  const at = uses.indexOf('@');
  return uses.slice(repository.length + 1, at < 0 ? undefined : at);
}

/** The workflow of the repository that a job calls. */
export function findLocalWorkflow(files: Surroundings, uses: string): Workflow | undefined {
  const path = localPath(files, uses);
  const found = path === undefined ? undefined : files.workflows.find((workflow) => workflow.path === path);
  return found === undefined ? undefined : actual(found);
}

/** The composite action of the repository that a step uses. */
export function findLocalAction(files: Surroundings, uses: string): Action | undefined {
  const folder = localPath(files, uses);
  if (folder === undefined) return undefined;
  const found = files.actions.find(
    ({ path }) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) === folder,
  );
  return found === undefined || found.steps.length === 0 ? undefined : found;
}
