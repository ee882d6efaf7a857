/**
 * Findings: what a probe says. Outcome words, location types and their numbers are the reference's, because the
 * probe format and the warehouse columns carry them (formats-and-cli 6).
 */

export type Outcome = 'True' | 'False' | 'NotAvailable' | 'NotApplicable' | 'NotSupported' | 'Error';

export const OUTCOMES: readonly Outcome[] = [
  'True',
  'False',
  'NotAvailable',
  'NotApplicable',
  'NotSupported',
  'Error',
];

/** What a location's path names. */
export type LocationType = 'none' | 'source' | 'binary' | 'text' | 'url' | 'verifiedBinary';

/** The numbers the reference writes for location types. */
export const LOCATION_NUMBER: Readonly<Record<LocationType, number>> = {
  none: 0,
  source: 1,
  binary: 2,
  text: 3,
  url: 4,
  verifiedBinary: 5,
};

/** A place: a repository path (forward slashes, relative) or a URL. Lines count from 1; 0 is kept where the reference writes it. */
export interface Location {
  readonly path: string;
  readonly type: LocationType;
  readonly lineStart?: number;
  readonly lineEnd?: number;
  readonly snippet?: string;
}

/** How to mend one finding: words, and where they exist the exact text to write. */
export interface Remedy {
  /** One or two sentences that name the file and line. */
  readonly text: string;
  /** Same for Markdown readers; `text` is used when absent. */
  readonly markdown?: string;
  /** A unified diff that `git apply` takes. */
  readonly patch?: string;
}

/** What a probe returns; the engine stamps the probe id on it. */
export interface FindingDraft {
  readonly outcome: Outcome;
  readonly message: string;
  readonly location?: Location;
  readonly values?: Readonly<Record<string, string>>;
  readonly remedy?: Remedy;
  /**
   * False keeps the probe's general remediation away from this finding in the reference view's formats, where the
   * reference loses it (file-checks 1.3).
   */
  readonly remediated?: boolean;
}

export interface Finding extends FindingDraft {
  readonly probe: string;
}

type Extra = Pick<FindingDraft, 'location' | 'values' | 'remedy' | 'remediated'>;

const draft =
  (outcome: Outcome) =>
  (message: string, extra: Extra = {}): FindingDraft => ({ outcome, message, ...extra });

/** The question is answered with yes. */
export const yes = draft('True');
/** The question is answered with no. */
export const no = draft('False');
/** The answer exists, but this source or token cannot see it. */
export const notAvailable = draft('NotAvailable');
/** The question makes no sense for this repository. */
export const notApplicable = draft('NotApplicable');
/** Assay does not know how to answer for this kind of thing. */
export const notSupported = draft('NotSupported');
/** Something was met that could not be read. */
export const failed = draft('Error');

/** A source line, the most common location. */
export function at(path: string, line = 1, more: { lineEnd?: number; snippet?: string } = {}): Location {
  const location: { -readonly [K in keyof Location]: Location[K] } = {
    path,
    type: 'source',
    lineStart: line,
  };
  if (more.lineEnd) location.lineEnd = more.lineEnd;
  if (more.snippet) location.snippet = more.snippet;
  return location;
}
