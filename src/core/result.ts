/** The native result; every output format is a projection of it. Plain JSON. */
import type { Annotation, AnnotationReason } from './annotations.ts';
import type { Detail, ScoreRange } from './check.ts';
import type { Finding } from './finding.ts';
import type { PluginInfo } from './plugin.ts';
import type { Notice } from './repository.ts';

/** One check in one view. `score` is -1 when inconclusive or failed. */
export interface CheckView {
  readonly score: number;
  readonly reason: string;
  readonly details: readonly Detail[];
  /** The scores that remain possible when settings that count are hidden from the token. */
  readonly range?: ScoreRange;
  /** Set when the check ended as a runtime error. */
  readonly error?: string;
}

export interface CheckResult extends CheckView {
  readonly name: string;
  /** Name of the plugin it comes from. */
  readonly plugin?: string;
  /** The Assay view of the same evidence. */
  readonly adjusted: CheckView;
  /** Names of the adopted improvements that could change this check. */
  readonly improvements: readonly string[];
  /** Sentences of the maintainers' annotations, as JSON v2 shows them. */
  readonly annotations?: readonly string[];
  /** What maintainers say of this check. Scores stay untouched. */
  readonly annotated?: {
    readonly reasons: readonly AnnotationReason[];
    readonly by: readonly Annotation[];
    /** Fingerprints of the annotated findings. */
    readonly fingerprints: readonly string[];
    /** The adjusted score if the annotated findings were mended. */
    readonly score: number;
  };
}

/** One probe's findings in both views. */
export interface ProbeResult {
  readonly probe: string;
  readonly reference: readonly Finding[];
  readonly adjusted: readonly Finding[];
}

export interface Stats {
  filesSeen: number;
  filesOpened: number;
  bytesRead: number;
  /** Files handed to at least one parser, and how often parsers ran: more runs than files only where two models are made of one file. */
  filesParsed: number;
  parses: number;
  /** Milliseconds by phase. */
  readonly phases: Record<string, number>;
  /** Milliseconds by evidence id. */
  readonly evidence: Record<string, number>;
  /** Milliseconds by probe id. */
  readonly probes: Record<string, number>;
  /** Requests and cost by service, filled by the network door. */
  readonly requests: Record<string, number>;
}

export interface ScanResult {
  readonly format: 'assay/1';
  readonly repo: {
    readonly name: string;
    readonly commit: string;
    readonly branch?: string;
    readonly source: string;
  };
  /** ISO 8601, the "now" of all judgements. */
  readonly date: string;
  readonly tool: { readonly version: string; readonly commit: string };
  /** Aggregate of the reference view, -1 when no check could be scored. */
  readonly score: number;
  /** Aggregate of the Assay view. */
  readonly adjusted: number;
  readonly checks: readonly CheckResult[];
  readonly probes: readonly ProbeResult[];
  /** Checks that were not run, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly why: string }[];
  readonly notices: readonly Notice[];
  readonly metadata: readonly string[];
  /** The plugins that were asked for. */
  readonly plugins?: readonly PluginInfo[];
  /** True when probes were asked for instead of checks. */
  readonly probeMode: boolean;
  readonly stats?: Stats;
}

/** One change worth making. */
export interface Change {
  readonly check: string;
  readonly probe: string;
  /** The one file to edit, when it is one. */
  readonly path?: string;
  readonly findings: readonly Finding[];
  readonly checkBefore: number;
  readonly checkAfter: number;
  /** Total of the Assay view after this change and all before it. */
  readonly totalAfter: number;
}
