/** What a careful reader says of places: the truth that the measuring holds our findings against. */

export const KINDS = [
  'script-injection',
  'untrusted-checkout',
  'artifact-poisoning',
  'cache-poisoning',
  'credential-persist',
  'self-hosted-on-public',
  'secrets-inherit',
  'excessive-permission',
  'unpinned-action',
  'unpinned-container',
  'unpinned-install',
  'fuzzing',
  'sast',
  'packaging',
  'license',
  'security-policy',
  'binary',
  'vulnerability-scope',
] as const;

export type Kind = (typeof KINDS)[number];

/** `unsure`: readers may differ, nothing said of this place counts. */
export type Verdict = 'true' | 'false' | 'gated' | 'unsure';

const VERDICTS: readonly Verdict[] = ['true', 'false', 'gated', 'unsure'];

/** Kinds that are questions about files; lines do not count. */
export const BY_FILE: ReadonlySet<Kind> = new Set([
  'fuzzing',
  'sast',
  'packaging',
  'license',
  'security-policy',
  'binary',
  'vulnerability-scope',
]);

export interface Label {
  readonly kind: Kind;
  readonly path: string;
  /** The place itself, then further lines where the same thing may be reported. */
  readonly lines: readonly number[];
  readonly verdict: Verdict;
  /** The gate of a gated place, the tool or class of a true one. */
  readonly detail?: string;
  readonly why: string;
}

export function isKind(text: string): text is Kind {
  return (KINDS as readonly string[]).includes(text);
}

export function isVerdict(text: string): text is Verdict {
  return (VERDICTS as readonly string[]).includes(text);
}

/** One thing that is scanned as a whole: a case of ours, or a checkout of a repository. */
export interface Subject {
  readonly name: string;
  /** Texts of the files, for steps and blocks. */
  text(path: string): string | undefined;
  readonly labels: readonly Label[];
  /** Whether a finding of this kind in this file is wrong where no label stands. */
  isComplete(kind: Kind, path: string): boolean;
}
