import { defineProbe, isKnown, required, yes } from '../../src/core/index.ts';
import { releases } from '../../src/evidence/facts.ts';
import { releaseProofs } from '../../src/evidence/releaseProofs.ts';
import { findProofs, proof, RELEASE_IMPROVEMENTS, releasesThatCount } from '../releases.ts';
import { releaseExample } from '../toldExamples.ts';

const ENDINGS = ['.asc', '.minisig', '.sig', '.sign', '.sigstore', '.sigstore.json'];

export const releasesAreSigned = defineProbe({
  id: 'releasesAreSigned',
  lifecycle: 'stable',
  summary: 'Are the files of releases signed?',
  motivation:
    'A signature lets users find out whether a file is the one the project made, wherever they got it from.',
  implementation:
    'Looks at the last five releases, leaving out those without files, for a file whose name ends in `.asc`, `.minisig`, `.sig`, `.sign`, `.sigstore` or `.sigstore.json`. Signatures are not checked.',
  outcomes: {
    True: 'The release has a signature; one finding per release.',
    False: 'The release has none.',
    NotApplicable: 'There is no release with files.',
  },
  remediation: {
    on: 'False',
    effort: 'Medium',
    act: 'Sign releases',
    steps: [
      'Sign the files of release {value:releaseName}, e.g. with `cosign sign-blob`, minisign or GnuPG, and publish the signatures beside them.',
      'Or attest them in the workflow that builds them and publish immutable releases.',
    ],
  },
  forges: ['github', 'gitlab'],
  needs: { releases, releaseProofs },
  improvements: {
    ...RELEASE_IMPROVEMENTS,
    'immutable-releases': {
      what: 'A release that was published as immutable counts as signed.',
      why: 'Its files cannot be exchanged, and the forge signs a record of their digests (ossf/scorecard#4823, #5002).',
    },
  },
  example: releaseExample('tool.tar.gz.sigstore.json'),
  run: ({ releases, releaseProofs }, view) => {
    const counted = releasesThatCount(required(releases, 'releases'), view);
    const proofs = view.adopts('forge-attestations') && isKnown(releaseProofs) ? releaseProofs.known : [];
    const words = { found: 'signed release file', missing: 'has no signed file' };
    return findProofs(counted, ENDINGS, words, (release) => {
      const attested = proofs.find((one) => one.tag === release.tag);
      if (attested !== undefined)
        return yes(
          `the forge attests ${attested.asset}`,
          proof(release, attested.asset, { proof: 'attestation' }),
        );
      if (release.immutable !== true || !view.adopts('immutable-releases')) return undefined;
      const [asset] = release.assets;
      return yes(`release ${release.tag} is immutable`, proof(release, asset!.name, { proof: 'immutable' }));
    });
  },
});
