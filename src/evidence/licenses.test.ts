import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../test/support/cpu.ts';
import { evidenceOf } from '../../test/support/tree.ts';
import { known, unknown } from '../core/index.ts';
import { approved, approvedInReference } from '../parse/licenses/approved.ts';
import { licenseNamedBy } from '../parse/licenses/name.ts';
import { referenceLicenses } from './licenses.ts';

// Scores observed with the reference on a plain folder (file-checks 6.2): 10 = approved, 9 = file only, 0 = nothing.
const vectors: Readonly<Record<10 | 9 | 0, string>> = {
  10: 'LICENSE-MIT MIT-LICENSE MIT-LICENSE.txt Apache-2.0-LICENSE.md LICENSE-Apache-2.0 LICENSES/MIT.txt LICENSES/Apache-2.0.txt UNLICENSE UNLICENSE.md 0BSD-LICENSE-GPL-2.0.txt LICENSE-BSD-3-Clause LICENSE.BSD-3-Clause.txt LICENSE.GPL-2.0-or-later EUPL-1.2-LICENSE',
  9: 'LICENSE LICENSE.md license.txt LICENCE COPYING COPYRIGHT COPYRIGHT.md PATENTS LICENSES LICENSE.rst LICENSE.docx LICENSE.html LICENSE_1_0.txt LICENSE/x mylicense my-license.md lgpl-2.1.LICENSE',
  0: 'COPYING.LESSER LICENSE.LESSER LICENSE.MIT LICENSES/foo/bar.txt GPL-3.0.txt docs/LICENSE license.yaml license.go license.py LICENSE.json licenses.csv LICENSE-3rdparty.csv copyright.h .LICENSE LicenseChecker.java OFL.txt NOTICE LICENSE.txt.in testdata/LICENSE',
};

describe('referenceLicenses by name', () => {
  for (const [score, paths] of Object.entries(vectors)) {
    it.each(paths.split(' '))(`%s gives ${score}`, async (path) => {
      const { licenses } = await evidenceOf(referenceLicenses, { [path]: 'x' });
      expect(licenses.length === 0 ? 0 : licenses[0]!.approved ? 10 : 9).toBe(Number(score));
      if (licenses.length > 0) expect(licenses[0]!.path).toBe(path);
    });
  }
  it('takes the first name only', async () => {
    const { licenses } = await evidenceOf(referenceLicenses, {
      COPYING: 'x',
      LICENSE: 'x',
      'LICENSE-MIT': 'x',
    });
    expect(licenses).toEqual([
      { path: 'COPYING', spdxId: 'NOASSERTION', name: 'Other', approved: false, source: 'builtinHeuristics' },
    ]);
  });
  it('stays linear on long names', () => {
    const start = cpuTime();
    for (const name of [
      `${'a-'.repeat(2000)}license`,
      'license'.repeat(1000),
      `LICENSE-${'1.2a'.repeat(1500)}!`,
    ])
      licenseNamedBy(name);
    expect(cpuTime() - start).toBeLessThan(5000);
  });
});

describe('referenceLicenses by forge', () => {
  const files = { 'LICENSE-MIT': 'x' };
  const ask = (license: Parameters<typeof known>[0] | object) =>
    evidenceOf(referenceLicenses, files, { facts: { license } as never });
  it('takes its word', async () => {
    const answer = await ask(known({ path: 'COPYING', spdxId: 'BSD-3-Clause', name: 'BSD 3-Clause' }));
    expect(answer.licenses).toMatchObject([{ path: 'COPYING', approved: true, source: 'repositoryAPI' }]);
  });
  it('keeps an id that nobody could tell', async () => {
    const answer = await ask(known({ path: 'LICENSE', spdxId: 'NOASSERTION', name: 'Other' }));
    expect(answer.licenses).toMatchObject([{ path: 'LICENSE', approved: false }]);
  });
  it('looks at names when there is none or it cannot tell', async () => {
    for (const license of [known(null), unknown('unsupported', 'a folder')])
      expect((await ask(license)).licenses).toMatchObject([{ path: 'LICENSE-MIT' }]);
  });
  it('says when it failed', async () => {
    expect((await ask(unknown('failed', 'broken line'))).failed).toContain('broken line');
  });
});

describe('approved licences', () => {
  it('are 200 in the reference and compared ignoring case', () => {
    expect(approvedInReference('apache-2.0')).toEqual({ id: 'Apache-2.0', name: 'Apache License 2.0' });
    expect(approvedInReference('xinetd')?.name).toBe('xinetd License');
    expect(approvedInReference('WordNet')).toBeUndefined();
    expect(approved('wordnet')?.id).toBe('WordNet');
    expect(approved('0bsd')?.id).toBe('0BSD');
    expect(approvedInReference('SSPL-1.0')).toBeUndefined();
  });
});
