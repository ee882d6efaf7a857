import { derive, perFile } from '../core/index.ts';
import { namesSbom } from '../parse/sbom-name.ts';
import { releases } from './facts.ts';

/** A file of the root called like a software bill of materials. Reference: file-checks 10.1. */
export const sbomFiles = perFile<{ readonly path: string }>({
  id: 'sbomFiles',
  version: 1,
  read: 'name',
  paths: { every: true, where: (path) => path.folder === '' && path.path[0] !== '.' && namesSbom(path.path) },
  visit: ({ path }) => [{ path }],
});

/** An asset of a release. */
export interface ReleaseSbom {
  readonly name: string;
  /** Page of the release: the reference names it instead of the asset. */
  readonly url: string;
}

/** How many releases the reference looks at. */
const RELEASES = 5;

/** The first matching asset of each of the newest releases, or why that is not known. */
export const releaseSboms = derive({
  id: 'releaseSboms',
  version: 1,
  needs: { releases },
  derive: ({ releases }): { readonly sboms: readonly ReleaseSbom[]; readonly failed?: string } => {
    if ('unknown' in releases) {
      return releases.unknown === 'unsupported'
        ? { sboms: [] }
        : { sboms: [], failed: `the releases could not be listed: ${releases.why}` };
    }
    const sboms = releases.known.slice(0, RELEASES).flatMap(({ assets, htmlUrl }) => {
      const asset = assets.find(({ name }) => namesSbom(name));
      return asset === undefined ? [] : [{ name: asset.name, url: htmlUrl }];
    });
    return { sboms };
  },
});
