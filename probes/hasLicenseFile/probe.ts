import { CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import { referenceLicenses } from '../../src/evidence/licenses.ts';
import { projectLicenses } from '../../src/evidence/projectLicenses.ts';

export const hasLicenseFile = defineProbe({
  id: 'hasLicenseFile',
  lifecycle: 'stable',
  summary: 'Is there a licence file?',
  motivation:
    'Without a licence nobody may use, change or pass on the code, and nobody may publish a security fix for it either.',
  implementation:
    'Takes the word of the forge where it names a licence. Otherwise looks for a file at the root, or in a folder such as `LICENSES/`, whose name says that it is a licence.',
  outcomes: {
    True: 'A licence was found; one finding per file.',
    False: 'No licence was found.',
  },
  remediation: {
    on: 'False',
    effort: 'Low',
    act: 'Add a licence',
    steps: [
      'Choose a licence that the FSF or the OSI approved, and put its text into a file called `LICENSE` at the root of the repository.',
      'If several licences apply, put each into `LICENSES/` under its SPDX id, e.g. `LICENSES/Apache-2.0.txt`.',
    ],
    opens: ['hasFSFOrOSIApprovedLicense'],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referenceLicenses, projectLicenses },
  improvements: {
    'by-text': {
      what: 'Licences are recognised by their text and SPDX tags, in all licence files; notices and empty files are none.',
      why: 'Forges and file names often cannot tell a standard licence, and name only one of several (ossf/scorecard#3441, #4347, #3869, #3279).',
    },
  },
  example: {
    path: 'LICENSE',
    before: '',
    after: 'SPDX-License-Identifier: Apache-2.0\n',
  },
  run: ({ referenceLicenses: { licenses, failed }, projectLicenses: { byText } }, { adopts }) => {
    if (failed !== undefined && !adopts('by-text')) throw new CannotJudge(failed);
    const found = adopts('by-text') ? byText : licenses;
    if (found.length === 0) return [no('no licence file was found')];
    return [...Map.groupBy(found, ({ path }) => path)].map(([path, group]) =>
      yes('a licence file was found', {
        location: { path, type: 'source', lineStart: 0 },
        ...(adopts('by-text') ? { values: { spdxId: group.map(({ spdxId }) => spdxId).join(', ') } } : {}),
      }),
    );
  },
});
