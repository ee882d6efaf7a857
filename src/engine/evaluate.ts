/** Judges evidence: probes → findings → checks → totals, once per view. Pure; equal evidence gives equal results. */
import {
  type AnyEvidence,
  allProbesOf,
  CannotJudge,
  type Check,
  type CheckResult,
  type CheckView,
  derivedAbout,
  type EvidenceSet,
  type Finding,
  type Judgement,
  milliseconds,
  type Needs,
  type Notice,
  type Probe,
  type ProbeResult,
  probesOf,
  ScanError,
  type ScanResult,
  type Stats,
  type View,
  WEIGHT,
} from '../core/index.ts';
import { type Derived, FILES_UNREADABLE, messageOf } from './gather.ts';

export interface EvaluateOptions {
  readonly checks: readonly Check[];
  readonly probes: readonly Probe[];
  /** Improvements the Assay view does without. */
  readonly without?: ReadonlySet<string>;
  /** SBOM and Webhooks weigh in the total. */
  readonly experimental?: boolean;
  /** Checks of plugins that weigh in the total. */
  readonly counted?: ReadonlySet<string>;
  readonly metadata?: readonly string[];
  readonly skipped?: ScanResult['skipped'];
  readonly probeMode?: boolean;
  readonly tool: ScanResult['tool'];
  readonly stats?: Stats;
  /** What gathering derived from this very evidence already; added to. */
  readonly derived?: Derived;
}

/** Findings of one probe in one view; `broken` when it could not judge. */
interface Answer {
  readonly findings: readonly Finding[];
  readonly broken?: string;
  /** It broke because no file of the repository could be read. */
  readonly withoutFiles?: boolean;
}

/** No file could be read, and so this was not gathered. */
class NoFiles extends CannotJudge {}

/**
 * Judges stored or fresh evidence in both views.
 * @throws ScanError bad-evidence when evidence a probe needs has another version than the program's.
 */
export function evaluate(set: EvidenceSet, options: EvaluateOptions): ScanResult {
  const now = new Date(set.now);
  const derived: Derived = options.derived ?? new Map();
  const silent = furtherOnly(options);
  const asked = options.probes.filter((probe) => !silent.has(probe));
  const reference = judgeView(set, { ...options, probes: asked }, derived, { adopts: () => false, now });
  const adopts = (name: string) => !options.without?.has(name);
  const own = adopts('no-ignored-files') ? withoutIgnored(set) : set;
  const adjusted = judgeView(own, options, own === set ? derived : new Map(), { adopts, now });
  const checks = options.checks.map((check, index): CheckResult => {
    const view = reference.checks[index]!;
    return {
      name: check.name,
      ...(check.plugin === undefined ? {} : { plugin: check.plugin }),
      ...view,
      adjusted: adjusted.checks[index]!,
      improvements: improvementsOf(check, options),
    };
  });
  const lost = lostProbes(options, reference.answers);
  return {
    format: 'assay/1',
    repo: set.repo,
    date: set.now,
    tool: options.tool,
    score: aggregate(options, reference.checks),
    adjusted: aggregate(options, adjusted.checks),
    checks,
    probes: options.probes.map(
      (probe): ProbeResult => ({
        probe: probe.id,
        reference: lost.has(probe) || silent.has(probe) ? [] : told(reference.answers.get(probe)!),
        adjusted: adjusted.answers.get(probe)!.findings,
      }),
    ),
    skipped: options.skipped ?? [],
    notices: [...set.notices, ...failedEvidence(set)],
    metadata: options.metadata ?? [],
    probeMode: options.probeMode ?? false,
    ...(options.stats === undefined ? {} : { stats: options.stats }),
  };
}

/**
 * Probes of checks that could not gather their data: the reference then shows none of the check's findings. The Assay
 * view keeps them, and so does a run by probes. Files that cannot be read take no other probe with them: the reference
 * goes on with half of them there.
 */
