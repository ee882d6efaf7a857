import { withoutEnds } from '../../trim.ts';
import { lineInText, type Step, type Workflow } from '../model.ts';
import { isGuardedCheckout } from './checkout-guard.ts';
import type { Gate } from './gates.ts';
import type { Verdict } from './injection.ts';
import { callerInputs, type Reach, reachesOf, stepAccess } from './reach.ts';
import { mayCheckOut, scriptFacts } from './script-taint.ts';
import { actual, type Surroundings } from './surroundings.ts';
import { calledAction, type Frame, jobFrame, textTaints } from './taint.ts';
import type { Taint } from './untrusted.ts';
import { FOREIGN_EVENTS, PRIVILEGED_EVENTS } from './untrusted-data.ts';
import { isTreeUsed } from './working-steps.ts';

/** A place that brings, or seems to bring, the code of an outsider into a privileged job. */
export interface Checkout {
  readonly path: string;
  readonly job: string;
  /** Line of the step for the action, else of the command. */
  readonly line: number;
  /** The `ref` or `repository`, or the command. */
  readonly snippet: string;
  readonly how: 'action' | 'command';
  /** What decides which tree it is. */
  readonly source: string;
  readonly verdict: Verdict;
  readonly events: readonly string[];
  readonly gate?: Gate;
  /** Why a place that looks bad is fine. */
  readonly reason?: 'trusted-ref' | 'no-event' | 'not-used';
}

interface Found {
  readonly frame: Frame;
  readonly step: number;
  readonly line: number;
  readonly snippet: string;
  readonly how: Checkout['how'];
  readonly taints: readonly Taint[];
  readonly folder: string | undefined;
}

/**
 * Checkouts of untrusted code in all workflows of a repository and the local actions they call. `today` (ISO 8601)
 * decides what the checkout action itself refuses.
 */
export function findCheckouts(files: Surroundings, today: string): readonly Checkout[] {
  const found = new Map<string, Checkout>();
  for (const source of files.workflows) {
    const workflow = actual(source);
    if (workflow.jobs.length > 0) addWorkflow(workflow, files, today, found);
  }
  return [...found.values()];
}

const RANK: Readonly<Record<Verdict, number>> = { true: 2, gated: 1, false: 0 };

function addWorkflow(
  workflow: Workflow,
  files: Surroundings,
  today: string,
  found: Map<string, Checkout>,
): void {
  const reaches = reachesOf(workflow, files);
  const privileged = reaches.filter(isPrivileged);
  const dispatched = workflow.triggers.some(({ name }) => name.endsWith('_dispatch'));
  if (privileged.length === 0 && !dispatched) return;
  const places: Found[] = [];
  const inputs = callerInputs(workflow, files);
  const budget = { left: 50_000 };
  for (const job of workflow.jobs) inspectFrame(jobFrame(workflow, job, files, { inputs, budget }), places);
  for (const place of places) {
    const checkout = judge(place, privileged, dispatched, today);
    if (checkout === undefined) continue;
    const key = `${checkout.path}:${checkout.line}:${checkout.how}`;
    const known = found.get(key);
    if (known === undefined || RANK[checkout.verdict] > RANK[known.verdict]) found.set(key, checkout);
  }
}

/** An event with secrets that carries a pull request; for `workflow_run` one that a pull request started. */
function isPrivileged({ occasion }: Reach): boolean {
  return PRIVILEGED_EVENTS.has(occasion.event) && occasion.origin !== 'push';
}

function inspectFrame(frame: Frame, places: Found[]): void {
  for (const [index, step] of frame.steps.entries()) {
    if (step.run !== undefined) {
      if (!mayCheckOut(step.run.value)) continue;
      for (const { offset, snippet, taints } of scriptFacts(frame, index).checkouts) {
        const line = lineInText(step.run, offset);
        places.push({ frame, step: index, line, snippet, how: 'command', taints, folder: undefined });
      }
    } else if (step.uses !== undefined) {
      inspectAction(frame, index, step, places);
      const called = calledAction(frame, index);
      if (called !== undefined) inspectFrame(called.frame, places);
    }
  }
}

const PULL: Taint = { text: false, commit: true, source: 'refs/pull', events: FOREIGN_EVENTS, via: [] };

/** Actions that check out the pull request of the event without being told. */
const FETCHING_ACTION = /^(?:r-lib\/actions\/pr-fetch)@/;

