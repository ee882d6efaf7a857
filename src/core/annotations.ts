/** Maintainers' annotations: why a finding is no problem here. They are shown beside the score and never change it. */

/** The reference's reasons (formats-and-cli 10) with what each says. */
export const ANNOTATION_REASONS = {
  'test-data': 'Only tests or examples are concerned, nothing that is shipped.',
  remediated: 'The risk is needed here, and other measures contain it.',
  'not-applicable': 'The check makes no sense for this repository.',
  'not-supported': 'The goal is met by a means that the tool does not know.',
  'not-detected': 'The goal is met by a known means that the tool did not recognise.',
} as const;

export type AnnotationReason = keyof typeof ANNOTATION_REASONS;

/** One annotation as written; everything that narrows it is optional. */
export interface Annotation {
  /** The configuration file and the line where the annotation starts. */
  readonly file: string;
  readonly line: number;
  /** Check names as spelled in the file (any case). */
  readonly checks: readonly string[];
  /** Probe ids. */
  readonly probes: readonly string[];
  /** Path globs. */
  readonly paths: readonly string[];
  /** A line in those paths. */
  readonly at?: number;
  /** As `--show-details` and the native format print it. */
  readonly fingerprint?: string;
  readonly reasons: readonly AnnotationReason[];
  /** Free words beside the reason. */
  readonly note?: string;
  readonly owner?: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** Something wrong in a configuration file; the rest of the file holds. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface AnnotationFile {
  readonly path: string;
  readonly annotations: readonly Annotation[];
  readonly problems: readonly ConfigProblem[];
}
