/** Composition root: the generated lists and the edges become a scanner. */
import { environment } from './config/environment.ts';
import { select, type Wish } from './config/select.ts';
import { type Target, targetOf } from './config/target.ts';
import {
  type Change,
  type EvidenceSet,
  type Finding,
  fingerprint,
  type Plugin,
  ScanError,
  type ScanResult,
  type View,
} from './core/index.ts';
import type { Diagnosis, DoctorOptions } from './doctor.ts';
import { bestChanges, evaluate, makePlan, type Scanned, scanSnapshot } from './engine/index.ts';
import { annotationFiles } from './evidence/annotationFiles.ts';
import type { Network, NetworkOptions } from './network.ts';
import { openTarget } from './open-target.ts';
import type { SourceKind } from './sources/open.ts';
import { tool } from './tool.ts';
import { catalogue, ownUnits, type UnitSet, unitsWith, withPlugins } from './units.ts';

/** @internal */
export type { Diagnosis } from './doctor.ts';
/** @internal */
export type { Network } from './network.ts';
/** @internal What is internal stays out of the library's types, which must not need Node's. */
export { type OpenedTarget, openSharedNetwork, openTarget } from './open-target.ts';
export { evidenceNamed, probeNamed, tellBroken } from './units.ts';
export type { Scanned, Target, Wish };
export { catalogue, ownUnits, tool, type UnitSet, unitsWith };
export const { checks, probes } = ownUnits;

export interface ScanOptions extends Wish {
  /** Texts copied into the result. */
  readonly metadata?: readonly string[];
  /** The moment taken as "now"; the clock when absent. */
  readonly now?: Date;
  /** Ends the scan early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called now and then with the number of files seen so far. */
  readonly onProgress?: (filesSeen: number) => void;
  /** SBOM and Webhooks run by default and weigh in the total. */
  readonly experimental?: boolean;
  /** No network. */
  readonly offline?: boolean;
  /** A folder of OSV data, asked instead of the service; made by `updateOsvDatabase`. */
  readonly osvDb?: string;
  /** Registries are asked for the digests of images that have none, for the remedies. */
  readonly resolveImages?: boolean;
  /** Commit, tag or branch to judge instead of the newest state of a repository. */
  readonly commit?: string;
  /** Commits to look back; 30 when absent. */
  readonly commitDepth?: number;
  /** How the files of a repository by name are fetched: as one archive when absent, or by git. */
  readonly fileMode?: 'archive' | 'git';
  /** @internal Shared by several scans and left open; opened and closed for this scan when absent. */
  readonly network?: Network;
  /** @internal For a network of this scan's own. */
  readonly networkOptions?: Partial<NetworkOptions>;
  /** Reads a path as this kind of source, whatever its form. */
  readonly source?: SourceKind;
  /** Names of improvements the adjusted view does without. */
  readonly without?: ReadonlySet<string>;
  /** The user's own checks and probes: files, packages, or objects made by `definePlugin`. */
  readonly plugins?: readonly (string | Plugin)[];
  /** Seconds one call into a plugin may take; 10 when absent. */
  readonly pluginSeconds?: number;
  /** Checks of plugins that weigh in the totals. */
  readonly counted?: readonly string[];
  /** Units made before by `unitsWith`, instead of `plugins`; they stay open. */
  readonly units?: UnitSet;
}

/** Values out of an evidence set, for formats that show what was seen. */
export { reader as evidenceReader } from './engine/index.ts';

/** Does something with the units that were asked for, and closes those of its own. */
async function usingUnits<T>(options: ScanOptions, use: (units: UnitSet) => Promise<T>): Promise<T> {
  if (options.units !== undefined) return use(options.units);
  const units = await unitsWith(options.plugins ?? [], { seconds: options.pluginSeconds });
  try {
    return await use(units);
  } finally {
    await units.plugins?.close();
  }
}

/**
 * Scans one target.
 * @throws ScanError for everything a user can mend
 */
