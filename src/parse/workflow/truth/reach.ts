import type { Job, Step, Trigger, Workflow } from '../model.ts';
import { type Gate, judgeCondition, type Occasion, triggerGate } from './gates.ts';
import { actual, localPath, type Surroundings } from './surroundings.ts';
import { calledWorkflow, type Frame, jobFrame, through } from './taint.ts';
import type { Taint } from './untrusted.ts';
import { OUTSIDER_EVENTS, PERMISSION_CHECKS } from './untrusted-data.ts';

// Which events of outsiders reach a step, and what holds them back on the way.

/** An event of an outsider that starts a workflow, and the gates it has to pass for that. */
export interface Reach {
  readonly occasion: Occasion;
  readonly gates: readonly Gate[];
  /** The head branch of a `workflow_run` is one of a few names. */
  readonly fixedBranch: boolean;
}

export type Access =
  | { readonly kind: 'open' }
  | { readonly kind: 'never' }
  | { readonly kind: 'gated'; readonly gates: readonly Gate[] };

const OPEN: Access = { kind: 'open' };
const NEVER: Access = { kind: 'never' };
const MAX_DEPTH = 6;
const ORIGINS = ['pull_request', 'push'];

function callersOf(workflow: Workflow, files: Surroundings): readonly { workflow: Workflow; job: Job }[] {
  return files.workflows
    .map(actual)
    .flatMap((caller) =>
      caller.jobs
        .filter(({ call }) => call !== undefined && localPath(files, call.uses.value) === workflow.path)
        .map((job) => ({ workflow: caller, job })),
    );
}

/** Events of outsiders that start a workflow; those of its callers for a reusable one, any when no caller is known. */
export function reachesOf(workflow: Workflow, files: Surroundings, depth = 0): readonly Reach[] {
  const reaches: Reach[] = [];
  for (const trigger of workflow.triggers) {
    if (trigger.name === 'workflow_call') addCallers(reaches, workflow, files, depth);
    else if (OUTSIDER_EVENTS.has(trigger.name)) addTrigger(reaches, trigger, files);
  }
  return reaches;
}

