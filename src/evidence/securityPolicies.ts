import {
  ask,
  CannotJudge,
  derive,
  type Location,
  perFile,
  type RepoPath,
  type SourceFile,
} from '../core/index.ts';
import { findBytes, needle } from '../parse/bytes.ts';
import { type PolicyHit, policyHits } from '../parse/policy/hits.ts';
import { type PolicyMeaning, policyMeaning, securitySection } from '../parse/policy/meaning.ts';

const EXTENSIONS = ['md', 'markdown', 'adoc', 'rst'];
const NAMES = EXTENSIONS.map((extension) => `security.${extension}`);

/** Whole paths, lower-cased. Reference: file-checks 11.1. */
const POLICY_PATHS: ReadonlySet<string> = new Set([
  ...NAMES.flatMap((name) => [name, `.github/${name}`, `docs/${name}`]),
  'doc/security.rst',
]);

/** Other places where projects keep a policy; read by the Assay view. */
const MORE_NAMES = [
  'security',
  'security.txt',
  'security.org',
  'security-insights.yml',
  'security-insights.yaml',
];
const MORE_FOLDERS: ReadonlySet<string> = new Set(['', '.github', '.gitlab', 'docs', 'doc', '.well-known']);
const README = ['readme', 'readme.md', 'readme.rst', 'readme.txt', 'readme.adoc', 'readme.markdown'];

/** A file called like a security policy, wherever it lies, with what its text holds. */
export interface PolicyCandidate {
  readonly path: string;
  /** In one of the places where the reference looks for a policy. */
  readonly inPlace: boolean;
  /** In one of the places where only the Assay view looks. */
  readonly elsewhere?: true;
  /** In bytes; 0 for an empty file. */
  readonly size: number;
  readonly hits: readonly PolicyHit[];
  /** For files in either kind of place. */
  readonly meaning?: PolicyMeaning;
}

const isPolicy = (path: Pick<RepoPath, 'lower'>): boolean => POLICY_PATHS.has(path.lower);
const isReadme = (path: Pick<RepoPath, 'folder' | 'lowerBase'>): boolean =>
  path.folder === '' && README.includes(path.lowerBase);
const isElsewhere = (path: Pick<RepoPath, 'folder' | 'lower' | 'lowerBase'>): boolean =>
  (MORE_FOLDERS.has(path.folder.toLowerCase()) &&
    [...NAMES, ...MORE_NAMES].includes(path.lowerBase) &&
    !isPolicy(path)) ||
  isReadme(path);

/** All of them, in listing order: the reference may read another file than it reports (file-checks 11.2). */
export const policyCandidates = perFile<PolicyCandidate>({
  id: 'policyCandidates',
  version: 2,
  read: 'whole',
  paths: {
    names: [...NAMES, ...MORE_NAMES, ...README],
    where: (path) =>
      isPolicy(path) || isElsewhere(path) || (!path.testData && NAMES.includes(path.lowerBase)),
  },
  visit: (file) => {
    if (isReadme(file)) return readmeSection(file);
    const found = { path: file.path, size: file.bytes.length, hits: policyHits(file.bytes) };
    if (isPolicy(file)) return [{ ...found, inPlace: true, meaning: policyMeaning(file.text()) }];
    if (!isElsewhere(file)) return [{ ...found, inPlace: false }];
    return [{ ...found, inPlace: false, elsewhere: true, meaning: policyMeaning(file.text()) }];
  },
});

const SECURITY_WORDS = ['ecurity', 'ulnerab', 'SECURITY'].map(needle);

/** A README counts as a policy only when its section on security names a private contact. */
function readmeSection(file: SourceFile): PolicyCandidate[] {
  if (SECURITY_WORDS.every((word) => findBytes(file.bytes, word) < 0)) return [];
  const section = securitySection(file.text());
  const meaning = section === undefined ? undefined : policyMeaning(section);
  if (section === undefined || meaning?.contact === undefined || !meaning.process) return [];
  const bytes = encoder.encode(section);
  return [
    {
      path: file.path,
      inPlace: false,
      elsewhere: true,
      size: bytes.length,
      hits: policyHits(bytes),
      meaning,
    },
  ];
}

const encoder = new TextEncoder();

/** The organisation's policy, asked for only when the repository has none; null when there is none. */
export interface OrganisationPolicy {
  readonly file: PolicyCandidate | null;
  readonly failed?: string;
}

export const organisationPolicy = ask({
  id: 'organisationPolicy',
  version: 2,
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
      file: {
        path: answer.known.path,
        inPlace: true,
        size: bytes.length,
        hits: policyHits(bytes),
        meaning: policyMeaning(answer.known.text),
      },
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
  readonly meaning: PolicyMeaning;
}

const NO_MEANING: PolicyMeaning = { process: false };

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
  return {
    path: named.path,
    ofOrganisation,
    size: empty ? 1 : read.size,
    hits: empty ? [] : read.hits,
    meaning: named.meaning ?? NO_MEANING,
  };
}

/** How much a policy tells: a contact weighs most, then a process, then a time. */
function worth({ size, meaning = NO_MEANING }: PolicyCandidate): number {
  const told =
    (meaning.contact === undefined ? 0 : 4) +
    (meaning.process ? 2 : 0) +
    (meaning.time === undefined ? 0 : 1);
  return size === 0 ? -1 : told;
}

/** The policy that tells most, wherever it lies, by its own content; the organisation's when there is none. */
export const bestPolicy = derive({
  id: 'bestPolicy',
  version: 1,
  needs: { policyCandidates, organisationPolicy },
  derive: ({ policyCandidates, organisationPolicy }): { policy: Policy | null } => {
    const own = policyCandidates.filter((file) => file.inPlace || file.elsewhere);
    const file = [...own, ...(organisationPolicy.file === null ? [] : [organisationPolicy.file])]
      .filter(({ size }) => size > 0)
      .reduce<PolicyCandidate | null>(
        (best, one) => (best === null || worth(one) > worth(best) ? one : best),
        null,
      );
    return { policy: file === null ? null : policyOf(file, file, file === organisationPolicy.file) };
  },
});

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

/** The improvement that all four probes share. */
export const BEST_POLICY = {
  'best-policy': {
    what: 'The policy that tells most counts, by its own content, also as `SECURITY`, `SECURITY.txt`, in `doc/`, `.gitlab/` and `.well-known/`, or as a section of the README.',
    why: 'A one-letter file in `.github/` must not hide a good policy at the root, and policies lie in more places (ossf/scorecard#4192, #39, #1239).',
  },
} as const;

/** The policy a view looks at; `failed` when the organisation had to be asked and did not answer. */
export function policyFor(
  reference: { readonly policy: Policy | null; readonly failed?: string },
  best: { readonly policy: Policy | null },
  adopts: (improvement: 'best-policy') => boolean,
): Policy | null {
  if (adopts('best-policy')) return best.policy;
  if (reference.failed !== undefined) throw new CannotJudge(reference.failed);
  return reference.policy;
}
