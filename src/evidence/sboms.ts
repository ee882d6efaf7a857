import { derive, perFile, type RepoPath } from '../core/index.ts';
import { isSbomName, namesSbom, sbomFormat } from '../parse/sbom-name.ts';
import { releases } from './facts.ts';

/** A file called like a software bill of materials. */
export interface SbomFile {
  readonly path: string;
  /** Only the Assay view looks at names and places like this. */
  readonly beyond?: true;
  /** The format its beginning shows, for whole names of such documents. */
  readonly format?: 'CycloneDX' | 'SPDX';
}

const FOLDERS: ReadonlySet<string> = new Set(['sbom', '.sbom', 'sboms']);

/** Reference: file-checks 10.1, files of the root whose name does not begin with a dot. */
const isReference = ({ path, folder }: Pick<RepoPath, 'path' | 'folder'>): boolean =>
  folder === '' && path[0] !== '.' && namesSbom(path);
const isBeyond = ({ folder, base }: Pick<RepoPath, 'folder' | 'base'>): boolean =>
  (folder === '' || FOLDERS.has(folder.toLowerCase())) && isSbomName(base);

export const sbomFiles = perFile<SbomFile>({
  id: 'sbomFiles',
  version: 2,
  read: 'head',
  paths: { every: true, where: (path) => isReference(path) || isBeyond(path) },
  visit: (file) => {
    const format = isBeyond(file) ? sbomFormat(file.headText()) : undefined;
    return [
      {
        path: file.path,
        ...(isReference(file) ? {} : { beyond: true as const }),
        ...(format === undefined ? {} : { format }),
      },
    ];
  },
});

/** An asset of a release. */
export interface ReleaseSbom {
  readonly name: string;
  /** Page of the release: the reference names it instead of the asset. */
  readonly url: string;
}

/** How many releases the reference looks at. */
const RELEASES = 5;

/** What releases carry, or why that is not known. */
export interface ReleaseSboms {
  /** The first matching asset of each of the newest releases; the reference gives the page of the release as its address. */
  readonly sboms: readonly ReleaseSbom[];
  /** Assets of the latest release alone, by whole names. */
  readonly latest: readonly ReleaseSbom[];
  readonly failed?: string;
}

export const releaseSboms = derive({
  id: 'releaseSboms',
  version: 1,
  needs: { releases },
  derive: ({ releases }): ReleaseSboms => {
    if ('unknown' in releases) {
      const nothing = { sboms: [], latest: [] };
      return releases.unknown === 'unsupported'
        ? nothing
        : { ...nothing, failed: `the releases could not be listed: ${releases.why}` };
    }
    const sboms = releases.known.slice(0, RELEASES).flatMap(({ assets, htmlUrl }) => {
      const asset = assets.find(({ name }) => namesSbom(name));
      return asset === undefined ? [] : [{ name: asset.name, url: htmlUrl }];
    });
    const published = releases.known.filter(({ draft }) => !draft);
    const latest = published.find(({ prerelease }) => !prerelease) ?? published[0];
    const assets = (latest?.assets ?? []).filter(({ name }) => isSbomName(name));
    return { sboms, latest: assets.map(({ name, url }) => ({ name, url })) };
  },
});

export const SBOM_IMPROVEMENTS = {
  'sbom-documents': {
    what: 'Whole names of both standards count, also in `sbom/`, and files whose beginning is such a document; signatures and checksums do not.',
    why: '`bom.json` is the recommended name of CycloneDX, and `tool.spdx.json.sig` is no bill of materials (ossf/scorecard#3574).',
  },
  'latest-release': {
    what: 'The latest release counts.',
    why: 'Users take the latest release; a document beside an older one says nothing about it.',
  },
} as const;

type Adopts = (improvement: keyof typeof SBOM_IMPROVEMENTS) => boolean;

/** The assets a view counts. */
export function releaseSbomsFor({ sboms, latest }: ReleaseSboms, adopts: Adopts): readonly ReleaseSbom[] {
  if (adopts('latest-release')) return latest;
  return adopts('sbom-documents') ? sboms.filter(({ name }) => isSbomName(name)) : sboms;
}

/** The files a view counts. */
export function sbomFilesFor(files: readonly SbomFile[], adopts: Adopts): readonly SbomFile[] {
  return files.filter(({ beyond, format }) => (adopts('sbom-documents') ? format !== undefined : !beyond));
}