function inspectAction(frame: Frame, index: number, step: Step, places: Found[]): void {
  const uses = step.uses!.value.toLowerCase();
  if (FETCHING_ACTION.test(uses)) {
    const place = { frame, step: index, line: step.line, snippet: uses, how: 'action' as const };
    places.push({ ...place, taints: [PULL], folder: undefined });
    return;
  }
  if (!/(?:^|\/)checkout(?:@|$)/.test(uses) && !uses.includes('actions/checkout')) return;
  const input = (name: string): string =>
    step.inputs.find((candidate) => candidate.name === name)?.value ?? '';
  const ref = input('ref');
  const repository = input('repository');
  const taints = [ref, repository]
    .flatMap((text) => textTaints(frame, index, text))
    .filter(({ commit }) => commit);
  if (/refs\/pull\//.test(ref) && ref.includes('${{')) taints.push(PULL);
  const suspicious = /github\.event\.(?:pull_request|workflow_run)/.test(ref);
  if (taints.length === 0 && !suspicious) return;
  const folder = withoutEnds(input('path').replace(/^\.\//, ''), '/');
  const snippet = ref === '' ? repository : ref;
  const place = { frame, step: index, line: step.line, snippet, how: 'action' as const, taints };
  places.push({ ...place, folder: folder === '' || folder === '.' ? undefined : folder });
}

function judge(
  place: Found,
  reaches: readonly Reach[],
  dispatched: boolean,
  today: string,
): Checkout | undefined {
  const { frame, step, line, snippet, how, taints } = place;
  const base = {
    path: frame.path,
    job: frame.job?.id ?? '',
    line,
    snippet,
    how,
    source: taints[0]?.source ?? '',
  };
  if (taints.length === 0) {
    return reaches.length === 0
      ? undefined
      : { ...base, verdict: 'false', events: [], reason: 'trusted-ref' };
  }
  const open = new Set<string>();
  const gated = new Map<string, Gate>();
  for (const reach of reaches) {
    const { event } = reach.occasion;
    if (!taints.some(({ events }) => events.has(event))) continue;
    const access = stepAccess(frame, step, reach);
    if (access.kind === 'never') continue;
    if (access.kind === 'gated') gated.set(event, access.gates[0]!);
    else if (how === 'action' && isGuardedCheckout(frame.steps[step]!, event, today))
      gated.set(event, 'checkout-guard');
    else open.add(event);
  }
  if (open.size + gated.size === 0 && dispatched && taints.some(({ source }) => /pull/.test(source))) {
    gated.set('workflow_dispatch', 'dispatch-only');
  }
  if (open.size + gated.size === 0) {
    return reaches.length === 0 ? undefined : { ...base, verdict: 'false', events: [], reason: 'no-event' };
  }
  if (!isUsed(place)) return { ...base, verdict: 'false', events: [], reason: 'not-used' };
  if (open.size > 0) return { ...base, verdict: 'true', events: [...open] };
  return { ...base, verdict: 'gated', events: [...gated.keys()], gate: [...gated.values()][0] };
}

/** True when a later job of the same run gets the tree as an artifact and works on it. */
function isUsedElsewhere({ workflow, job, steps }: Frame, step: number): boolean {
  if (job === undefined || !steps.slice(step + 1).some((later) => usesAction(later, 'upload-artifact')))
    return false;
  return (workflow?.jobs ?? []).some(
    (other) =>
      other.needs.includes(job.id) &&
      other.steps.some(
        (later, index) => usesAction(later, 'download-artifact') && isTreeUsed(other.steps, index, undefined),
      ) &&
      unpacksTree(steps.slice(step + 1)),
  );
}

function usesAction(step: Step, name: string): boolean {
  return step.uses?.value.toLowerCase().startsWith(`actions/${name}@`) ?? false;
}

/** What is uploaded is the work space itself, or an archive of it; results of a build are no code. */
function unpacksTree(later: readonly Step[]): boolean {
  const whole = /^(?:\.|\.\/|\*\*?|\$\{\{\s*github\.workspace\s*\}\}\/?)$/;
  const archived = later.some(({ run }) => archivesAll(run?.value ?? ''));
  return later.some(
    (step) =>
      usesAction(step, 'upload-artifact') &&
      (archived || step.inputs.some(({ name, value }) => name === 'path' && whole.test(value.trim()))),
  );
}

/** True for `tar` or `zip` of the folder itself. */
function archivesAll(script: string): boolean {
  if (!script.includes('tar') && !script.includes('zip')) return false;
  const lines = script.replace(/\\\r?\n/g, ' ').split('\n');
  return lines.some(
    (line) => line.length < 4000 && /\b(?:tar|zip)\s/.test(line) && /\s\.(?:\s|$)/.test(line),
  );
}

/** True when a later step, also behind a composite action, works on the tree; or the rest of the same script. */
function isUsed({ frame, step, folder, how, snippet }: Found): boolean {
  if (isTreeUsed(frame.steps, step, folder) || isUsedElsewhere(frame, step)) return true;
  if (how === 'command') {
    const script = frame.steps[step]?.run?.value ?? '';
    const rest = script.slice(script.indexOf(snippet.slice(0, 40)) + snippet.length);
    if (
      isTreeUsed(
        [
          { ...frame.steps[step]!, run: undefined },
          { ...frame.steps[step]!, run: { value: rest, line: 1 } },
        ],
        0,
        undefined,
      )
    )
      return true;
  }
  const { caller } = frame;
  return caller !== undefined && isTreeUsed(caller.frame.steps, caller.step, folder);
}
