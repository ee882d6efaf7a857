/** One scan: plan → gather → evaluate. The only scanner; command line, library and bulk all come here. */
import {
  type Check,
  type Doors,
  type EvidenceSet,
  milliseconds,
  type Needs,
  type Probe,
  type RepoSnapshot,
  type ScanResult,
  type Stats,
} from '../core/index.ts';
import { type EvaluateOptions, evaluate } from './evaluate.ts';
import { type Derived, gather } from './gather.ts';
import { makePlan } from './plan.ts';

export interface ScanInputs {
  readonly snapshot: RepoSnapshot;
  readonly doors: Doors;
  readonly checks: readonly Check[];
  /** Probes beyond those of the checks. */
  readonly probes: readonly Probe[];
  /** Evidence that no probe needs, e.g. the maintainers' annotations. */
  readonly also?: Needs;
  readonly now: Date;
  readonly tool: ScanResult['tool'];
  readonly signal?: AbortSignal;
  readonly onProgress?: (filesSeen: number) => void;
  readonly judge?: Pick<
    EvaluateOptions,
    'without' | 'experimental' | 'counted' | 'metadata' | 'skipped' | 'probeMode'
  >;
}

export interface Scanned {
  readonly result: ScanResult;
  /** What was known; `evaluate` on it gives an equal result. */
  readonly evidence: EvidenceSet;
  readonly stats: Stats;
}

export function emptyStats(): Stats {
  return {
    filesSeen: 0,
    filesOpened: 0,
    bytesRead: 0,
    filesParsed: 0,
    parses: 0,
    phases: {},
    evidence: {},
    probes: {},
    requests: {},
  };
}

/**
 * Looks at an opened repository and judges it.
 * @throws ScanError when the source cannot be read at all; single unreadable files become notices.
 */
export async function scanSnapshot(inputs: ScanInputs): Promise<Scanned> {
  const plan = makePlan(inputs.checks, inputs.probes, inputs.also);
  const stats = emptyStats();
  const start = milliseconds();
  const derived: Derived = new Map();
  const { name } = inputs.snapshot.ref;
  const evidence = await gather(inputs.snapshot, plan, { ...inputs, stats, derived });
  stats.phases.gather = milliseconds() - start;
  const judging = milliseconds();
  const result = evaluate(evidence, {
    ...inputs.judge,
    checks: plan.checks,
    probes: plan.probes,
    tool: inputs.tool,
    stats,
    // What is derived may hang on the repository's name, which can turn out to be another.
    derived: evidence.repo.name === name ? derived : undefined,
  });
  stats.phases.evaluate = milliseconds() - judging;
  return { result, evidence, stats };
}
