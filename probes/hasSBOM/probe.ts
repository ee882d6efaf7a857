import { CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import {
  releaseSboms,
  releaseSbomsFor,
  SBOM_IMPROVEMENTS,
  sbomFiles,
  sbomFilesFor,
} from '../../src/evidence/sboms.ts';
import { releaseExample } from '../toldExamples.ts';

export const hasSBOM = defineProbe({
  id: 'hasSBOM',
  lifecycle: 'experimental',
  summary: 'Is there a software bill of materials?',
  motivation:
    'Who knows what a program is made of can tell within minutes whether a new vulnerability concerns it.',
  implementation:
    'Looks for names of CycloneDX and SPDX documents among the assets of the newest five releases and among the files at the root.',
  outcomes: {
    True: 'A bill of materials was found; one finding each.',
    False: 'None was found.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Publish an SBOM',
    steps: [
      'Let the release workflow write a CycloneDX or SPDX document and attach it to the release, e.g. `tool.cdx.json`.',
    ],
  },
  forges: ['github', 'gitlab'],
  languages: ['all'],
  needs: { releaseSboms, sbomFiles },
  improvements: SBOM_IMPROVEMENTS,
  example: releaseExample('tool.cdx.json'),
  run: ({ releaseSboms, sbomFiles }, { adopts }) => {
    if (releaseSboms.failed !== undefined) throw new CannotJudge(releaseSboms.failed);
    const found = [
      ...releaseSbomsFor(releaseSboms, adopts).map(({ url }) => ({
        path: url,
        type: 'url' as const,
        lineStart: 0,
      })),
      ...sbomFilesFor(sbomFiles, adopts).map(({ path }) => ({ path, type: 'source' as const, lineStart: 0 })),
    ];
    if (found.length === 0) return [no('no bill of materials was found')];
    return found.map((location) => yes('a bill of materials was found', { location }));
  },
});