function lostProbes(options: EvaluateOptions, answers: ReadonlyMap<Probe, Answer>): ReadonlySet<Probe> {
  const isLost = (check: Check) => check.probes.some((probe) => isSilent(answers.get(probe)!));
  const kept = new Set(options.checks.filter((check) => !isLost(check)).flatMap((check) => check.probes));
  const lost = options.probeMode ? [] : options.checks.filter(isLost).flatMap((check) => check.probes);
  return new Set(lost.filter((probe) => !kept.has(probe)));
}

/** Probes that are here for the Assay view of a check alone. */
function furtherOnly({ checks, probes, probeMode }: EvaluateOptions): ReadonlySet<Probe> {
  if (probeMode) return new Set();
  const own = new Set(checks.flatMap((check) => check.probes));
  const further = new Set(checks.flatMap(allProbesOf));
  return new Set(probes.filter((probe) => further.has(probe) && !own.has(probe)));
}

/** The evidence without what came from files that git ignores; the same object when there are none. */
function withoutIgnored(set: EvidenceSet): EvidenceSet {
  const entries = Object.entries(set.evidence);
  if (!entries.some(([, gathered]) => 'value' in gathered && gathered.ignored !== undefined)) return set;
  const evidence = entries.map(([id, gathered]) => {
    if (!('value' in gathered) || gathered.ignored === undefined) return [id, gathered] as const;
    const ignored = new Set(gathered.ignored);
    const value = (gathered.value as readonly unknown[]).filter((_, index) => !ignored.has(index));
    return [id, { version: gathered.version, value }] as const;
  });
  return { ...set, evidence: Object.fromEntries(evidence) };
}

function judgeView(set: EvidenceSet, options: EvaluateOptions, derived: Derived, view: View) {
  const answers = new Map<Probe, Answer>();
  for (const probe of options.probes)
    answers.set(
      probe,
      timed(options.stats, probe.id, () => answer(set, probe, view, derived)),
    );
  return { answers, checks: options.checks.map((check) => judge(check, answers, view)) };
}

/** Where the reference fails to collect the facts of a check it tells the error of the check and no finding. */
const told = (answer: Answer): readonly Finding[] => (isSilent(answer) ? [] : answer.findings);

const isSilent = ({ broken, withoutFiles }: Answer): boolean => broken !== undefined && withoutFiles !== true;

function timed<T>(stats: Stats | undefined, id: string, run: () => T): T {
  if (stats === undefined) return run();
  const start = milliseconds();
  const value = run();
  stats.probes[id] = (stats.probes[id] ?? 0) + milliseconds() - start;
  return value;
}

function answer(set: EvidenceSet, probe: Probe, view: View, derived: Derived): Answer {
  try {
    const drafts = probe.run(lookUp(set, probe.needs, derived) as never, view);
    return { findings: drafts.map((draft) => ({ probe: probe.id, ...draft })) };
  } catch (error) {
    if (error instanceof ScanError) throw error;
    const reason = messageOf(error);
    const place = error instanceof CannotJudge && error.path !== undefined ? error : undefined;
    const location = place && {
      path: place.path!,
      type: 'source' as const,
      ...(place.line ? { lineStart: place.line } : {}),
    };
    return {
      findings: [{ probe: probe.id, outcome: 'Error', message: reason, ...(location ? { location } : {}) }],
      broken: reason,
      ...(error instanceof NoFiles ? { withoutFiles: true } : {}),
    };
  }
}

/**
 * Values out of stored evidence, derived ones included, for formats that show what was seen. Undefined where a kind was
 * not gathered or failed.
 */
export function reader(set: EvidenceSet): <T>(kind: AnyEvidence & { readonly value?: T }) => T | undefined {
  const derived: Derived = new Map();
  return <T>(kind: AnyEvidence & { readonly value?: T }) => {
    try {
      return lookUp(set, { kind }, derived).kind as T;
    } catch (error) {
      if (error instanceof ScanError || error instanceof CannotJudge) return undefined;
      throw error;
    }
  };
}

