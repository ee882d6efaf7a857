import { type Answer, ask, isKnown, known, type Release, type ReleaseAsset } from '../core/index.ts';
import { releases } from './facts.ts';

/** How many releases count, and how far into the list they are looked for. Reference: api-checks 10. */
export const RELEASE_WINDOW = 5;

/** What the forge attests about a release, by one of its files. */
export interface ReleaseProof {
  readonly tag: string;
  readonly asset: string;
  readonly predicates: readonly string[];
}

/** Signatures, certificates and provenance of other files. */
const PROOF = /\.(?:asc|minisig|sig|sign|sigstore|sigstore\.json|intoto\.jsonl|jsonl|pem|crt)$/i;

/** Checksums, texts and bills of materials. */
const DESCRIPTION =
  /(?:checksums|sha\d+sums?)[^/]*$|\.(?:sha\d+(?:sums?)?|md5|txt|md|spdx|cdx|sbom|(?:spdx|cdx|sbom)\.(?:json|xml|ya?ml|rdf|rdf\.xml))$/i;

/** Does the file only describe others? */
export const isDescription = ({ name }: ReleaseAsset): boolean => DESCRIPTION.test(name.slice(-200));

/** A file that is made to be used, not to prove or describe another one. */
export const isProduct = (asset: ReleaseAsset): boolean =>
  !PROOF.test(asset.name.slice(-200)) && !isDescription(asset);

/** The file of a release to ask about: the first product with a digest; none where provenance lies beside it. */
function sampleOf({ assets }: Release): ReleaseAsset | undefined {
  if (assets.some(({ name }) => name.endsWith('.intoto.jsonl'))) return undefined;
  return assets.find((asset) => asset.digest !== undefined && isProduct(asset));
}

/**
 * Attestations of the published releases of the window. The newest release is asked about first; where the forge knows
 * nothing of it the others are not asked about, so that projects which attest nothing cost one request.
 */
export const releaseProofs = ask({
  id: 'releaseProofs',
  version: 1,
  needs: { releases },
  ask: async ({ releases }, doors): Promise<Answer<readonly ReleaseProof[]>> => {
    if (!isKnown(releases)) return releases;
    const asked = releases.known
      .filter((release) => !release.draft)
      .slice(0, RELEASE_WINDOW)
      .flatMap((release) => {
        const asset = sampleOf(release);
        return asset === undefined ? [] : [{ tag: release.tag, asset }];
      });
    const proofs: ReleaseProof[] = [];
    for (const part of [asked.slice(0, 1), asked.slice(1)]) {
      if (part.length === 0) break;
      const answer = await doors.attestations(part.map(({ asset }) => asset.digest!));
      if (!isKnown(answer)) return answer;
      for (const { tag, asset } of part) {
        const predicates = answer.known.find((one) => one.digest === asset.digest)?.predicates ?? [];
        if (predicates.length > 0) proofs.push({ tag, asset: asset.name, predicates });
      }
      if (proofs.length === 0) break;
    }
    return known(proofs);
  },
});
