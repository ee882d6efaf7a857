import { CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import { referenceLicenses } from '../../src/evidence/licenses.ts';

/** The reference's list, compared letter by letter (file-checks 6.4). */
const PERMISSIVE: ReadonlySet<string> = new Set(
  'Unlicense Beerware Apache-2.0 MIT 0BSD BSD-1-Clause BSD-2-Clause BSD-3-Clause BSD-4-Clause APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0 ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 Fair FSFAP WTFPL Zlib CNRI-Python ISC Intel'.split(
    ' ',
  ),
);

export const hasPermissiveLicense = defineProbe({
  id: 'hasPermissiveLicense',
  lifecycle: 'stable',
  summary: 'Is the licence permissive?',
  motivation:
    'A permissive licence lets a component be used in works under other terms; a copyleft licence may oblige its users to publish their own source.',
  implementation: 'Compares the SPDX id of the licence with a list of permissive licences.',
  outcomes: {
    True: 'A permissive licence was found.',
    False: 'There is no licence, or none that is known to be permissive.',
  },
  remediation: {
    on: 'False',
    effort: 'High',
    steps: ['Relicense the project, or leave the component out where its terms do not fit.'],
  },
  forges: ['github', 'gitlab', 'local'],
  needs: { referenceLicenses },
  run: ({ referenceLicenses: { licenses, failed } }) => {
    if (failed !== undefined) throw new CannotJudge(failed);
    if (licenses.length === 0) return [no('there is no licence to look at')];
    const license = licenses.find((one) => PERMISSIVE.has(one.spdxId));
    if (license === undefined) return [no('')]; // the reference says nothing here either (file-checks 6.4)
    return [
      yes(license.name, {
        location: { path: license.path, type: 'source', lineStart: 0, lineEnd: 0, snippet: '' },
      }),
    ];
  },
});
