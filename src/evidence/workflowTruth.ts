/** What is true of workflows and the local actions they call: places an outsider reaches, rights that nothing needs. */
import { derive } from '../core/index.ts';
import {
  type Checkout,
  findCheckouts,
  findGrants,
  findInjections,
  type Grant,
  type Injection,
  type Surroundings,
  type Workflow,
} from '../parse/workflow/index.ts';
import { compositeActions } from './compositeActions.ts';
import { workflows } from './workflows.ts';

export type { Checkout as TrueCheckout, Grant, Injection as TrueInjection };

const needs = { workflows, compositeActions };

/** Before this day floating versions of the checkout action took the code of forks (verdicts, `checkout-guard`). */
export const CHECKOUT_GUARD_SINCE = new Date('2026-07-16T00:00:00Z');

function surroundings(workflows: readonly Workflow[], actions: Surroundings['actions']): Surroundings {
  return { workflows: workflows.filter((workflow) => workflow.error === undefined), actions };
}

/** Text of outsiders that becomes code, and what only looks like it is left out. */
export const trueInjections = derive({
  id: 'trueInjections',
  version: 1,
  needs,
  derive: ({ workflows, compositeActions }): readonly Injection[] =>
    findInjections(surroundings(workflows, compositeActions)).filter(({ verdict }) => verdict !== 'false'),
});

/** Trees of outsiders in privileged jobs, judged as of a day after every guard. */
export const trueCheckouts = derive({
  id: 'trueCheckouts',
  version: 1,
  needs,
  derive: ({ workflows, compositeActions }): readonly Checkout[] =>
    findCheckouts(surroundings(workflows, compositeActions), '9999-12-31').filter(
      ({ verdict }) => verdict !== 'false',
    ),
});

/** Every grant to write, with the reason it is fine where it is. */
export const grants = derive({
  id: 'grants',
  version: 1,
  needs,
  derive: ({ workflows, compositeActions }): readonly Grant[] =>
    findGrants(surroundings(workflows, compositeActions)),
});
