import type { Workflow } from '../model.ts';
import { actionName } from './match.ts';

export type SastTool = 'CodeQL' | 'Snyk' | 'Pysa' | 'Qodana' | 'Hadolint';

/** A step that uses a tool of static analysis. */
export interface SastUse {
  readonly tool: SastTool;
  readonly job: string;
  readonly line: number;
}

/** Tools by action, in the order in which the reference lists them. */
export const SAST_TOOLS: readonly SastTool[] = ['CodeQL', 'Snyk', 'Pysa', 'Qodana', 'Hadolint'];

const ACTIONS: Readonly<Record<string, SastTool>> = {
  'github/codeql-action/analyze': 'CodeQL',
  'facebook/pysa-action': 'Pysa',
  'JetBrains/qodana-action': 'Qodana',
  'hadolint/hadolint-action': 'Hadolint',
};

/** Steps that use a known tool, one entry per step, in file order. Reference: file-checks 9.1. */
export function findReferenceSast(workflow: Workflow): readonly SastUse[] {
  const found: SastUse[] = [];
  for (const job of workflow.jobs) {
    for (const { uses } of job.steps) {
      const tool = uses === undefined ? undefined : toolOf(uses.value);
      if (tool !== undefined) found.push({ tool, job: job.id, line: uses!.line });
    }
  }
  return found;
}

const SCHEME = 'actions://';

function toolOf(uses: string): SastTool | undefined {
  const name = actionName(uses.startsWith(SCHEME) ? uses.slice(SCHEME.length) : uses);
  if (name.startsWith('snyk/actions/')) return 'Snyk';
  return Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
}
