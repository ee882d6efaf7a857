import { defineProbe, isKnown, required, yes } from '../../src/core/index.ts';
import { releases } from '../../src/evidence/facts.ts';
import { releaseProofs } from '../../src/evidence/releaseProofs.ts';
import { findProofs, proof, RELEASE_IMPROVEMENTS, releasesThatCount } from '../releases.ts';
import { releaseExample } from '../toldExamples.ts';

const SLSA = 'https://slsa.dev/provenance/';

export const releasesHaveProvenance = defineProbe({
  id: 'releasesHaveProvenance',
  lifecycle: 'stable',
  summary: 'Do releases come with provenance?',
  motivation:
    'Provenance tells which source and which build a file was made from, signed by the builder. A file built elsewhere from other source stands out.',
  implementation:
    'Looks at the last five releases, leaving out those without files, for a file whose name ends in `.intoto.jsonl`. Provenance is not checked.',
  outcomes: {
    True: 'The release has provenance; one finding per release.',
    False: 'The release has none.',
    NotApplicable: 'There is no release with files.',
  },
  remediation: {
    on: 'False',
    effort: 'Medium',
    act: 'Publish provenance with releases',
    steps: [
      'Build releases such as {value:releaseName} in a workflow that writes SLSA provenance: the SLSA GitHub generator, or the action that attests build provenance.',
    ],
  },
  forges: ['github', 'gitlab'],
  needs: { releases, releaseProofs },
  improvements: RELEASE_IMPROVEMENTS,
  example: releaseExample('tool.tar.gz.intoto.jsonl'),
  run: ({ releases, releaseProofs }, view) => {
    const counted = releasesThatCount(required(releases, 'releases'), view);
    const proofs = view.adopts('forge-attestations') && isKnown(releaseProofs) ? releaseProofs.known : [];
    const words = { found: 'provenance of a release', missing: 'has no provenance' };
    return findProofs(counted, ['.intoto.jsonl'], words, (release) => {
      const attested = proofs.find(
        (one) => one.tag === release.tag && one.predicates.some((predicate) => predicate.startsWith(SLSA)),
      );
      return (
        attested &&
        yes(
          `the forge keeps provenance of ${attested.asset}`,
          proof(release, attested.asset, { proof: 'attestation' }),
        )
      );
    });
  },
});
