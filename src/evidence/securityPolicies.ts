import { ask, derive, type Location, perFile, type RepoPath } from '../core/index.ts';
import { type PolicyHit, policyHits } from '../parse/policy/hits.ts';

const EXTENSIONS = ['md', 'markdown', 'adoc', 'rst'];
const NAMES = EXTENSIONS.map((extension) => `security.${extension}`);

/** Whole paths, lower-cased. Reference: file-checks 11.1. */
const POLICY_PATHS: ReadonlySet<string> = new Set([
  ...NAMES.flatMap((name) => [name, `.github/${name}`, `docs/${name}`]),
  'doc/security.rst',
]);

/** A file called like a security policy, wherever it lies, with what its text holds. */
export interface PolicyCandidate {
  readonly path: string;
  /** In one of the places where a policy is looked for. */
  readonly inPlace: boolean;
  /** In bytes; 0 for an empty file. */
  readonly size: number;
  readonly hits: readonly PolicyHit[];
}

const isPolicy = (path: Pick<RepoPath, 'lower'>): boolean => POLICY_PATHS.has(path.lower);

/** All of them, in listing order: the reference may read another file than it reports (file-checks 11.2). */
export const policyCandidates = perFile<PolicyCandidate>({
  id: 'policyCandidates',
  version: 1,
  read: 'whole',
  paths: { names: NAMES, where: (path) => isPolicy(path) || !path.testData },
  visit: (file) => [
    { path: file.path, inPlace: isPolicy(file), size: file.bytes.length, hits: policyHits(file.bytes) },
  ],
});

/** The organisation's policy, asked for only when the repository has none; null when there is none. */
export interface OrganisationPolicy {
  readonly file: PolicyCandidate | null;
  readonly failed?: string;
}

const encoder = new TextEncoder();

export const organisationPolicy = ask({
  id: 'organisationPolicy',
  version: 1,
  needs: { policyCandidates },
  ask: async ({ policyCandidates }, doors): Promise<OrganisationPolicy> => {
    if (policyCandidates.some((file) => file.inPlace)) return { file: null };
    const answer = await doors.organisationFile([...POLICY_PATHS]);
    if ('unknown' in answer) {
      return answer.unknown === 'failed'
        ? { file: null, failed: `the organisation's repository could not be read: ${answer.why}` }
        : { file: null };
    }
    if (answer.known === null) return { file: null };
    const bytes = encoder.encode(answer.known.text);
    return {
      file: { path: answer.known.path, inPlace: true, size: bytes.length, hits: policyHits(bytes) },
    };
  },
});

/** The policy as the reference sees it. */
export interface Policy {
  readonly path: string;
  /** It is the organisation's, `path` is an address. */
  readonly ofOrganisation: boolean;
  /** In bytes; 1 when no content was found (file-checks 11.2). */
  readonly size: number;
  readonly hits: readonly PolicyHit[];
}

/**
 * The one policy file that counts: the first in listing order. Its content is that of the first non-empty file whose
 * path or base name equals the policy's path, ignoring case; for a policy at the root this may be another file
 * (file-checks 11.2, kept on purpose).
 */
export const referencePolicy = derive({
  id: 'referencePolicy',
  version: 1,
  needs: { policyCandidates, organisationPolicy },
  derive: ({ policyCandidates, organisationPolicy }): { policy: Policy | null; failed?: string } => {
    const found = policyCandidates.find((file) => file.inPlace);
    if (found === undefined) {
      const { file, failed } = organisationPolicy;
      return { policy: file === null ? null : policyOf(file, file, true), ...(failed ? { failed } : {}) };
    }
    const wanted = found.path.toLowerCase();
    const read = policyCandidates.find((file) => {
      const path = file.path.toLowerCase();
      return file.size > 0 && (path === wanted || path.slice(path.lastIndexOf('/') + 1) === wanted);
    });
    return { policy: policyOf(found, read, false) };
  },
});

function policyOf(
  named: PolicyCandidate,
  read: PolicyCandidate | undefined,
  ofOrganisation: boolean,
): Policy {
  const empty = read === undefined || read.size === 0;
  return { path: named.path, ofOrganisation, size: empty ? 1 : read.size, hits: empty ? [] : read.hits };
}

/** Distinct links and distinct addresses: how many, and the length of all of them together. */
export function linkedContent(hits: readonly PolicyHit[]): {
  readonly count: number;
  readonly length: number;
} {
  const distinct = (type: PolicyHit['type']) =>
    new Set(hits.filter((hit) => hit.type === type).map((hit) => hit.match));
  const all = [...distinct('link'), ...distinct('email')];
  return { count: all.length, length: all.reduce((sum, text) => sum + text.length, 0) };
}

/** Where findings about the policy point. */
export const policyLocation = ({ path, ofOrganisation }: Policy): Location => ({
  path,
  type: ofOrganisation ? 'url' : 'text',
  lineStart: 1,
});
