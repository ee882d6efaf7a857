/**
 * What if: judges a result again with some findings mended. Pure, and the same judgement as everywhere: maintainers
 * see what a change gains before they make it, and what their annotations would mean for the score.
 */
import {
  type Change,
  type Check,
  type CheckView,
  type Finding,
  type Probe,
  probesOf,
  type ScanResult,
  type View,
} from '../core/index.ts';
import { aggregate, judgeFindings } from './evaluate.ts';

/** True when the finding is what its probe's remediation is for. */
export function isFlaw(probe: Probe, finding: Finding): boolean {
  return finding.outcome === probe.remediation.on;
}

/** The findings of one probe as they would be with some of them mended. */
export function mendFindings(
  probe: Probe,
  findings: readonly Finding[],
  mended: (finding: Finding) => boolean,
): readonly Finding[] {
  if (!findings.some((finding) => isFlaw(probe, finding) && mended(finding))) return findings;
  if (probe.remediation.on === 'True') {
    const left = findings.filter((finding) => !(isFlaw(probe, finding) && mended(finding)));
    return left.length > 0 ? left : [{ probe: probe.id, outcome: 'False', message: '' }];
  }
  return findings.map((finding) =>
    isFlaw(probe, finding) && mended(finding) ? { ...finding, outcome: 'True' } : finding,
  );
}

/** A group of findings one would mend together. */
interface Unit {
  readonly check: Check;
  readonly probe: string;
  readonly path?: string;
  readonly flaws: ReadonlySet<Finding>;
  /** How many places, where it is not the number of flaws. */
  readonly size?: number;
}

interface Inputs {
  readonly checks: readonly Check[];
  readonly view: View;
  readonly experimental?: boolean;
  readonly counted?: ReadonlySet<string>;
  /** Flaws nobody means to mend. */
  readonly except?: (finding: Finding) => boolean;
}

/** Files of one probe looked at singly; repositories with more are mended by the probe as a whole. */
const MAX_FILES = 30;

/** The changes that raise the Assay view's total most for their size, best first; each builds on those before it. */
export function bestChanges(result: ScanResult, inputs: Inputs, most = 3): Change[] {
  const byProbe = new Map(result.probes.map((one) => [one.probe, one.adjusted]));
  const scores = new Map(result.checks.map((check) => [check.name, check.adjusted.score]));
  const good = goodNews(result);
  const except = (finding: Finding) => good.has(finding) || inputs.except?.(finding) === true;
  let open = inputs.checks
    .filter((check) => (scores.get(check.name) ?? -1) >= 0)
    .flatMap((check) => unitsOf(check, byProbe, { ...inputs, except }));
  const mended = new Set<Finding>();
  const changes: Change[] = [];
  let total = result.adjusted;
  while (changes.length < most) {
    let best: { unit: Unit; after: number; total: number; worth: number } | undefined;
    for (const unit of open) {
      const after = rejudge(
        unit.check,
        byProbe,
        inputs.view,
        (finding) => mended.has(finding) || unit.flaws.has(finding),
      ).score;
      if (after <= scores.get(unit.check.name)!) continue;
      const newTotal = totalWith(inputs, scores, unit.check.name, after);
      const worth = (newTotal - total) / (1 + Math.log2(unit.size ?? unit.flaws.size));
      if (best === undefined || worth > best.worth) best = { unit, after, total: newTotal, worth };
    }
    if (best === undefined) break;
    const { unit } = best;
    const findings = [...unit.flaws].filter((flaw) => !mended.has(flaw));
    for (const flaw of findings) mended.add(flaw);
    changes.push({
      check: unit.check.name,
      probe: unit.probe,
      ...(unit.path === undefined ? {} : { path: unit.path }),
      findings,
      checkBefore: scores.get(unit.check.name)!,
      checkAfter: best.after,
      totalAfter: best.total,
    });
    scores.set(unit.check.name, best.after);
    total = best.total;
    open = open.filter((one) => [...one.flaws].some((flaw) => !mended.has(flaw)));
  }
  return changes;
}

