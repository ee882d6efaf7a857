import { type Answer, derive, fromForge, type LicenseFact, perFile, unknown } from '../core/index.ts';
import { approvedInReference } from '../parse/licenses/approved.ts';
import { licenseNamedBy, mayNameLicense } from '../parse/licenses/name.ts';

/** A file whose name says that it holds a licence. */
export interface LicenseFileName {
  readonly path: string;
  /** As the name spells it; empty when the name carries none. */
  readonly id: string;
}

/** All of them, in listing order. Reference: file-checks 6.2. */
export const licenseFileNames = perFile<LicenseFileName>({
  id: 'licenseFileNames',
  version: 1,
  read: 'name',
  paths: { every: true, where: (path) => mayNameLicense(path) && licenseNamedBy(path.path) !== undefined },
  visit: ({ path }) => [{ path, id: licenseNamedBy(path)! }],
});

/** What the forge takes the licence to be; null when it sees none. */
export const forgeLicense = fromForge<Answer<LicenseFact | null>>({
  id: 'forgeLicense',
  version: 1,
  facts: ['license'],
  read: ({ license }) => license ?? unknown('unsupported', 'not asked'),
});

/** One licence entry as the reference reports it. */
export interface License {
  readonly path: string;
  /** `NOASSERTION` when nobody can tell. */
  readonly spdxId: string;
  /** Full name; empty for an id that is not approved. */
  readonly name: string;
  /** FSF or OSI. */
  readonly approved: boolean;
  readonly source: 'repositoryAPI' | 'builtinHeuristics';
}

/** The reference's list: the forge's word, else the first licence file by name (file-checks 6.1). */
export interface ReferenceLicenses {
  readonly licenses: readonly License[];
  /** The forge could not be asked. */
  readonly failed?: string;
}

export const referenceLicenses = derive({
  id: 'referenceLicenses',
  version: 1,
  needs: { forgeLicense, licenseFileNames },
  derive: ({ forgeLicense, licenseFileNames }): ReferenceLicenses => {
    if ('known' in forgeLicense && forgeLicense.known !== null)
      return { licenses: [byForge(forgeLicense.known)] };
    if (
      'unknown' in forgeLicense &&
      forgeLicense.unknown !== 'unsupported' &&
      forgeLicense.unknown !== 'missing'
    ) {
      return { licenses: [], failed: `the licence could not be asked for: ${forgeLicense.why}` };
    }
    const [first] = licenseFileNames;
    return { licenses: first === undefined ? [] : [byName(first)] };
  },
});

function byForge({ path, spdxId, name }: LicenseFact): License {
  return { path, spdxId, name, approved: approvedInReference(spdxId) !== undefined, source: 'repositoryAPI' };
}

function byName({ path, id }: LicenseFileName): License {
  const source = 'builtinHeuristics';
  if (id === '') return { path, spdxId: 'NOASSERTION', name: 'Other', approved: false, source };
  const license = approvedInReference(id);
  return { path, spdxId: id, name: license?.name ?? '', approved: license !== undefined, source };
}