function addTrigger(reaches: Reach[], trigger: Trigger, files: Surroundings): void {
  const gate = triggerGate(trigger);
  const gates = gate === undefined ? [] : [gate];
  const fixedBranch =
    trigger.branches.length > 0 && !trigger.branches.some((branch) => /[*?[!+]/.test(branch));
  if (trigger.name !== 'workflow_run')
    reaches.push({ occasion: { event: trigger.name }, gates, fixedBranch: false });
  else
    for (const origin of originsOf(trigger, files))
      reaches.push({ occasion: { event: 'workflow_run', origin }, gates, fixedBranch });
}

/** Events behind a `workflow_run`: those of the named workflows, if all of them are known. */
function originsOf(trigger: Trigger, files: Surroundings): readonly string[] {
  const named = trigger.workflows.map((name) =>
    files.workflows.find((workflow) => (workflow.name?.value ?? workflow.path) === name),
  );
  if (named.length === 0 || named.some((workflow) => workflow === undefined)) return ORIGINS;
  const events = new Set(named.flatMap((workflow) => workflow!.triggers.map(({ name }) => name)));
  const byPull = [...events].some((event) => event.startsWith('pull_request'));
  return ORIGINS.filter((origin) => (origin === 'push' ? events.has('push') : byPull));
}

function addCallers(reaches: Reach[], workflow: Workflow, files: Surroundings, depth: number): void {
  const callers = callersOf(workflow, files);
  if (callers.length === 0 && workflow.triggers.length === 1) {
    for (const event of OUTSIDER_EVENTS) reaches.push({ occasion: { event }, gates: [], fixedBranch: false });
  }
  if (depth >= MAX_DEPTH) return;
  for (const { workflow: caller, job } of callers) {
    const frame = jobFrame(caller, job, files);
    for (const reach of reachesOf(caller, files, depth + 1)) {
      const access = jobAccess(frame, job, reach);
      if (access.kind === 'open') reaches.push(reach);
      else if (access.kind === 'gated') reaches.push({ ...reach, gates: access.gates });
    }
  }
}

/** Text of outsiders that local callers give to the inputs of a reusable workflow. */
export function callerInputs(
  workflow: Workflow,
  files: Surroundings,
  depth = 0,
): ReadonlyMap<string, readonly Taint[]> {
  const inputs = new Map<string, readonly Taint[]>();
  if (depth >= MAX_DEPTH || !workflow.triggers.some(({ name }) => name === 'workflow_call')) return inputs;
  for (const { workflow: caller, job } of callersOf(workflow, files)) {
    const frame = jobFrame(caller, job, files, { inputs: callerInputs(caller, files, depth + 1), depth });
    for (const [name, taints] of calledWorkflow(frame)?.inputs ?? []) {
      inputs.set(name, [...(inputs.get(name) ?? []), ...through(taints, 'input')]);
    }
  }
  return inputs;
}

const CHECK_TEXT =
  /collaborators\/|getCollaboratorPermissionLevel|checkCollaborator|checkMembershipForUser|getMembershipForUserInOrg|checkPermissions|author_association|authorAssociation/;

/** True for a step that asks whether somebody has rights in the repository. */
export function isPermissionCheck(step: Step): boolean {
  const uses = step.uses?.value;
  if (uses !== undefined) {
    const at = uses.indexOf('@');
    if (PERMISSION_CHECKS.has((at < 0 ? uses : uses.slice(0, at)).toLowerCase())) return true;
  }
  const texts = [step.run?.value ?? '', ...step.inputs.map(({ value }) => value)];
  return texts.some((text) => CHECK_TEXT.test(text));
}

/** True for a check that ends the job when it fails. */
function isBarrier(step: Step): boolean {
  if (!isPermissionCheck(step)) return false;
  if (step.uses !== undefined && !step.uses.value.startsWith('actions/github-script')) return true;
  const text = (step.run?.value ?? '') + step.inputs.map(({ value }) => value).join('\n');
  return /exit [1-9]|setFailed|throw\b|process\.exit|false$/m.test(text);
}

function isCheckOutput(frame: Frame, path: readonly string[]): boolean {
  if (path[0] === 'steps') {
    const step = frame.steps.find(({ id }) => id?.value.toLowerCase() === path[1]);
    return step !== undefined && isPermissionCheck(step);
  }
  if (path[0] !== 'needs') return false;
  const job = frame.workflow?.jobs.find(({ id }) => id.toLowerCase() === path[1]);
  return job?.steps.some(isPermissionCheck) ?? false;
}

/** What of a reach gets to a job: its condition, its environment, and the jobs it needs. */
export function jobAccess(frame: Frame, job: Job, reach: Reach, seen: readonly string[] = []): Access {
  const gates: Gate[] = [...reach.gates];
  const { value, gates: held } = judgeCondition(job.condition, reach.occasion, (path) =>
    isCheckOutput(frame, path),
  );
  if (value === false) {
    if (held.length === 0) return NEVER;
    gates.push(...held);
  }
  if (job.environment !== undefined && job.environment.value !== 'github-pages') gates.push('environment');
  if (!/\b(?:always|cancelled|failure)\s*\(/.test(job.condition?.value ?? '')) {
    for (const need of job.needs) {
      const needed = frame.workflow?.jobs.find(({ id }) => id === need);
      if (needed === undefined || seen.includes(need) || seen.length > 20) continue;
      const access = jobAccess(frame, needed, { ...reach, gates: [] }, [...seen, job.id]);
      if (access.kind === 'never') return NEVER;
      if (access.kind === 'gated') gates.push(...access.gates);
      if (needed.steps.some(isBarrier)) gates.push('association');
    }
  }
  return gates.length === 0 ? OPEN : { kind: 'gated', gates };
}

/** What of a reach gets to a step. */
export function stepAccess(frame: Frame, step: number, reach: Reach): Access {
  const gates: Gate[] = [];
  const outer = outerAccess(frame, reach);
  if (outer.kind === 'never') return NEVER;
  if (outer.kind === 'gated') gates.push(...outer.gates);
  const condition = frame.steps[step]?.condition;
  const { value, gates: held } = judgeCondition(condition, reach.occasion, (path) =>
    isCheckOutput(frame, path),
  );
  if (value === false) {
    if (held.length === 0) return NEVER;
    gates.push(...held);
  }
  if (firstBarrier(frame.steps) < step) gates.push('association');
  return gates.length === 0 ? OPEN : { kind: 'gated', gates };
}

const barriers = new WeakMap<readonly Step[], number>();

/** Index of the first step that ends the job for outsiders; infinite without one. Asked for every place of a job. */
function firstBarrier(steps: readonly Step[]): number {
  let first = barriers.get(steps);
  if (first === undefined) {
    const found = steps.findIndex(isBarrier);
    barriers.set(steps, (first = found < 0 ? Number.POSITIVE_INFINITY : found));
  }
  return first;
}

function outerAccess(frame: Frame, reach: Reach): Access {
  if (frame.job !== undefined) return jobAccess(frame, frame.job, reach);
  return frame.caller === undefined ? OPEN : stepAccess(frame.caller.frame, frame.caller.step, reach);
}
