/** Calls a plugin's functions by the names of their units; the same in the plugin's own thread and in the caller's. */
import type {
  AnyEvidence,
  AskedAt,
  DerivedAbout,
  Doors,
  Finding,
  Judgement,
  Probe,
  View,
} from '../core/index.ts';
import { repoPath } from '../core/index.ts';
import { findingsOf, itemsOf, judgementOf } from './answers.ts';
import { type CaseReport, runCases } from './cases.ts';
import { describe, ownEvidence, type PluginDescription } from './description.ts';
import { type FileData, plainFile } from './plain-file.ts';
import type { IsBuiltIn, Shaped } from './shape.ts';

/** A view as data: the adopted ones of the unit's own improvements. */
export interface ViewData {
  readonly adopted: readonly string[];
  readonly now: string;
}

/** A judgement with the places in the given findings that its details speak of; -1 for none of them. */
export interface Judged {
  readonly judgement: Judgement;
  readonly speaksOf: readonly number[];
}

type Values = Readonly<Record<string, unknown>>;

/** What can be asked of a plugin: each answer comes at once. */
export interface Calls {
  where(kind: string, path: string): boolean;
  wholeIf(kind: string, file: FileData): boolean;
  visit(kind: string, file: FileData): readonly unknown[];
  read(kind: string, facts: unknown): unknown;
  derive(kind: string, values: Values, about: DerivedAbout): unknown;
  run(probe: string, values: Values, view: ViewData): ReturnType<Probe['run']>;
  score(check: string, findings: readonly Finding[], view: ViewData): Judged;
  cases(): readonly CaseReport[];
}

export interface Runner extends Calls {
  readonly description: PluginDescription;
  ask(kind: string, values: Values, doors: Doors, at: AskedAt): Promise<unknown>;
}

/** The runner of a plugin whose shape is right. */
export function runnerOf(shaped: Shaped, isBuiltIn: IsBuiltIn): Runner {
  const kinds = new Map(ownEvidence(shaped, isBuiltIn).map((kind) => [kind.id, kind]));
  const kind = <K extends AnyEvidence['kind']>(id: string, _: K) =>
    kinds.get(id) as Extract<AnyEvidence, { kind: K }>;
  const viewOf = ({ adopted, now }: ViewData): View => ({
    adopts: (name) => adopted.includes(name),
    now: new Date(now),
  });
  return {
    description: describe(shaped, isBuiltIn),
    where: (id, path) => kind(id, 'perFile').paths.where!(repoPath(path)) === true,
    wholeIf: (id, file) => kind(id, 'perFile').wholeIf!(plainFile(file)) === true,
    visit: (id, file) => itemsOf(atOnce(kind(id, 'perFile').visit(plainFile(file)))),
    read: (id, facts) => atOnce(kind(id, 'forge').read(facts as never)),
    derive: (id, values, about) => atOnce(kind(id, 'derive').derive(values as never, about)),
    run(id, values, view) {
      const probe = shaped.probes.find((one) => one.id === id)!;
      return findingsOf(atOnce(probe.run(values as never, viewOf(view))));
    },
    score(name, findings, view) {
      const check = shaped.checks.find((one) => one.name === name)!;
      const judgement = judgementOf(atOnce(check.score(findings, viewOf(view))));
      return { judgement, speaksOf: (judgement.details ?? []).map((one) => findings.indexOf(one.finding!)) };
    },
    ask: (id, values, doors, at) => kind(id, 'ask').ask(values as never, doors, at),
    cases: () => runCases(shaped, [...kinds.values()]),
  };
}

/**
 * What a function returned that has to answer at once. A promise is no answer, and one that fails later, with nobody
 * listening, would end the process of whoever uses the library.
 */
function atOnce<T>(value: T): T {
  if (value instanceof Promise) value.catch(() => undefined);
  return value;
}
