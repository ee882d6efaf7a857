import { CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import { releaseSboms, releaseSbomsFor, SBOM_IMPROVEMENTS } from '../../src/evidence/sboms.ts';
import { releaseExample } from '../toldExamples.ts';

export const hasReleaseSBOM = defineProbe({
  id: 'hasReleaseSBOM',
  lifecycle: 'experimental',
  summary: 'Do releases come with a software bill of materials?',
  motivation:
    'Users of a release need to know what went into that release; a document in the source tree may describe another state.',
  implementation:
    'Looks for names of CycloneDX and SPDX documents among the assets of the newest five releases.',
  outcomes: {
    True: 'A release has a bill of materials; one finding per release.',
    False: 'None of them has.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Attach an SBOM to each release',
    steps: [
      'Let the release workflow write a CycloneDX or SPDX document and attach it to the release, e.g. `tool.cdx.json`.',
    ],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { releaseSboms },
  improvements: SBOM_IMPROVEMENTS,
  example: releaseExample('tool.cdx.json'),
  run: ({ releaseSboms }, { adopts }) => {
    if (releaseSboms.failed !== undefined) throw new CannotJudge(releaseSboms.failed);
    const sboms = releaseSbomsFor(releaseSboms, adopts);
    if (sboms.length === 0) return [no('no release with a bill of materials was found')];
    return sboms.map(({ name, url }) =>
      yes('a release comes with a bill of materials', {
        location: { path: url, type: 'url', lineStart: 0 },
        values: { assetName: name, assetURL: url },
      }),
    );
  },
});