/**
 * Findings with the outcome of a flaw that their check tells as none, such as `permissions: {}`, whose outcome is False
 * as in the reference. Nobody can mend them.
 */
function goodNews(result: ScanResult): ReadonlySet<Finding> {
  const details = result.checks.flatMap((check) => check.adjusted.details);
  const bad = new Set(
    details.flatMap(({ level, finding }) => (level === 'Warn' && finding ? [finding] : [])),
  );
  return new Set(details.flatMap(({ finding }) => (finding && !bad.has(finding) ? [finding] : [])));
}

/** The file that a finding without a place asks to be written. */
function missingFile({ location, remedy }: Finding): string | undefined {
  if (location !== undefined || remedy === undefined) return undefined;
  return /^(\S+): /.exec(remedy.text)?.[1];
}

function unitsOf(check: Check, byProbe: ReadonlyMap<string, readonly Finding[]>, inputs: Inputs): Unit[] {
  const units: Unit[] = [];
  const all = new Set<Finding>();
  const missing = new Map<string, Finding[]>();
  for (const probe of probesOf(check, inputs.view)) {
    const flaws = (byProbe.get(probe.id) ?? []).filter(
      (finding) => isFlaw(probe, finding) && !inputs.except?.(finding),
    );
    if (flaws.length === 0) continue;
    for (const flaw of flaws) all.add(flaw);
    const [only] = flaws;
    const file = flaws.length === 1 && only !== undefined ? missingFile(only) : undefined;
    if (file !== undefined) {
      missing.set(file, [...(missing.get(file) ?? []), only!]);
      continue;
    }
    const files = Map.groupBy(flaws, (flaw) => flaw.location?.path ?? '');
    const largest = [...files].sort((a, b) => b[1].length - a[1].length).slice(0, MAX_FILES);
    if (files.size > 1)
      for (const [path, own] of largest) units.push({ check, probe: probe.id, path, flaws: new Set(own) });
    units.push({
      check,
      probe: probe.id,
      ...(files.size === 1 ? { path: flaws[0]!.location?.path } : {}),
      flaws: new Set(flaws),
    });
  }
  // Whoever writes a file answers all questions about it.
  for (const own of missing.values())
    units.push({ check, probe: own[0]!.probe, flaws: new Set(own), size: 1 });
  // Some checks gain only when several of their questions are answered together.
  if (units.length > 1) units.push({ check, probe: check.probes[0]!.id, flaws: all });
  return units;
}

/** The check's view with some findings mended. */
export function rejudge(
  check: Check,
  byProbe: ReadonlyMap<string, readonly Finding[]>,
  view: View,
  mended: (finding: Finding) => boolean,
): CheckView {
  const asked = probesOf(check, view);
  const opened = new Set(
    asked.flatMap((probe) => {
      const { opens = [] } = probe.remediation;
      const flaws =
        opens.length === 0 ? [] : (byProbe.get(probe.id) ?? []).filter((one) => isFlaw(probe, one));
      return flaws.length > 0 && flaws.every(mended) ? opens : [];
    }),
  );
  const findings = asked.flatMap((probe) => {
    const own = mendFindings(probe, byProbe.get(probe.id) ?? [], mended);
    if (!opened.has(probe.id)) return own;
    return own.map(
      (finding): Finding => (finding.outcome === 'NotApplicable' ? { ...finding, outcome: 'True' } : finding),
    );
  });
  return judgeFindings(check, findings, view);
}

function totalWith(inputs: Inputs, scores: ReadonlyMap<string, number>, name: string, score: number): number {
  return aggregate(
    inputs,
    inputs.checks.map((check) => ({ score: check.name === name ? score : (scores.get(check.name) ?? -1) })),
  );
}
