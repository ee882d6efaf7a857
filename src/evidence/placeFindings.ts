/** What the probes on places in workflows share: no reference, so a broken file is one Error finding in every view. */
import { at, type FindingDraft, failed, no, notApplicable, yes } from '../core/index.ts';
import type { Workflow } from '../parse/workflow/index.ts';
import type { Place } from './workflowPlaces.ts';
import { gateAt } from './workflowTruth.ts';

/** The outcomes such a probe can give; `True` is what it looks for. */
export const placeOutcomes = (found: string, clean: string) =>
  ({
    True: found,
    False: clean,
    NotApplicable: 'There are no workflows.',
    Error: 'A workflow cannot be read.',
  }) as const;

/**
 * `True` findings for what was found, an `Error` finding for every workflow that cannot be read, `False` with the text
 * `clean` when nothing was found and everything could be read, `NotApplicable` without workflows.
 */
export function workflowFindings(
  workflows: readonly Workflow[],
  found: readonly FindingDraft[],
  clean: string,
): readonly FindingDraft[] {
  const some = workflows.filter((workflow) => workflow.hasCommands);
  if (some.length === 0 && found.length === 0) return [notApplicable('there are no workflows')];
  const broken = some.flatMap(({ path, error }) =>
    error === undefined
      ? []
      : [failed(`cannot be read: ${error.message}`, { location: at(path, error.line) })],
  );
  const all = [...broken, ...found];
  return all.length > 0 ? all : [no(clean)];
}

/** One place; its gate, where there is one, stands in the value `gate` and behind the message. */
export function placeFinding(
  place: Place,
  now: Date,
  message: string,
  values: Readonly<Record<string, string>> = {},
): FindingDraft {
  const { path, line, snippet, job } = place;
  const gate = gateAt(place.gate, now);
  return yes(gate === undefined ? message : `${message}; held back by: ${gate}`, {
    location: at(path, line, { snippet }),
    values: { job, ...values, ...(gate === undefined ? {} : { gate }) },
  });
}
