import type { Step, Workflow } from '../model.ts';
import { isGuardedCheckout } from './checkout-guard.ts';
import type { Gate } from './gates.ts';
import type { Verdict } from './injection.ts';
import { type Reach, reachesOf, stepAccess } from './reach.ts';
import { actual, type Surroundings } from './surroundings.ts';
import { type Frame, jobFrame, textTaints } from './taint.ts';
import { PRIVILEGED_EVENTS } from './untrusted-data.ts';
import { isFolderExecuted, isTreeUsed } from './working-steps.ts';

/** A download of files that an untrusted run made, in a privileged job. */
export interface ArtifactUse {
  readonly path: string;
  readonly job: string;
  /** Line of the step. */
  readonly line: number;
  readonly snippet: string;
  readonly verdict: Verdict;
  readonly gate?: Gate;
  readonly reason?: 'not-used' | 'no-event';
}

const NO_EVENTS: ReadonlySet<string> = new Set();

/** True for a step that fetches an artifact of another run. */
function fetchesForeignArtifact(step: Step): boolean {
  const uses = step.uses?.value.toLowerCase() ?? '';
  if (uses.startsWith('actions/download-artifact@')) return step.inputs.some(({ name }) => name === 'run-id');
  if (uses.startsWith('dawidd6/action-download-artifact@')) return true;
  if (uses.startsWith('actions/github-script@')) {
    return step.inputs.some(({ name, value }) => name === 'script' && value.includes('downloadArtifact'));
  }
  const script = step.run?.value ?? '';
  return script.includes('gh run download') || /actions\/artifacts\/[^\s]{1,80}\/zip/.test(script);
}

/** Events by which files of an outsider lie in the workspace before a step. */
export function foreignFileEvents(frame: Frame, step: number): ReadonlySet<string> {
  if (frame.caller !== undefined) {
    const outer = foreignFileEvents(frame.caller.frame, frame.caller.step);
    if (outer.size > 0) return outer;
  }
  const triggers = frame.workflow?.triggers;
  if (triggers?.some(({ name }) => PRIVILEGED_EVENTS.has(name)) === false) return NO_EVENTS;
  const earlier = frame.steps.slice(0, Math.max(step, 0));
  const events = new Set<string>();
  const follows = triggers?.some(({ name }) => name === 'workflow_run') ?? true;
  if (follows && earlier.some(fetchesForeignArtifact)) events.add('workflow_run');
  for (const [index, one] of earlier.entries())
    for (const event of checkedOutBy(frame, index, one)) events.add(event);
  return events.size === 0 ? NO_EVENTS : events;
}

/** Events by which a step brings the tree of an outsider, as far as the checkout action does not refuse it. */
function checkedOutBy(frame: Frame, index: number, step: Step): readonly string[] {
  if (!step.uses?.value.toLowerCase().startsWith('actions/checkout@')) return [];
  const texts = step.inputs.filter(({ name }) => name === 'ref' || name === 'repository');
  const taints = texts.flatMap(({ value }) => textTaints(frame, index, value)).filter(({ commit }) => commit);
  const isPull = texts.some(({ value }) => value.includes('refs/pull/') && value.includes('${{'));
  return [...PRIVILEGED_EVENTS].filter(
    (event) =>
      (isPull || taints.some(({ events }) => events.has(event))) &&
      !isGuardedCheckout(step, event, LATER_THAN_ALL),
  );
}

/** Floating versions refuse from now on. */
const LATER_THAN_ALL = '9999-12-31';

/** Downloads of artifacts in workflows that follow another one, each with a verdict (verdicts, `artifact-poisoning`). */
export function findArtifactUses(files: Surroundings): readonly ArtifactUse[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    const follows = workflow.triggers.some(({ name }) => name === 'workflow_run');
    return follows ? workflowUses(workflow, files) : [];
  });
}

function workflowUses(workflow: Workflow, files: Surroundings): readonly ArtifactUse[] {
  const reaches = reachesOf(workflow, files).filter(({ occasion }) => occasion.origin === 'pull_request');
  return workflow.jobs.flatMap((job) => {
    const frame = jobFrame(workflow, job, files);
    return job.steps.flatMap((step, index) =>
      fetchesForeignArtifact(step) ? [judge(frame, index, step, reaches)] : [],
    );
  });
}

function judge(frame: Frame, index: number, step: Step, reaches: readonly Reach[]): ArtifactUse {
  const snippet = step.uses?.value ?? 'gh run download';
  const base = { path: frame.path, job: frame.job?.id ?? '', line: step.line, snippet };
  const gates: Gate[] = [];
  let open = false;
  for (const reach of reaches) {
    const access = stepAccess(frame, index, reach);
    if (access.kind === 'open') open = true;
    else if (access.kind === 'gated') gates.push(access.gates[0]!);
  }
  if (!open && gates.length === 0) return { ...base, verdict: 'false', reason: 'no-event' };
  if (!isLoaded(frame.steps, index, targetFolder(step)))
    return { ...base, verdict: 'false', reason: 'not-used' };
  return open ? { ...base, verdict: 'true' } : { ...base, verdict: 'gated', gate: gates[0] };
}

/** True when a later step loads code or settings from where the files are. */
function isLoaded(steps: readonly Step[], index: number, folder: string | undefined): boolean {
  return folder === undefined
    ? isTreeUsed(steps, index, undefined, READERS)
    : isFolderExecuted(steps, index, folder);
}

/** Actions that read results or publish files, but load no code or settings of them. */
const READERS: ReadonlySet<string> = new Set([
  'actions/deploy-pages',
  'actions/upload-pages-artifact',
  'amondnet/vercel-action',
  'cloudflare/pages-action',
  'cloudflare/wrangler-action',
  'codecov/codecov-action',
  'coverallsapp/github-action',
  'dorny/test-reporter',
  'enricomi/publish-unit-test-result-action',
  'github/codeql-action/upload-sarif',
  'jamesives/github-pages-deploy-action',
  'madrapps/jacoco-report',
  'mikepenz/action-junit-report',
  'mshick/add-pr-comment',
  'nwtgck/actions-netlify',
  'peaceiris/actions-gh-pages',
  'softprops/action-gh-release',
]);

/** Where the files go, if not into the workspace itself. */
function targetFolder(step: Step): string | undefined {
  const path = step.inputs.find(({ name }) => name === 'path')?.value;
  const option = /gh run download[^\n]{0,300}?(?:-D|--dir)[ =]([^\s]{1,200})/.exec(
    (step.run?.value ?? '').replace(/\\\r?\n[ \t]*/g, ' '),
  )?.[1];
  const folder = (path ?? option ?? '').replace(/^["']?\.?\/?|["'/]+$/g, '');
  return folder === '' || folder === '.' || folder.includes('github.workspace') ? undefined : folder;
}
