/** Which checks and probes run: the names asked for, against what the target allows (formats-and-cli 1). */
import { type Check, type Probe, ScanError, type ScanResult } from '../core/index.ts';
import { hint } from './nearest.ts';

export interface Wish {
  /** Check names in any letter case; all that fit when absent or empty. */
  readonly checks?: readonly string[];
  /** Probe ids; when given, probes run instead of checks. */
  readonly probes?: readonly string[];
  /** Checks named by a policy: used when none are named, and those that do not fit are left out. */
  readonly policy?: readonly string[];
  /** What was asked for at an earlier scan; what is no longer there is left out. */
  readonly again?: { readonly checks: readonly string[]; readonly probes: readonly string[] };
}

/** What the target can carry. */
export interface Circumstances {
  readonly folder: boolean;
  /** A commit other than the newest was asked for. */
  readonly atCommit?: boolean;
  /** Host of the repository; checks that are not offered there are left out. */
  readonly forge?: Check['forges'][number];
  /** SCORECARD_EXPERIMENTAL is there. */
  readonly experimental: boolean;
}

export interface Selection {
  /** Sorted by name. */
  readonly checks: readonly Check[];
  /** In the order asked. */
  readonly probes: readonly Probe[];
  readonly probeMode: boolean;
  readonly skipped: ScanResult['skipped'];
}

interface Lists {
  readonly checks: readonly Check[];
  readonly probes: readonly Probe[];
  /** Probes outside of checks that run whenever nothing is named: those of plugins. */
  readonly loose?: readonly Probe[];
  /** Plugins that could not be loaded: what they hold is not known, so that any of its names may be theirs. */
  readonly plugins?: { readonly failures: readonly string[] };
}

/**
 * Chooses the units to run.
 * @throws ScanError usage, unknown-check, unknown-probe, unsupported-check; plugin when nothing is left to run
 */
export function select(lists: Lists, wish: Wish, around: Circumstances): Selection {
  const asked = wish.checks ?? [];
  if ((wish.probes?.length ?? 0) > 0) {
    if (asked.length > 0)
      throw new ScanError('usage', 'probes run instead of checks (name either --checks or --probes)');
    const { there, skipped } = withoutLost(lists, lists.probes, wish.probes!);
    const probes = [...new Set(there.map((id) => findProbe(lists.probes, id)))];
    return { checks: [], probes, probeMode: true, skipped };
  }
  if (asked.length > 0) {
    const { there, skipped } = withoutLost(lists, lists.checks, asked);
    const named = [...new Set(there.map((name) => findCheck(lists.checks, name)))];
    for (const check of named) {
      const why = unfit(check, around);
      if (why !== undefined) throw new ScanError('unsupported-check', `${check.name} cannot run: ${why}`);
    }
    const chosen = choose(named, around);
    return { ...chosen, skipped: [...chosen.skipped, ...skipped] };
  }
  if (wish.again) return chooseAgain(lists, wish.again, around);
  // Reference: a policy that names no check runs all (formats-and-cli 9).
  if (wish.policy !== undefined && wish.policy.length > 0)
    return choose(
      wish.policy.map((name) => findCheck(lists.checks, name)),
      around,
    );
  return {
    ...choose(
      lists.checks.filter((check) => !check.experimental || around.experimental),
      around,
    ),
    probes: lists.loose ?? [],
  };
}

/**
 * The names asked for without those that can only be of a plugin that failed: it must not cost the others.
 * @throws ScanError plugin when none is left
 */
function withoutLost(
  { plugins }: Lists,
  units: readonly (Check | Probe)[],
  names: readonly string[],
): { readonly there: readonly string[]; readonly skipped: ScanResult['skipped'] } {
  const failures = plugins?.failures ?? [];
  if (failures.length === 0) return { there: names, skipped: [] };
  const known = new Set(units.map((unit) => ('name' in unit ? unit.name : unit.id).toLowerCase()));
  const isLost = (name: string) => name.includes('/') && !known.has(name.toLowerCase());
  const there = names.filter((name) => !isLost(name));
  if (there.length === 0) throw new ScanError('plugin', failures.join(' | '));
  const skipped = names.filter(isLost).map((name) => ({ name, why: 'its plugin could not be loaded' }));
  return { there, skipped };
}

/** The units of an earlier scan; a plugin's need not be there now. */
function chooseAgain(lists: Lists, asked: NonNullable<Wish['again']>, around: Circumstances): Selection {
  const isGone = (name: string) => name.includes('/') && !lists.checks.some((check) => check.name === name);
  const there = asked.checks.filter((name) => !isGone(name));
  const chosen = choose(
    there.map((name) => findCheck(lists.checks, name)),
    around,
  );
  const gone = asked.checks
    .filter(isGone)
    .map((name) => ({ name, why: 'its plugin is not loaded; see --plugin' }));
  const probes = lists.probes.filter((probe) => asked.probes.includes(probe.id));
  return { ...chosen, probes, skipped: [...chosen.skipped, ...gone] };
}

function choose(wanted: readonly Check[], around: Circumstances): Selection {
  const byName = [...new Set(wanted)].sort((a, b) => (a.name < b.name ? -1 : 1));
  const checks: Check[] = [];
  const skipped: { name: string; why: string }[] = [];
  for (const check of byName) {
    const why = unfit(check, around) ?? wrongHost(check, around);
    if (why === undefined) checks.push(check);
    else skipped.push({ name: check.name, why });
  }
  return { checks, probes: [], probeMode: false, skipped };
}

/** Why a check cannot run here; asked for by name this is an error. */
function unfit(check: Check, { folder, atCommit }: Circumstances): string | undefined {
  if (folder && !check.onFolder) return 'a folder cannot tell; name the repository instead';
  if (atCommit && !check.atCommit) return 'it can only judge the newest commit';
  return undefined;
}

/** The reference drops such checks without a word, even when named; we say so in the result. */
function wrongHost(check: Check, { forge }: Circumstances): string | undefined {
  return forge === undefined || check.forges.includes(forge) ? undefined : `it is not offered on ${forge}`;
}

/** A slash stands in names of plugins' units only. */
const otherPlace = (name: string): string => (name.includes('/') ? ' (name its plugin with --plugin)' : '');

/**
 * The check of this name, in any letter case.
 * @throws ScanError unknown-check
 */
export function findCheck(checks: readonly Check[], name: string): Check {
  const wanted = name.toLowerCase();
  const check = checks.find((one) => one.name.toLowerCase() === wanted);
  if (check) return check;
  const near = hint(
    name,
    checks.map((one) => one.name),
  );
  throw new ScanError(
    'unknown-check',
    `there is no check ${name}${near || otherPlace(name) || ' (--help lists them)'}`,
  );
}

/**
 * The probe of this id, in any letter case.
 * @throws ScanError unknown-probe
 */
export function findProbe(probes: readonly Probe[], id: string): Probe {
  const wanted = id.toLowerCase();
  const probe = probes.find((one) => one.id.toLowerCase() === wanted);
  if (probe) return probe;
  const near = hint(
    id,
    probes.map((one) => one.id),
  );
  throw new ScanError(
    'unknown-probe',
    `there is no probe ${id}${near || otherPlace(id) || ' (`assay help probes` lists them)'}`,
  );
}
