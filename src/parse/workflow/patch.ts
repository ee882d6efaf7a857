/**
 * Mends a script injection: the expression moves into an environment variable, and the script reads the variable.
 * Reference: file-checks 3.4 (names, places, validation).
 */
import { createTwoFilesPatch } from 'diff';
import type { Workflow } from './model.ts';
import { parseWorkflow } from './parse.ts';
import { findReferenceInjections, type InjectionHit } from './reference/index.ts';
import { scriptLanguage } from './shells.ts';

/** Longer files get no patch: it is a help, not a duty. */
const MAX_LENGTH = 512 * 1024;
/** Lines taken away and added by one patch; comparing takes the square of it. */
const MAX_EDITS = 500;

/** Longer paths than any that GitHub knows. */
const MAX_EXPRESSION = 300;

/** Last part of the path of a context to the variable's name. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/(?:commits.*|head_commit)\.author\.email/, 'AUTHOR_EMAIL'],
  [/(?:commits.*|head_commit)\.author\.name/, 'AUTHOR_NAME'],
  [/(?:commits.*|head_commit)\.message/, 'COMMIT_MESSAGE'],
  [/issue_comment\.comment\.body/, 'ISSUE_COMMENT_BODY'],
  [/review_comment\.body/, 'REVIEW_COMMENT_BODY'],
  [/comment\.body/, 'COMMENT_BODY'],
  [/discussion\.title/, 'DISCUSSION_TITLE'],
  [/discussion\.body/, 'DISCUSSION_BODY'],
  [/issue\.title/, 'ISSUE_TITLE'],
  [/issue\.body/, 'ISSUE_BODY'],
  [/pull_request\.head\.repo\.default_branch/, 'PR_DEFAULT_BRANCH'],
  [/pull_request\.head\.label/, 'PR_HEAD_LABEL'],
  [/pull_request\.head\.ref/, 'PR_HEAD_REF'],
  [/pull_request\.title/, 'PR_TITLE'],
  [/pull_request\.body/, 'PR_BODY'],
  [/review\.body/, 'REVIEW_BODY'],
  [/pages.*\.page_name/, 'PAGE_NAME'],
  [/head_ref/, 'HEAD_REF'],
];

/** Characters that patches of one workflow may read, and have together: each one reads all of the text again. */
const BUDGET = 4 * 1024 * 1024;

/** `injectionPatch` of each hit; the same expression in the same script has the same one. */
export function injectionPatches(
  text: string,
  workflow: Workflow,
  hits: readonly InjectionHit[],
): (string | null)[] {
  const made = new Map<string, string | null>();
  let [toRead, toGive] = [BUDGET, BUDGET];
  return hits.map((hit) => {
    const key = `${hit.line} ${hit.snippet}`;
    let patch = made.get(key);
    if (patch === undefined) {
      toRead -= text.length;
      patch = toRead < 0 ? null : (injectionPatch(text, workflow, hit) ?? null);
      made.set(key, patch);
    }
    toGive -= patch?.length ?? 0;
    return toGive < 0 ? null : patch;
  });
}

/** A unified diff that `git apply` takes, or undefined when no safe patch can be made. */
export function injectionPatch(text: string, workflow: Workflow, hit: InjectionHit): string | undefined {
  if (text.length > MAX_LENGTH || workflow.error !== undefined) return undefined;
  if (!isShell(workflow, hit)) return undefined;
  const expression = hit.snippet.trim();
  const lines = text.split('\n');
  const variable = variableFor(expression, workflow);
  if (variable === undefined) return undefined;
  if (!replaceInScript(lines, hit, variable.name)) return undefined;
  if (!variable.exists) addVariable(lines, workflow, variable.name, expression);
  const patched = lines.join('\n');
  return isBetter(patched, workflow) ? createPatch(workflow.path, text, patched) : undefined;
}

/** Other languages read variables in other ways. */
function isShell(workflow: Workflow, hit: InjectionHit): boolean {
  return workflow.jobs.some((job) =>
    job.steps.some(
      (step) => step.run?.line === hit.line && scriptLanguage(step, job, workflow.defaults) === 'shell',
    ),
  );
}

function createPatch(path: string, before: string, after: string): string | undefined {
  const body = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
    maxEditLength: MAX_EDITS,
  });
  if (body === undefined) return undefined;
  return `diff --git a/${path} b/${path}\n${body.replace(/^=+\n/, '').replaceAll('\t\n', '\n')}`;
}

/** The expression a value consists of; the value itself when it is no expression. */
function insideOf(value: string): string {
  return value.startsWith('${{') && value.endsWith('}}') ? value.slice(3, -2).trim() : value;
}

function variableFor(expression: string, { env }: Workflow): { name: string; exists: boolean } | undefined {
  const same = env.variables.find((one) => insideOf(one.value) === expression);
  if (same) return { name: same.name.toUpperCase(), exists: true };
  // Only a plain path: a comparison or call cannot be replaced by its value's name.
  if (expression.length > MAX_EXPRESSION || !/^github(?:\.\w+|\[\d+\])+$/.test(expression)) return undefined;
  const base = NAMES.find(([pattern]) => pattern.test(expression))?.[1];
  if (base === undefined) return undefined;
  const index = /\[(\d+)\]/.exec(expression)?.[1];
  const name = index === undefined ? base : `${base}_${index}`;
  const taken = env.variables.some((one) => one.name.toUpperCase() === name);
  return { name: taken ? `${name}_1` : name, exists: false };
}

/** Inside the step's script, down to the first line that is not indented deeper than the `run` line. */
function replaceInScript(lines: string[], hit: InjectionHit, name: string): boolean {
  const first = hit.line - 1;
  const indent = indentOf(lines[first] ?? '');
  const written = `\${{${hit.snippet}}}`;
  let replaced = false;
  for (let at = first; at < lines.length; at++) {
    const line = lines[at]!;
    if (at > first && line.trim() !== '' && indentOf(line) <= indent) break;
    if (!line.includes(written)) continue;
    lines[at] = line.replaceAll(written, `$${name}`);
    replaced = true;
  }
  return replaced;
}

/** At the end of the workflow's `env:`, or in a new one above `jobs:`. */
function addVariable(lines: string[], { env }: Workflow, name: string, expression: string): void {
  const jobs = lines.findIndex((line) => /^jobs\s*:/.test(line));
  const step = ' '.repeat(jobs < 0 ? 2 : Math.max(1, firstIndentAfter(lines, jobs)));
  const entry = `${name}: \${{ ${expression} }}`;
  const last = env.variables.at(-1);
  if (last !== undefined) {
    const indent = indentOf(lines[last.line - 1] ?? '') || step.length;
    lines.splice(last.line, 0, `${' '.repeat(indent)}${entry}`);
    return;
  }
  const at = Math.max(0, jobs);
  const blank = at > 0 && lines[at - 1]!.trim() === '' ? [''] : [];
  lines.splice(at, 0, 'env:', `${step}${entry}`, ...blank);
}

function firstIndentAfter(lines: readonly string[], at: number): number {
  const next = lines.slice(at + 1).find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  return next === undefined ? 2 : indentOf(next);
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The patched file is as well-formed as before and has fewer injections. */
function isBetter(patched: string, before: Workflow): boolean {
  const after = parseWorkflow(patched, before.path);
  if (after.error !== undefined || after.problemCount > before.problemCount) return false;
  return findReferenceInjections(after).hits.length < findReferenceInjections(before).hits.length;
}
