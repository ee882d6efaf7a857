import type { Job, Step, Workflow } from '../model.ts';
import type { Checkout } from './checkout.ts';
import { chosenTexts, type Gate } from './gates.ts';
import type { Verdict } from './injection.ts';
import { jobAccess, type Reach, reachesOf } from './reach.ts';
import { actual, localPath, type Surroundings } from './surroundings.ts';
import { jobFrame } from './taint.ts';
import { FOREIGN_EVENTS } from './untrusted-data.ts';
import { uploadedCredentials } from './uploads.ts';

// Weaknesses of workflows that the reference has no rule for (verdicts).

/** A place with a verdict; only places that matter are told. */
export interface Place {
  readonly path: string;
  readonly job: string;
  readonly line: number;
  readonly snippet: string;
  readonly verdict: Exclude<Verdict, 'false'>;
  readonly gate?: Gate;
}

/** Jobs that hand all secrets to a workflow of another repository. */
export function findInheritedSecrets(files: Surroundings): readonly Place[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    return workflow.jobs.flatMap(({ id, call }): readonly Place[] => {
      if (call?.inheritsSecrets === undefined || localPath(files, call.uses.value) !== undefined) return [];
      const place = { path: workflow.path, job: id, line: call.inheritsSecrets, snippet: call.uses.value };
      return [{ ...place, verdict: 'true' }];
    });
  });
}

/** Jobs on own machines that an outsider can start. */
export function findOwnRunners(files: Surroundings): readonly Place[] {
  return files.workflows.flatMap((source) => {
    const workflow = actual(source);
    const jobs = workflow.jobs.filter((job) => ownRunner(job) !== undefined);
    if (jobs.length === 0) return [];
    const reaches = reachesOf(workflow, files).filter(({ occasion }) => FOREIGN_EVENTS.has(occasion.event));
    return jobs.flatMap((job) => ownRunnerPlace(workflow, job, files, reaches));
  });
}

function ownRunnerPlace(
  workflow: Workflow,
  job: Job,
  files: Surroundings,
  reaches: readonly Reach[],
): readonly Place[] {
  const label = ownRunner(job)!;
  const place = { path: workflow.path, job: job.id, line: label.line, snippet: label.value };
  let gate: Gate | undefined;
  for (const reach of reaches) {
    const texts = label.value.includes('${{') ? chosenTexts(label.value, reach.occasion) : undefined;
    if (texts !== undefined && !texts.some((text) => OWN_LABEL.test(text))) continue;
    const access = jobAccess(jobFrame(workflow, job, files), job, reach);
    if (access.kind === 'open') return [{ ...place, verdict: 'true' }];
    if (access.kind === 'gated') gate ??= access.gates[0];
  }
  return gate === undefined ? [] : [{ ...place, verdict: 'gated', gate }];
}

const OWN_LABEL = /(?:^|["'\s,[])self-hosted(?:$|["'\s,\]])/;

/** The label that asks for an own machine, written out or as a value of the matrix. */
function ownRunner(job: Job): { value: string; line: number } | undefined {
  const labels = job.runsOn?.labels ?? [];
  const own = labels.find(({ value }) => value.includes('self-hosted') && OWN_LABEL.test(value));
  if (own !== undefined) return own;
  const [label] = labels;
  const row = /^\s*\$\{\{\s*matrix\.([\w-]+)/.exec(label?.value ?? '')?.[1]?.toLowerCase();
  if (row === undefined) return undefined;
  const values = [
    ...(job.matrix?.rows.find(({ name }) => name === row)?.values ?? []),
    ...(job.matrix?.include ?? [])
      .flat()
      .filter(({ name }) => name.toLowerCase() === row)
      .map(({ value }) => value),
  ];
  return JSON.stringify(values).includes('"self-hosted"') ? label : undefined;
}

function stepsOf(workflow: Workflow, job: string): readonly Step[] {
  return workflow.jobs.find(({ id }) => id === job)?.steps ?? [];
}

function inputOf(step: Step, name: string): string {
  return (
    step.inputs
      .find((input) => input.name === name)
      ?.value.trim()
      .toLowerCase() ?? ''
  );
}

/** Jobs into which the code of an outsider is brought and used, with what holds that back. */
function takenOver(
  files: Surroundings,
  checkouts: readonly Checkout[],
): readonly { workflow: Workflow; checkout: Checkout }[] {
  return checkouts.flatMap((checkout) => {
    if (checkout.verdict === 'false') return [];
    const source = files.workflows.find(({ path }) => path === checkout.path);
    return source === undefined ? [] : [{ workflow: actual(source), checkout }];
  });
}

/**
 * Checkouts that leave the token in a tree whose outsider's code runs (`checkouts` of `findCheckouts`), or that is
 * uploaded with it.
 */
export function findPersistedCredentials(
  files: Surroundings,
  checkouts: readonly Checkout[],
): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { workflow, checkout } of takenOver(files, checkouts)) {
    const { path, job, verdict, gate } = checkout;
    for (const step of stepsOf(workflow, job)) {
      if (step.line > checkout.line && checkout.how === 'action') continue;
      if (
        !/^actions\/checkout@/i.test(step.uses?.value ?? '') ||
        inputOf(step, 'persist-credentials') === 'false'
      )
        continue;
      const place = {
        path,
        job,
        line: step.line,
        snippet: step.uses!.value,
        verdict: verdict as Place['verdict'],
        gate,
      };
      places.set(`${path}:${step.line}`, place);
    }
  }
  for (const place of uploadedCredentials(files)) places.set(`${place.path}:${place.line}`, place);
  return [...places.values()];
}

const CACHING_SETUP =
  /^(?:actions\/setup-(?:node|python|java|go|dotnet)|ruby\/setup-ruby|astral-sh\/setup-uv|gradle\/actions\/setup-gradle|swatinem\/rust-cache|pnpm\/action-setup)@/;

function writesCache(step: Step): boolean {
  const uses = step.uses?.value.toLowerCase() ?? '';
  if (uses.startsWith('actions/cache@') || uses.startsWith('actions/cache/save@')) return true;
  if (!CACHING_SETUP.test(uses)) return false;
  if (uses.startsWith('actions/setup-go@')) return inputOf(step, 'cache') !== 'false';
  if (/^(?:swatinem|gradle|astral-sh)\//.test(uses))
    return inputOf(step, 'enable-cache') !== 'false' && inputOf(step, 'cache-disabled') !== 'true';
  if (uses.startsWith('ruby/')) return inputOf(step, 'bundler-cache') === 'true';
  return inputOf(step, 'cache') !== '' && inputOf(step, 'cache') !== 'false';
}

/** Steps that write a cache of the default branch in a job that runs the code of an outsider. */
export function findPoisonedCaches(files: Surroundings, checkouts: readonly Checkout[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { workflow, checkout } of takenOver(files, checkouts)) {
    const { path, job, verdict, gate } = checkout;
    for (const step of stepsOf(workflow, job)) {
      if (!writesCache(step)) continue;
      places.set(`${path}:${step.line}`, {
        path,
        job,
        line: step.line,
        snippet: step.uses!.value,
        verdict: verdict as Place['verdict'],
        gate,
      });
    }
  }
  return [...places.values()];
}
