import { CannotJudge, type FindingDraft, failed, type View } from '../core/index.ts';
import type { PerWorkflow } from './workflowFindings.ts';

/** The improvement every probe on workflows declares. */
export const oneFile = {
  what: 'A workflow that cannot be read is one Error finding; the others are judged.',
  why: 'In the reference one broken workflow leaves the whole check without a score (scorecard issues 5072, 3316).',
} as const;

/**
 * Error findings for workflows that cannot be read.
 * @throws CannotJudge in the reference view, which gives the whole check up (file-checks 1.6)
 */
export function brokenFindings(files: readonly PerWorkflow<unknown>[], view: View): FindingDraft[] {
  const broken = files.filter((file) => file.error !== undefined);
  const first = broken[0];
  if (first === undefined) return [];
  const { path, error } = first;
  if (!view.adopts('one-file'))
    throw new CannotJudge(`${path} cannot be read: ${error!.message}`, { path, line: error!.line });
  return broken.map((file) =>
    failed(`cannot be read: ${file.error!.message}`, {
      location: { path: file.path, type: 'source', lineStart: file.error!.line },
    }),
  );
}
