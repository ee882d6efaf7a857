/** Runs the case tables of a plugin: data in, findings or a score out. */
import type {
  Adopting,
  AnyEvidence,
  CheckCase,
  EvidenceCase,
  Finding,
  PerFileEvidence,
  ProbeCase,
  View,
} from '../core/index.ts';
import { repoPath } from '../core/index.ts';
import { makePlan } from '../engine/plan.ts';
import { findingsOf, itemsOf, judgementOf } from './answers.ts';
import { caseFile, plainFile } from './plain-file.ts';
import type { Shaped } from './shape.ts';

export interface CaseReport {
  /** `probe hasChangelog`, ... */
  readonly unit: string;
  readonly name: string;
  /** What differs, one line; absent when the case holds. */
  readonly wrong?: string;
}

const NOW = '2026-01-01T00:00:00Z';

/** Every case, in the order evidence, probes, checks. A table for a unit that is not there is a wrong case. */
export function runCases(shaped: Shaped, evidence: readonly AnyEvidence[]): readonly CaseReport[] {
  const { cases } = shaped;
  return [
    ...tables('evidence', cases.evidence, evidence, (kind) => kind.id, evidenceCase),
    ...tables(
      'probe',
      cases.probes,
      shaped.probes,
      (probe) => probe.id,
      (probe, one: ProbeCase) => {
        const run = () => findingsOf(probe.run(one.evidence as never, viewOf(one.adopts, one.now)));
        if (one.cannotJudge === undefined) return difference(run(), one.findings ?? [], 'findings');
        return throwsWith(run, one.cannotJudge);
      },
    ),
    ...tables(
      'check',
      cases.checks,
      shaped.checks,
      (check) => check.name,
      (check, one: CheckCase) => {
        const findings = one.findings.map(
          (finding): Finding => ({ message: '', outcome: 'True', ...finding }),
        );
        return judgementDifference(judgementOf(check.score(findings, viewOf(one.adopts))), one);
      },
    ),
  ];
}

function tables<Unit, Case extends { readonly name: string }>(
  what: string,
  given: Readonly<Record<string, readonly Case[]>> | undefined,
  units: readonly Unit[],
  nameOf: (unit: Unit) => string,
  run: (unit: Unit, one: Case) => string | undefined,
): CaseReport[] {
  return Object.entries(given ?? {}).flatMap(([name, table]) => {
    const unit = units.find((one) => nameOf(one) === name);
    if (unit === undefined)
      return [{ unit: `${what} ${name}`, name: 'its cases', wrong: `there is no ${what} ${name}` }];
    return table.map((one): CaseReport => {
      const wrong = attempt(() => run(unit, one));
      return { unit: `${what} ${name}`, name: String(one.name), ...(wrong === undefined ? {} : { wrong }) };
    });
  });
}

function attempt(run: () => string | undefined): string | undefined {
  try {
    return run();
  } catch (error) {
    return `it throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
}

function viewOf(adopts: Adopting = 'none', now = NOW): View {
  return {
    adopts: (name) => adopts === 'all' || (adopts !== 'none' && adopts.includes(name)),
    now: new Date(now),
  };
}

function evidenceCase(kind: AnyEvidence, one: EvidenceCase): string | undefined {
  if (kind.kind !== 'perFile') return 'only evidence made by perFile has cases of files';
  const { visit, read, wholeIf } = kind as PerFileEvidence<unknown>;
  const { wanted } = makePlan([], [], { kind });
  const items = Object.entries(one.files).flatMap(([path, content]) => {
    if (wanted.kindsFor(repoPath(path)).length === 0) return [];
    const whole = wholeIf?.(plainFile(caseFile(path, content, read))) ? 'whole' : read;
    return itemsOf(visit(plainFile(caseFile(path, content, whole))));
  });
  return difference(items, one.value, 'value', true);
}

function throwsWith(run: () => unknown, text: string): string | undefined {
  try {
    run();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.includes(text) ? undefined : `it cannot judge: ${reason}; ${text} was expected`;
  }
  return `it judges, though it should not: ${text}`;
}

function judgementDifference(judged: ReturnType<typeof judgementOf>, one: CheckCase): string | undefined {
  const levels = (judged.details ?? []).map((detail) => detail.level);
  if (one.reason !== undefined && !judged.reason.includes(one.reason))
    return `the reason is ${JSON.stringify(judged.reason)}; ${JSON.stringify(one.reason)} was expected in it`;
  return (
    difference(judged.score, one.score, 'score') ??
    (one.levels === undefined ? undefined : difference(levels, one.levels, 'levels'))
  );
}

/** Undefined when `got` holds everything `wanted` says; objects may say more unless `exact`. */
function difference(got: unknown, wanted: unknown, at: string, exact = false): string | undefined {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(got) || got.length !== wanted.length)
      return `${at}: ${short(got)} instead of ${short(wanted)}`;
    return first(wanted.map((one, index) => () => difference(got[index], one, `${at}[${index}]`, exact)));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof got !== 'object' || got === null) return `${at}: ${short(got)} instead of ${short(wanted)}`;
    const have = got as Readonly<Record<string, unknown>>;
    const more = exact ? Object.keys(have).find((key) => !Object.hasOwn(wanted, key)) : undefined;
    if (more !== undefined) return `${at}.${more}: ${short(have[more])} was not expected`;
    return first(
      Object.entries(wanted).map(
        ([key, one]) =>
          () =>
            difference(have[key], one, `${at}.${key}`, exact),
      ),
    );
  }
  return Object.is(got, wanted) ? undefined : `${at}: ${short(got)} instead of ${short(wanted)}`;
}

function first(tests: readonly (() => string | undefined)[]): string | undefined {
  for (const test of tests) {
    const found = test();
    if (found !== undefined) return found;
  }
  return undefined;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}
