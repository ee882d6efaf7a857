/** Probes: yes/no questions answered from evidence alone. */
import type { Known, Needs } from './evidence.ts';
import type { Example } from './example.ts';
import type { Answer } from './facts.ts';
import { isKnown } from './facts.ts';
import type { FindingDraft, Outcome } from './finding.ts';

/** Which improvements a view adopts; the reference view adopts none, the Assay view all. */
export interface View {
  readonly adopts: (improvement: string) => boolean;
  /** "Now", from the evidence. */
  readonly now: Date;
}

/** A named, documented rule by which the Assay view differs from the reference view. */
export interface Improvement {
  /** What changes, one sentence. */
  readonly what: string;
  /** Why it is right, with the thread or measurement that shows it. */
  readonly why: string;
}

export type Lifecycle = 'experimental' | 'stable' | 'deprecated';
export type Effort = 'None' | 'Low' | 'Medium' | 'High';

export interface ProbeSpec<N extends Needs> {
  /** camelCase; equal to the folder's name. */
  readonly id: string;
  readonly lifecycle: Lifecycle;
  /** One line: the question. */
  readonly summary: string;
  readonly motivation: string;
  /** How it is looked at. */
  readonly implementation: string;
  /** Every outcome the probe can give, with when. */
  readonly outcomes: Readonly<Partial<Record<Outcome, string>>>;
  readonly remediation: {
    readonly on: Outcome;
    readonly effort: Effort;
    /** What to do in a few words, for lists: `Pin dependencies by hash`. */
    readonly act?: string;
    /** Steps; `{path}`, `{line}` and `{value:KEY}` are filled from the finding. */
    readonly steps: readonly string[];
    /** Probes of the same check that have nothing to look at before, and find it good when the steps are followed. */
    readonly opens?: readonly string[];
  };
  /** Where it can answer. */
  readonly forges: readonly ('github' | 'gitlab' | 'local')[];
  /** Lower-case language names, or `all`. */
  readonly languages?: readonly string[];
  readonly needs: N;
  readonly improvements?: Readonly<Record<string, Improvement>>;
  readonly example?: Example;
  /** Name of the plugin it comes from. */
  readonly plugin?: string;
  /** Pure: evidence in, findings out, in the order they are to be shown. */
  readonly run: (evidence: Known<N>, view: View) => readonly FindingDraft[];
}

/** A probe with its evidence types erased, as the engine and the lists hold it. */
export type Probe = ProbeSpec<Needs>;

/**
 * Makes a probe. The evidence named in `needs` flows, typed, into `run`.
 */
export function defineProbe<const N extends Needs>(spec: ProbeSpec<N>): Probe {
  return spec as unknown as Probe;
}

/**
 * Thrown by a probe that cannot answer at all, e.g. the reference view when one workflow does not parse. The engine
 * makes it an `Error` finding and the check ends as a runtime error, score -1, as in the reference.
 */
export class CannotJudge extends Error {
  readonly path: string | undefined;
  readonly line: number | undefined;
  constructor(reason: string, place: { path?: string; line?: number } = {}) {
    super(reason);
    this.name = 'CannotJudge';
    this.path = place.path;
    this.line = place.line;
  }
}

/**
 * The known value of an answer.
 * @throws CannotJudge naming `what`, the reason and the permission that would help.
 */
export function required<T>(answer: Answer<T> | undefined, what: string): T {
  if (isKnown(answer)) return answer.known;
  if (answer === undefined) throw new CannotJudge(`${what}: not asked for`);
  throw new CannotJudge(
    `${what}: ${answer.why}${answer.needs === undefined ? '' : ` (needs ${answer.needs})`}`,
  );
}
