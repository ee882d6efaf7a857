/** What is true of workflows and the local actions they call: places an outsider reaches, rights that nothing needs. */
import { type DerivedAbout, derive } from '../core/index.ts';
import {
  type Checkout,
  findCheckouts,
  findGrants,
  findInjections,
  findWritingJobs,
  type Grant,
  type Injection,
  type Surroundings,
  type Workflow,
  type WritingJob,
} from '../parse/workflow/index.ts';
import { compositeActions } from './compositeActions.ts';
import { workflows } from './workflows.ts';

export type { Checkout as TrueCheckout, Grant, Injection as TrueInjection, WritingJob };

const needs = { workflows, compositeActions };

/** Before this day floating versions of the checkout action took the code of forks (verdicts, `checkout-guard`). */
export const CHECKOUT_GUARD_SINCE = new Date('2026-07-16T00:00:00Z');

interface Files {
  readonly workflows: readonly Workflow[];
  readonly compositeActions: Surroundings['actions'];
}

/** The readable workflows and local actions; those that name their own repository are local where its name is known. */
export function surroundings(
  { workflows, compositeActions }: Files,
  { repository }: DerivedAbout,
): Surroundings {
  return {
    workflows: workflows.filter((workflow) => workflow.error === undefined),
    actions: compositeActions,
    ...(repository === undefined ? {} : { repository }),
  };
}

/** What holds outsiders back at a moment: the guard of the checkout action does so from its day on. */
export function gateAt<G extends string>(gate: G | undefined, now: Date): G | undefined {
  return gate === 'checkout-guard' && now < CHECKOUT_GUARD_SINCE ? undefined : gate;
}

/** Text of outsiders that becomes code, and what only looks like it is left out. */
export const trueInjections = derive({
  id: 'trueInjections',
  version: 1,
  needs,
  derive: (files, about): readonly Injection[] =>
    findInjections(surroundings(files, about)).filter(({ verdict }) => verdict !== 'false'),
});

/** Trees of outsiders in privileged jobs, judged as of a day after every guard. */
export const trueCheckouts = derive({
  id: 'trueCheckouts',
  version: 1,
  needs,
  derive: (files, about): readonly Checkout[] =>
    findCheckouts(surroundings(files, about), '9999-12-31').filter(({ verdict }) => verdict !== 'false'),
});

/** Every grant to write, with the reason it is fine where it is. */
export const grants = derive({
  id: 'grants',
  version: 1,
  needs,
  derive: (files, about): readonly Grant[] => findGrants(surroundings(files, about)),
});

/** Jobs that need a right of their own once the workflow may only read. */
export const writingJobs = derive({
  id: 'writingJobs',
  version: 1,
  needs,
  derive: (files, about): readonly WritingJob[] => findWritingJobs(surroundings(files, about)),
});