function lookUp(set: EvidenceSet, needs: Needs, derived: Derived): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(needs)) {
    if (kind.kind === 'derive') {
      if (!derived.has(kind))
        derived.set(
          kind,
          kind.derive(lookUp(set, kind.needs, derived) as never, derivedAbout(set.repo.name)),
        );
      values[name] = derived.get(kind);
      continue;
    }
    const gathered = set.evidence[kind.id];
    if (gathered === undefined) throw new ScanError('bad-evidence', `the stored evidence has no ${kind.id}`);
    if (gathered.version !== kind.version) {
      throw new ScanError(
        'bad-evidence',
        `${kind.id} has version ${gathered.version}, this program reads ${kind.version}`,
      );
    }
    if ('failed' in gathered) {
      const { failed } = gathered;
      const noFiles = set.notices.some(
        ({ code, message }) => code === FILES_UNREADABLE && message === failed,
      );
      throw new (noFiles ? NoFiles : CannotJudge)(`${kind.id} could not be gathered: ${failed}`);
    }
    values[name] = gathered.value;
  }
  return values;
}

function judge(check: Check, answers: ReadonlyMap<Probe, Answer>, view: View): CheckView {
  const own = probesOf(check, view).map((probe) => answers.get(probe)!);
  const broken = own.find((one) => one.broken !== undefined)?.broken;
  if (broken !== undefined) return asError(broken, []);
  return judgeFindings(
    check,
    own.flatMap((one) => one.findings),
    view,
  );
}

/** One check's score from given findings (in the order of `probesOf`); a throwing or impossible score is an error. */
export function judgeFindings(check: Check, findings: readonly Finding[], view: View): CheckView {
  let judgement: Judgement;
  try {
    judgement = check.score(findings, view);
  } catch (error) {
    return asError(messageOf(error), []);
  }
  if (judgement.score === 'error') return asError(judgement.reason, judgement.details ?? []);
  const details = judgement.details ?? [];
  if (judgement.score === 'inconclusive') return { score: -1, reason: judgement.reason, details };
  if (!Number.isInteger(judgement.score) || judgement.score < 0 || judgement.score > 10) {
    return asError(`${check.name} computed the impossible score ${judgement.score}`, details);
  }
  const { score, reason, range } = judgement;
  return range === undefined ? { score, reason, details } : { score, reason, details, range };
}

const asError = (reason: string, details: CheckView['details']): CheckView => ({
  score: -1,
  reason,
  details,
  error: reason,
});

/** Weighted mean of the scored checks; -1 when none (api-checks 2). */
export function aggregate(
  options: Pick<EvaluateOptions, 'checks' | 'experimental' | 'counted'>,
  views: readonly { readonly score: number }[],
): number {
  let sum = 0;
  let weights = 0;
  options.checks.forEach((check, index) => {
    const { score } = views[index]!;
    if (score < 0 || !counts(check, options)) return;
    sum += score * WEIGHT[check.risk];
    weights += WEIGHT[check.risk];
  });
  return weights === 0 ? -1 : sum / weights;
}

/** Experimental checks and those of plugins weigh only where somebody asked for it. */
function counts(check: Check, { experimental, counted }: Pick<EvaluateOptions, 'experimental' | 'counted'>) {
  if (check.plugin !== undefined && !counted?.has(check.name)) return false;
  return !check.experimental || experimental === true;
}

function improvementsOf(check: Check, options: EvaluateOptions): string[] {
  const names = [check, ...allProbesOf(check)].flatMap((unit) => Object.keys(unit.improvements ?? {}));
  return [...new Set(names)].filter((name) => !options.without?.has(name)).sort();
}

/** One notice for each reason; a reason that a notice of the source gives already is not told again. */
function failedEvidence(set: EvidenceSet): Notice[] {
  const told = new Set(set.notices.map((notice) => notice.message));
  const byReason = new Map<string, string[]>();
  for (const [id, gathered] of Object.entries(set.evidence)) {
    if (!('failed' in gathered) || told.has(gathered.failed)) continue;
    byReason.set(gathered.failed, [...(byReason.get(gathered.failed) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => ({
    code: 'evidence-failed',
    message: `${ids.join(', ')}: ${reason}`,
  }));
}
