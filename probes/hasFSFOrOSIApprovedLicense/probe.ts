import { CannotJudge, defineProbe, no, notApplicable, yes } from '../../src/core/index.ts';
import { referenceLicenses } from '../../src/evidence/licenses.ts';
import { projectLicenses } from '../../src/evidence/projectLicenses.ts';

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
    act: 'Use an approved licence',
    steps: [
      'Use the unchanged text of an approved licence, so that it is recognised, or name the file after its SPDX id, e.g. `LICENSE-MIT`.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referenceLicenses, projectLicenses },
  improvements: {
    'by-text': {
      what: 'Licences are recognised by their text and SPDX tags, in all licence files; notices and empty files are none.',
      why: 'Forges and file names often cannot tell a standard licence, and name only one of several (ossf/scorecard#3441, #4347, #3869, #3279).',
    },
    'declared-license': {
      what: 'Where a licence file is none of the known texts, the expression that the package manifest declares counts.',
      why: 'Package registries and tools take the licence from there (ossf/scorecard#4031).',
    },
  },
  example: {
    path: 'LICENSE',
    before: 'All rights reserved. For evaluation only.\n',
    after: 'SPDX-License-Identifier: Apache-2.0\n',
  },
  run: ({ referenceLicenses: { licenses, failed }, projectLicenses: { byText, declared } }, { adopts }) => {
    if (failed !== undefined && !adopts('by-text')) throw new CannotJudge(failed);
    const found = adopts('by-text') ? byText : licenses;
    if (found.length === 0) return [notApplicable('there is no licence to look at')];
    const named = found.filter((one) => one.approved);
    const counting =
      named.length === 0 && adopts('declared-license') ? declared.filter((one) => one.approved) : named;
    const [license] = counting;
    if (license === undefined) {
      const { path } = found[0]!;
      const text = `${path}: use the unchanged text of an approved licence, so that it is recognised, or name the file after its SPDX id, e.g. LICENSE-MIT`;
      return [
        no(
          'no licence is known to be approved by the FSF or the OSI',
          path === '' ? {} : { remedy: { text } },
        ),
      ];
    }
    const names = adopts('by-text')
      ? [...new Set(counting.map(({ name }) => name))].join(', ')
      : license.name;
    return [
      yes(`approved licence: ${names}`, {
        location: { path: license.path, type: 'source', lineStart: 0 },
      }),
    ];
  },
});
