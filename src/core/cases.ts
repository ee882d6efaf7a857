/** Types of the data-only case tables beside probes, checks and evidence. */
import type { Judgement, ScoreRange } from './check.ts';
import type { FindingDraft } from './finding.ts';

/** Which improvements a case adopts: none (reference view), all (Assay view), or named ones. */
export type Adopting = 'none' | 'all' | readonly string[];

export interface ProbeCase {
  readonly name: string;
  /** Values of the needed evidence under the probe's own names. */
  readonly evidence: Readonly<Record<string, unknown>>;
  /** `none` when absent. */
  readonly adopts?: Adopting;
  /** "Now" of the case; 2026-01-01 when absent. */
  readonly now?: string;
  /** Every finding, in order; fields left out are not compared. */
  readonly findings?: readonly Partial<FindingDraft>[];
  /** Or: the probe cannot judge, with this text in its reason. */
  readonly cannotJudge?: string;
}

export interface CheckCase {
  readonly name: string;
  readonly findings: readonly (Partial<FindingDraft> & { readonly probe: string })[];
  readonly adopts?: Adopting;
  readonly score: Judgement['score'];
  /** Text the reason must contain. */
  readonly reason?: string;
  /** The scores left possible; `null` = there must be no range. */
  readonly range?: ScoreRange | null;
  /** Levels of the detail lines, in order. */
  readonly levels?: readonly string[];
}

/** A small tree in, items out, for per-file evidence. */
export interface EvidenceCase {
  readonly name: string;
  /** Path to text, or to bytes in hex with a leading `hex:`. */
  readonly files: Readonly<Record<string, string>>;
  readonly value: unknown;
}