export async function scanTarget(target: Target | string, options: ScanOptions = {}): Promise<Scanned> {
  return usingUnits(options, (units) => scanWith(units, target, options));
}

async function scanWith(units: UnitSet, target: Target | string, options: ScanOptions): Promise<Scanned> {
  const experimental = options.experimental ?? false;
  const wanted = typeof target === 'string' ? targetOf(target) : target;
  const folder = wanted.kind === 'folder';
  const commit = options.commit?.toUpperCase() === 'HEAD' ? undefined : options.commit;
  const around = {
    folder,
    forge: folder ? undefined : ('github' as const),
    atCommit: commit !== undefined,
    experimental,
  };
  const selection = select(units, options, around);
  const plan = makePlan(selection.checks, selection.probes);
  const { snapshot, doors, close } = await openTarget(wanted, { ...options, commit }, plan);
  const metadata = options.metadata ?? [];
  const { probeMode, skipped } = selection;
  try {
    const scanned = await scanSnapshot({
      snapshot,
      doors,
      checks: selection.checks,
      probes: selection.probes,
      also: probeMode ? {} : { annotationFiles },
      now: options.now ?? new Date(),
      tool,
      signal: options.signal,
      onProgress: options.onProgress,
      judge: {
        metadata,
        probeMode,
        skipped,
        experimental,
        without: options.without,
        counted: new Set(options.counted),
      },
    });
    const asked = {
      checks: selection.checks.map((check) => check.name),
      probes: selection.probes.map((probe) => probe.id),
      probeMode,
      experimental,
      skipped,
      metadata,
      ...(options.counted && { counted: options.counted }),
    };
    const evidence = { ...scanned.evidence, asked };
    Object.assign(scanned.stats.requests, snapshot.requests?.());
    // What a scan cost is told beside the result, so that equal evidence gives equal results.
    const { stats: _, ...judged } = scanned.result;
    return { ...scanned, evidence, result: await completed(judged, evidence, units, options.without) };
  } finally {
    await close();
  }
}

/**
 * @internal
 * All repositories of an organisation or user that are not archived, ordered by name.
 * @throws ScanError target-not-found, network, ...
 */
export async function repositoriesOf(
  account: string,
  { forges }: Network,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  for (const forge of forges) {
    const found = forge.repositoriesOf?.(account, signal);
    if (found !== undefined) return found;
  }
  throw new ScanError('usage', `${account} names no organisation on a known host (NAME or HOST/NAME)`);
}

/**
 * @internal
 * What this machine and token can do, for `assay doctor`.
 * @throws ScanError usage when `repository` names none
 */
export async function diagnose(options: Pick<DoctorOptions, 'repository' | 'offline'>): Promise<Diagnosis> {
  const doctor = await import('./doctor.ts');
  return doctor.diagnose({ ...options, checks, variables: environment().variables, version: tool.version });
}

/**
 * Brings the OSV database into a folder for `osvDb`; `say` is told what was done.
 * @throws ScanError usage, network, target-unreadable, output-failed
 */
export async function updateOsvDatabase(
  folder: string,
  ecosystems: readonly string[],
  options: Pick<ScanOptions, 'offline' | 'signal'> & { readonly say: (line: string) => void },
): Promise<void> {
  const { offline, signal, say } = options;
  const update = await import('./osv-database.ts');
  await update.updateOsvDatabase({
    folder,
    ecosystems,
    offline,
    signal,
    variables: environment().variables,
    userAgent: `assay/${tool.version}`,
    onDone: (ecosystem, entries) =>
      say(`${ecosystem}: ${entries === undefined ? 'nothing newer' : `${entries} entries`}`),
  });
}

type EvaluateOptions = Pick<
  ScanOptions,
  'checks' | 'probes' | 'experimental' | 'without' | 'plugins' | 'pluginSeconds' | 'counted' | 'units'
>;

/**
 * Judges stored evidence again, offline. What was asked at the scan is asked again, unless `options` names checks
 * or probes.
 * @throws ScanError bad-evidence when something a named unit needs is not in the set
 */
