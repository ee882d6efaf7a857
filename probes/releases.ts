/** What the probes of Signed-Releases share: the releases that count, and findings by file name. */
import {
  type FindingDraft,
  type Improvement,
  no,
  notApplicable,
  type Release,
  type View,
  yes,
} from '../src/core/index.ts';
import { isDescription, RELEASE_WINDOW } from '../src/evidence/releaseProofs.ts';

export const RELEASE_IMPROVEMENTS: Readonly<Record<string, Improvement>> = {
  'published-releases': {
    what: 'Drafts do not count, nor take up a place among the last five.',
    why: 'A draft is nothing a user can get; only tokens with write access see it, so that the score depends on the token.',
  },
  'something-to-sign': {
    what: 'A release whose files only describe others, e.g. nothing but an SBOM, is left out.',
    why: 'An SBOM as the only file forces a release to 0 in the reference (ossf/scorecard#4667).',
  },
  'forge-attestations': {
    what: 'Attestations the forge keeps for the files of a release count, found by digest.',
    why: 'Artifact attestations replace files beside the release; the reference reads names only (ossf/scorecard#4080, #4667).',
  },
};

/** Releases with files among the first five. */
export function releasesThatCount(releases: readonly Release[], view: View): Release[] {
  const all = view.adopts('published-releases') ? releases.filter((release) => !release.draft) : releases;
  return all
    .slice(0, RELEASE_WINDOW)
    .filter(({ assets }) => assets.length > 0)
    .filter(({ assets }) => !view.adopts('something-to-sign') || !assets.every(isDescription));
}

/** One finding per release: a file with one of the endings, else another proof, else nothing. */
export function findProofs(
  releases: readonly Release[],
  endings: readonly string[],
  words: { readonly found: string; readonly missing: string },
  otherProof: (release: Release) => FindingDraft | undefined,
): FindingDraft[] {
  if (releases.length === 0) return [notApplicable('no releases with files were found')];
  return releases.map((release) => {
    const asset = release.assets.find(({ name }) => endings.some((ending) => name.endsWith(ending)));
    if (asset !== undefined) return yes(`${words.found}: ${asset.name}`, proof(release, asset.name));
    return (
      otherProof(release) ??
      no(`release ${release.tag} ${words.missing}`, {
        location: { path: release.apiUrl, type: 'url' },
        values: { releaseName: release.tag },
      })
    );
  });
}

/** Place and values of a finding that says yes. */
export const proof = (release: Release, assetName: string, more: Record<string, string> = {}) => ({
  location: { path: release.htmlUrl, type: 'url' as const },
  values: { releaseName: release.tag, assetName, ...more },
});
