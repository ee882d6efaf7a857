import { ask, derive, perFile } from '../core/index.ts';
import { approved } from '../parse/licenses/approved.ts';
import { declaredLicense, MANIFESTS } from '../parse/licenses/declared.ts';
import { licenseNamedBy } from '../parse/licenses/name.ts';
import { isNoticeName, isReuse, mayHoldLicense } from '../parse/licenses/place.ts';
import { licensesOfExpression, type PackedPairs, readLicenseText } from '../parse/licenses/text.ts';
import { forgeLicense } from './licenses.ts';

/** A licence file with what its text says. */
export interface LicenseFile {
  readonly path: string;
  /** SPDX ids by text or tag, in the order of the text. */
  readonly ids: readonly string[];
  /** The id its name carries, when that is an approved one. */
  readonly named?: string;
  /** To be compared with all licences, not only the common ones. */
  readonly unsure?: PackedPairs;
}

/** Longest licence file that is read. */
const MAX_BYTES = 512 * 1024;

export const licenseFiles = perFile<LicenseFile>({
  id: 'licenseFiles',
  version: 1,
  read: 'whole',
  maxBytes: MAX_BYTES,
  paths: { every: true, where: mayHoldLicense },
  visit: (file) => {
    const { ids, tooShort, unsure } = readLicenseText(file.text());
    const named = idByName(file.path, isReuse(file));
    if (tooShort && named === undefined) return [];
    return [
      {
        path: file.path,
        ids,
        ...(named === undefined ? {} : { named }),
        ...(unsure === undefined ? {} : { unsure }),
      },
    ];
  },
});

function idByName(path: string, reuse: boolean): string | undefined {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const name = reuse
    ? base.replace(/\.[a-z]+$/, '')
    : (licenseNamedBy(base) ?? base.replace(/\.(?:txt|md)$/, ''));
  return approved(name)?.id ?? (reuse ? name : undefined);
}

/** Looks in the whole SPDX list, which is loaded only then, for texts that are no common licence. */
export const rareLicenses = ask({
  id: 'rareLicenses',
  version: 1,
  needs: { licenseFiles },
  ask: async ({ licenseFiles }): Promise<Readonly<Record<string, readonly string[]>>> => {
    const unsure = licenseFiles.filter((file) => file.unsure !== undefined);
    if (unsure.length === 0) return {};
    const { matchAllLicenses } = await import('../parse/licenses/rare.ts');
    return Object.fromEntries(unsure.map(({ path, unsure }) => [path, matchAllLicenses(unsure!)]));
  },
});

/** What a manifest at the root declares. */
export const declaredLicenses = perFile<{ readonly path: string; readonly expression: string }>({
  id: 'declaredLicenses',
  version: 1,
  read: 'whole',
  paths: { names: MANIFESTS, extensions: ['gemspec'], where: (path) => path.folder === '' },
  visit: (file) => {
    const expression = declaredLicense(file.lowerBase, file.text());
    return expression === undefined ? [] : [{ path: file.path, expression }];
  },
});

/** One licence that applies to the project. */
export interface ProjectLicense {
  readonly path: string;
  /** `NOASSERTION` when the text is none of the SPDX list. */
  readonly spdxId: string;
  readonly name: string;
  readonly approved: boolean;
}

/** All licences by text, then by the forge's word, and what manifests declare. */
export interface ProjectLicenses {
  readonly byText: readonly ProjectLicense[];
  readonly declared: readonly ProjectLicense[];
}

export const projectLicenses = derive({
  id: 'projectLicenses',
  version: 1,
  needs: { licenseFiles, rareLicenses, declaredLicenses, forgeLicense },
  derive: ({ licenseFiles, rareLicenses, declaredLicenses, forgeLicense }): ProjectLicenses => {
    const told = 'known' in forgeLicense && forgeLicense.known !== null ? forgeLicense.known : undefined;
    const licences = licenseFiles.filter(({ path }) => !isNoticeName(path));
    const byText = (licences.length > 0 ? licences : licenseFiles).flatMap((file) => {
      const rare = rareLicenses[file.path] ?? [];
      const ids = rare.length > 0 ? rare : file.ids;
      if (ids.length > 0) return ids.map((id) => licenseOf(file.path, id));
      if (file.named !== undefined) return [licenseOf(file.path, file.named)];
      if (told?.path === file.path && told.spdxId !== 'NOASSERTION')
        return [licenseOf(file.path, told.spdxId)];
      return isNoticeName(file.path) ? [] : [licenseOf(file.path, 'NOASSERTION')];
    });
    const declared = declaredLicenses.flatMap(({ path, expression }) =>
      licensesOfExpression(expression).map((id) => licenseOf(path, id)),
    );
    if (byText.length > 0 || told === undefined) return { byText, declared };
    return { byText: [licenseOf(told.path, told.spdxId)], declared };
  },
});

function licenseOf(path: string, spdxId: string): ProjectLicense {
  const license = approved(spdxId);
  return {
    path,
    spdxId: license?.id ?? spdxId,
    name: license?.name ?? spdxId,
    approved: license !== undefined,
  };
}
