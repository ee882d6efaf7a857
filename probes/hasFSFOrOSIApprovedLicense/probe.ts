import { CannotJudge, defineProbe, no, notApplicable, yes } from '../../src/core/index.ts';
import { referenceLicenses } from '../../src/evidence/licenses.ts';

export const hasFSFOrOSIApprovedLicense = defineProbe({
  id: 'hasFSFOrOSIApprovedLicense',
  lifecycle: 'stable',
  summary: 'Is the licence approved by the FSF or the OSI?',
  motivation:
    'A licence that the Free Software Foundation or the Open Source Initiative has examined can be judged by its name; any other has to be read by a lawyer first.',
  implementation:
    'Compares the SPDX id of the licence, as told by the forge or by the name of the licence file, with the list of licences the FSF calls free or the OSI approved.',
  outcomes: {
    True: 'An approved licence was found.',
    False: 'There is a licence, but none that is known to be approved.',
    NotApplicable: 'There is no licence.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    steps: [
      'Use the unchanged text of an approved licence, so that it is recognised, or name the file after its SPDX id, e.g. `LICENSE-MIT`.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referenceLicenses },
  run: ({ referenceLicenses: { licenses, failed } }) => {
    if (failed !== undefined) throw new CannotJudge(failed);
    if (licenses.length === 0) return [notApplicable('there is no licence to look at')];
    const license = licenses.find((one) => one.approved);
    if (license === undefined) return [no('no licence is known to be approved by the FSF or the OSI')];
    return [
      yes(`approved licence: ${license.name}`, {
        location: { path: license.path, type: 'source', lineStart: 0 },
      }),
    ];
  },
});
