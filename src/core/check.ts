/** Checks: a set of probes and a pure function from their findings to a score. */
import type { Finding, Location } from './finding.ts';
import type { Improvement, Probe, View } from './probe.ts';

export type Risk = 'Critical' | 'High' | 'Medium' | 'Low';

/** Weight in the aggregate by risk (file-checks 1.1). */
export const WEIGHT: Readonly<Record<Risk, number>> = { Critical: 10, High: 7.5, Medium: 5, Low: 2.5 };

export type Level = 'Info' | 'Warn' | 'Debug';

/** One line of a check's details. */
export interface Detail {
  readonly level: Level;
  readonly text: string;
  readonly location?: Location;
  /** The finding it came from. */
  readonly finding?: Finding;
}

/** The scores that remain possible when settings are hidden: all hidden ones off ... all on. */
export interface ScoreRange {
  readonly min: number;
  readonly max: number;
}

/** What `score()` says. `error` is a runtime error: score -1 and the run is marked. */
export type Judgement =
  | {
      readonly score: number;
      readonly reason: string;
      readonly details?: readonly Detail[];
      /** Set when settings that would move the score cannot be seen. */
      readonly range?: ScoreRange;
    }
  | { readonly score: 'inconclusive'; readonly reason: string; readonly details?: readonly Detail[] }
  | { readonly score: 'error'; readonly reason: string; readonly details?: readonly Detail[] };

export interface Check {
  /** As users spell it, e.g. `Token-Permissions`. */
  readonly name: string;
  readonly risk: Risk;
  readonly tags: readonly string[];
  /** Hosts the check is offered on. */
  readonly forges: readonly ('github' | 'gitlab' | 'azure' | 'local')[];
  /** May run at a commit other than HEAD. */
  readonly atCommit: boolean;
  /** May run on a plain folder. */
  readonly onFolder: boolean;
  /** Weighs in the total only with SCORECARD_EXPERIMENTAL (as in the reference). */
  readonly experimental?: boolean;
  /** Name of the plugin it comes from; such checks weigh in the total only where a policy says so. */
  readonly plugin?: string;
  /** One sentence. */
  readonly summary: string;
  readonly motivation: string;
  /** How the score comes about, for the docs. */
  readonly scoring: string;
  /** What to do, most useful first. */
  readonly remediation: readonly string[];
  readonly probes: readonly Probe[];
  readonly improvements?: Readonly<Record<string, Improvement>>;
  /**
   * Probes the reference does not ask, by the improvement (of this check) that brings them in. A view that does not
   * adopt it never sees their findings, and no format of the reference view shows them.
   */
  readonly further?: Readonly<Record<string, readonly Probe[]>>;
  /** Pure. `findings` come in the order of `probes`, then of the adopted `further`. */
  readonly score: (findings: readonly Finding[], view: View) => Judgement;
}

/** Makes a check. */
export function defineCheck(spec: Check): Check {
  return spec;
}

/** The probes a view asks for a check: its own, then the further ones of adopted improvements. */
export function probesOf(
  check: Pick<Check, 'probes' | 'further'>,
  view: Pick<View, 'adopts'>,
): readonly Probe[] {
  if (check.further === undefined) return check.probes;
  const further = Object.entries(check.further).flatMap(([name, probes]) =>
    view.adopts(name) ? probes : [],
  );
  return [...check.probes, ...further];
}

/** Every probe any view may ask for a check. */
export function allProbesOf(check: Pick<Check, 'probes' | 'further'>): readonly Probe[] {
  return probesOf(check, { adopts: () => true });
}

/** A detail line for a finding. */
export function detail(level: Level, finding: Finding, text = finding.message): Detail {
  return { level, text, location: finding.location, finding };
}

/** A detail line without a place. */
export function line(level: Level, text: string): Detail {
  return { level, text };
}

/** The usual logging: True → one level, False → another, the rest as Debug. */
export function detailsByOutcome(
  findings: readonly Finding[],
  levels: { readonly True?: Level; readonly False?: Level; readonly other?: Level },
): Detail[] {
  return findings.map((finding) => {
    const level =
      finding.outcome === 'True' ? levels.True : finding.outcome === 'False' ? levels.False : levels.other;
    return detail(level ?? 'Debug', finding);
  });
}

export const inconclusive = (reason: string, details?: readonly Detail[]): Judgement => ({
  score: 'inconclusive',
  reason,
  details,
});

export const scored = (score: number, reason: string, details?: readonly Detail[]): Judgement => ({
  score,
  reason,
  details,
});

/** Integer division of 10*success by total, capped at 10; total 0 gives 0 (file-checks 1.2). */
export function proportion(success: number, total: number): number {
  return total === 0 ? 0 : Math.min(10, Math.trunc((10 * success) / total));
}

/** A proportional score with the suffix users match on. */
export function proportional(
  success: number,
  total: number,
  reason: string,
  details?: readonly Detail[],
): Judgement {
  const score = proportion(success, total);
  return { score, reason: `${reason} -- score normalized to ${score}`, details };
}

/**
 * Weighted proportion of several groups (file-checks 1.2): groups with total 0 are skipped; none left gives undefined
 * (inconclusive); all weights 0 gives 10.
 * @throws RangeError when a group has more successes than its total.
 */
export function weightedProportion(
  groups: readonly { readonly success: number; readonly total: number; readonly weight: number }[],
): number | undefined {
  const real = groups.filter((group) => group.total > 0);
  if (groups.some((group) => group.success > group.total))
    throw new RangeError('more successes than the total');
  if (real.length === 0) return undefined;
  const total = real.reduce((sum, group) => sum + group.total * group.weight, 0);
  if (total === 0) return 10;
  const success = real.reduce((sum, group) => sum + group.success * group.weight, 0);
  return Math.min(10, Math.trunc((10 * success) / total));
}
