/**
 * Doors: how an `ask` kind of evidence reaches outside services. Each is one small question; the engine hands in
 * doors that cache, count and obey `--offline`. A door never throws: it answers, or says why it cannot.
 */
import type { Answer } from './facts.ts';

export interface WorkflowRun {
  readonly url: string;
  readonly headSha: string;
}

/** A package at a version as manifests name it. */
export interface PackageQuery {
  /** OSV ecosystem name, e.g. `npm`, `PyPI`, `Go`. */
  readonly ecosystem: string;
  readonly name: string;
  /** Empty when only the commit is known. */
  readonly version: string;
  /** Of a package that comes straight from a git repository; asked for when there is no version. */
  readonly commit?: string;
}

export interface Vulnerability {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly severity?: string;
  /** Lowest fixed version for the asked package, if any. */
  readonly fixed?: string;
}

export interface PolicyFile {
  /** `host/owner/.github/path`. */
  readonly path: string;
  readonly text: string;
}

/** What a forge attests about one file. */
export interface Attestation {
  /** The digest asked for, `sha256:...`. */
  readonly digest: string;
  /** Predicate types of its attestations, e.g. `https://slsa.dev/provenance/v1`; empty when there are none. */
  readonly predicates: readonly string[];
}

export interface Doors {
  /** Successful runs of a workflow file (base name). */
  workflowRuns(file: string): Promise<Answer<readonly WorkflowRun[]>>;
  /** The first of these paths in the organisation's `.github` repository. */
  organisationFile(paths: readonly string[]): Promise<Answer<PolicyFile | null>>;
  /** Private vulnerability reporting is switched on. */
  privateReporting(): Promise<Answer<boolean>>;
  /** Commits found by author, as `{ authorId }`. */
  commitsByAuthor(login: string): Promise<Answer<readonly { readonly authorId: number | undefined }[]>>;
  /** True when OSS-Fuzz lists the repository. */
  ossFuzz(): Promise<Answer<boolean>>;
  /** Badge level text of the best-practices service, `not_found` when there is none. */
  bestPracticesBadge(): Promise<Answer<string>>;
  /** Vulnerabilities by package, in the order asked; `commit` asks for the repository's own commit as well. */
  vulnerabilities(
    packages: readonly PackageQuery[],
    commit?: string,
  ): Promise<
    Answer<{
      readonly packages: readonly (readonly Vulnerability[])[];
      readonly commit: readonly Vulnerability[];
      /** How old the data is, when it was not asked for just now. */
      readonly asOf?: string;
    }>
  >;
  /** Verified provenance of the project's packages, one flag per package version. */
  packageProvenance(): Promise<Answer<readonly boolean[]>>;
  /** Attestations the forge keeps for these digests, in the order asked. */
  attestations(digests: readonly string[]): Promise<Answer<readonly Attestation[]>>;
  /** Digest of a container image reference, from its registry. */
  imageDigest(image: string): Promise<Answer<string>>;
}