export async function evaluateEvidence(set: EvidenceSet, options: EvaluateOptions = {}): Promise<ScanResult> {
  return usingUnits(options, (units) => evaluateWith(units, set, options));
}

async function evaluateWith(units: UnitSet, set: EvidenceSet, options: EvaluateOptions): Promise<ScanResult> {
  const { asked } = set;
  const named = (options.checks?.length ?? 0) > 0 || (options.probes?.length ?? 0) > 0;
  const experimental = options.experimental || (asked?.experimental ?? false);
  const wish: Wish =
    named || !asked ? options : asked.probeMode ? { probes: asked.probes } : { again: asked };
  const chosen = select(units, wish, { folder: set.repo.source === 'folder', experimental });
  const plan = makePlan(chosen.checks, chosen.probes);
  const result = evaluate(set, {
    checks: plan.checks,
    probes: plan.probes,
    tool,
    experimental,
    probeMode: chosen.probeMode,
    metadata: asked?.metadata,
    skipped: named || !asked ? chosen.skipped : [...asked.skipped, ...chosen.skipped],
    without: options.without,
    counted: new Set(options.counted ?? asked?.counted),
  });
  return completed(result, set, units, options.without);
}

/**
 * Names the plugins and lays the maintainers' annotations over a result; the code for it is loaded only when there
 * are any.
 */
async function completed(
  judged: ScanResult,
  set: EvidenceSet,
  units: UnitSet,
  without: ReadonlySet<string> | undefined,
): Promise<ScanResult> {
  const result = withPlugins(judged, units);
  const gathered = set.evidence[annotationFiles.id];
  const some = gathered !== undefined && 'value' in gathered && (gathered.value as unknown[]).length > 0;
  if (!some || result.probeMode) return result;
  const { annotate } = await import('./annotations/apply.ts');
  return annotate(result, set, {
    checks: units.checks,
    probes: units.probes,
    view: assayView(result, without),
  });
}

function assayView(result: ScanResult, without: ReadonlySet<string> | undefined): View {
  return { adopts: (name) => !without?.has(name), now: new Date(result.date) };
}

/** The changes that would raise the adjusted total most, best first. */
export function changesFor(
  result: ScanResult,
  options: Pick<ScanOptions, 'experimental' | 'without' | 'counted' | 'units'> = {},
): readonly Change[] {
  const counted = new Set(options.counted);
  const all = (options.units ?? ownUnits).checks;
  const ran = result.checks.flatMap(
    (one) => all.find((check) => check.name === one.name && (!check.plugin || counted.has(one.name))) ?? [],
  );
  return bestChanges(result, {
    checks: ran,
    view: assayView(result, options.without),
    experimental: options.experimental,
    counted,
    except: annotatedFindings(result),
  });
}

/** Findings the maintainers have spoken about: nobody means to mend them. */
function annotatedFindings(result: ScanResult): (finding: Finding) => boolean {
  const named = new Set(result.checks.flatMap((check) => check.annotated?.fingerprints ?? []));
  return named.size === 0 ? () => false : (finding) => named.has(fingerprint(finding));
}

/**
 * Reads stored evidence.
 * @throws ScanError bad-evidence when the text is something else
 */
export function parseEvidence(text: string): EvidenceSet {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ScanError('bad-evidence', 'the file is no JSON (write one with --evidence=FILE)', {
      cause: error,
    });
  }
  if (!isEvidenceSet(value)) {
    throw new ScanError('bad-evidence', 'the file is no stored evidence (write one with --evidence=FILE)');
  }
  return value;
}

function isEvidenceSet(value: unknown): value is EvidenceSet {
  if (typeof value !== 'object' || value === null) return false;
  const set = value as Partial<EvidenceSet>;
  return (
    set.format === 'assay-evidence/1' &&
    typeof set.repo?.name === 'string' &&
    typeof set.repo.commit === 'string' &&
    !Number.isNaN(Date.parse(set.now ?? '')) &&
    typeof set.evidence === 'object' &&
    set.evidence !== null &&
    Array.isArray(set.notices)
  );
}
