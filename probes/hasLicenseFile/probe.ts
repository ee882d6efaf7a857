import { CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import { referenceLicenses } from '../../src/evidence/licenses.ts';

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
    steps: [
      'Choose a licence and put its text into a file called `LICENSE` at the root of the repository.',
      'If several licences apply, put each into `LICENSES/` under its SPDX id, e.g. `LICENSES/Apache-2.0.txt`.',
    ],
  },
  forges: ['github', 'gitlab', 'local'],
  languages: ['all'],
  needs: { referenceLicenses },
  run: ({ referenceLicenses: { licenses, failed } }) => {
    if (failed !== undefined) throw new CannotJudge(failed);
    if (licenses.length === 0) return [no('no licence file was found')];
    return licenses.map(({ path }) =>
      yes('a licence file was found', { location: { path, type: 'source', lineStart: 0 } }),
    );
  },
});
