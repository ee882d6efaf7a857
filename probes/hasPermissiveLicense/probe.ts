import { CannotJudge, defineProbe, no, yes } from '../../src/core/index.ts';
import { referenceLicenses } from '../../src/evidence/licenses.ts';
import { projectLicenses } from '../../src/evidence/projectLicenses.ts';

/** The reference's list, compared letter by letter (file-checks 6.4). */
const PERMISSIVE: ReadonlySet<string> = new Set(
  'Unlicense Beerware Apache-2.0 MIT 0BSD BSD-1-Clause BSD-2-Clause BSD-3-Clause BSD-4-Clause APSL-1.0 APSL-1.1 APSL-1.2 APSL-2.0 ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 Fair FSFAP WTFPL Zlib CNRI-Python ISC Intel'.split(
    ' ',
  ),
);

/** Permissive too, lower-cased. */
const MORE: ReadonlySet<string> = new Set(
  [
    ...PERMISSIVE,
    ...'MIT-0 BSL-1.0 BlueOak-1.0.0 PostgreSQL Python-2.0 PSF-2.0 CC0-1.0 UPL-1.0 NCSA X11 MS-PL Apache-1.1 AFL-3.0 HPND NTP Unicode-3.0 Unicode-DFS-2016 BSD-3-Clause-Clear BSD-2-Clause-Patent MulanPSL-2.0 Ruby curl zlib-acknowledgement libpng-2.0 ICU W3C OLDAP-2.8 PHP-3.01 TCL Xnet'.split(
      ' ',
    ),
  ].map((id) => id.toLowerCase()),
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
    act: 'Choose a permissive licence',
    steps: ['Relicense the project, or leave the component out where its terms do not fit.'],
  },
  forges: ['github', 'gitlab', 'local'],
  needs: { referenceLicenses, projectLicenses },
  improvements: {
    'by-text': {
      what: 'Licences are recognised by their text and SPDX tags, in all licence files; notices and empty files are none.',
      why: 'Forges and file names often cannot tell a standard licence, and name only one of several (ossf/scorecard#3441, #4347, #3869, #3279).',
    },
    'more-permissive': {
      what: 'Ids are compared ignoring case, with a longer list of permissive licences.',
      why: 'MIT-0, BSL-1.0, BlueOak-1.0.0, PostgreSQL, CC0-1.0 and others grant the same freedom.',
    },
  },
  example: {
    path: 'LICENSE',
    before: 'SPDX-License-Identifier: GPL-3.0-only\n',
    after: 'SPDX-License-Identifier: Apache-2.0\n',
  },
  run: ({ referenceLicenses: { licenses, failed }, projectLicenses: { byText } }, { adopts }) => {
    if (failed !== undefined && !adopts('by-text')) throw new CannotJudge(failed);
    const found = adopts('by-text') ? byText : licenses;
    if (found.length === 0) return [no('there is no licence to look at')];
    const isPermissive = (id: string) =>
      adopts('more-permissive') ? MORE.has(id.toLowerCase()) : PERMISSIVE.has(id);
    const license = found.find((one) => isPermissive(one.spdxId));
    if (license === undefined) return [no('')]; // the reference says nothing here either (file-checks 6.4)
    return [
      yes(license.name, {
        location: { path: license.path, type: 'source', lineStart: 0, lineEnd: 0, snippet: '' },
      }),
    ];
  },
});
