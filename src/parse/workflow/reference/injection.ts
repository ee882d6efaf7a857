import type { Problem, Workflow } from '../model.ts';
import { onOneLine } from './match.ts';

/** One dangerous expression in a script, as the reference reports it. */
export interface InjectionHit {
  readonly job: string;
  /** Line of the script's scalar, not of the expression. */
  readonly line: number;
  /** What stands between the braces, blanks kept. */
  readonly snippet: string;
}

export interface InjectionScan {
  readonly hits: readonly InjectionHit[];
  /** An expression that does not end: the reference gives up on the whole check. */
  readonly error?: Problem;
}

const PATHS = [
  'issue.title',
  'issue.body',
  'pull_request.title',
  'pull_request.body',
  'discussion.title',
  'discussion.body',
  'comment.body',
  'review.body',
  'review_comment.body',
  'head_commit.message',
  'head_commit.author.email',
  'head_commit.author.name',
  'blocked_user.name',
  'blocked_user.email',
  'pull_request.head.ref',
  'pull_request.head.label',
  'pull_request.head.repo.default_branch',
];

/** Paths with anything between their two parts. */
const SPLIT_PATHS = [
  ['pages', '.page_name'],
  ['commits', '.message'],
  ['commits', '.author.email'],
  ['commits', '.author.name'],
] as const;

const WHOLE_EVENT = /tojson[\t\n\f\r ]*\([\t\n\f\r ]*github(?:\.event)?[\t\n\f\r ]*\)/i;

/** Reference: file-checks 3.3, the three conditions. `expression` is what stands between the braces. */
export function isDangerousExpression(expression: string): boolean {
  if (!expression.toLowerCase().includes('github')) return false;
  if (expression.includes('github.head_ref') || WHOLE_EVENT.test(expression)) return true;
  if (!expression.includes('github.event.')) return false;
  return (
    PATHS.some((path) => expression.includes(path)) ||
    SPLIT_PATHS.some(([first, second]) => onOneLine(expression, first, second))
  );
}

/** Dangerous expressions of one workflow that are told. */
export const MAX_INJECTIONS = 5000;

/** Dangerous expressions in scripts, in the order of the file. Reference: file-checks 3.3 (rule B). */
export function findReferenceInjections(workflow: Workflow): InjectionScan {
  const hits: InjectionHit[] = [];
  for (const job of workflow.jobs) {
    for (const { run } of job.steps) {
      if (run === undefined) continue;
      if (hits.length >= MAX_INJECTIONS) return { hits };
      const { value, line } = run;
      for (let start = value.indexOf('${{'); start >= 0; ) {
        const end = value.indexOf('}}', start);
        if (end < 0) return { hits, error: { line, message: 'an expression does not end' } };
        const snippet = value.slice(start + 3, end);
        if (hits.length < MAX_INJECTIONS && isDangerousExpression(snippet))
          hits.push({ job: job.id, line, snippet });
        start = value.indexOf('${{', end);
      }
    }
  }
  return { hits };
}
