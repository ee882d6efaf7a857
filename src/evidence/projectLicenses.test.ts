import spdx from 'spdx-license-list/full.js';
import { describe, expect, it } from 'vitest';
import { evidenceOf, type Tree } from '../../test/support/tree.ts';
import { known } from '../core/index.ts';
import { declaredLicense } from '../parse/licenses/declared.ts';
import { licensesOfExpression, taggedLicenses } from '../parse/licenses/text.ts';
import { projectLicenses } from './projectLicenses.ts';

const text = (id: string): string => spdx[id]!.licenseText;
const mit = text('MIT').replace(
  '<year> <copyright holders>',
  '2020-2024 Somebody and others, https://example.org',
);

async function ids(tree: Tree, around = {}): Promise<string[]> {
  const { byText } = await evidenceOf(projectLicenses, tree, around);
  return byText.map(({ path, spdxId }) => `${path} ${spdxId}`);
}

describe('projectLicenses', () => {
  it.each([
    'MIT',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'ISC',
    'GPL-2.0-only',
    'GPL-3.0-only',
    'LGPL-2.1-only',
    'LGPL-3.0-only',
    'AGPL-3.0-only',
    'MPL-2.0',
    'EPL-2.0',
    'Unlicense',
    'CC0-1.0',
    '0BSD',
    'Zlib',
    'BSL-1.0',
    'JSON',
    'SSPL-1.0',
    'BUSL-1.1',
    'CC-BY-NC-4.0',
    'curl',
    'OLDAP-2.8',
    'ECL-2.0',
  ])('knows %s by its text', async (id) => {
    expect(await ids({ LICENSE: text(id) })).toEqual([`LICENSE ${id}`]);
  });
  it('looks through line breaks, comment marks and case', async () => {
    const mangled = mit.toUpperCase().replace(/\s+/g, '\r\n# ');
    expect(await ids({ 'LICENSE.md': mangled })).toEqual(['LICENSE.md MIT']);
  });
  it('takes several files, in names the reference rejects too', async () => {
    const tree = {
      'COPYING.LESSER': text('LGPL-2.1-only'),
      'LICENSE.MIT': mit,
      'LICENSES/ISC.txt': text('ISC'),
    };
    expect(await ids(tree)).toEqual([
      'COPYING.LESSER LGPL-2.1-only',
      'LICENSE.MIT MIT',
      'LICENSES/ISC.txt ISC',
    ]);
  });
  it('takes several licences of one file only when the file offers a choice', async () => {
    const both = `${mit}\n\n${text('Apache-2.0')}`;
    expect(await ids({ LICENSE: both })).toEqual(['LICENSE MIT']);
    expect(
      await ids({ LICENSE: `Licensed under either of MIT or Apache 2.0 at your option.\n\n${both}` }),
    ).toEqual(['LICENSE MIT', 'LICENSE Apache-2.0']);
  });
  it('passes over notices, placeholders, code and licences of others', async () => {
    const tree = {
      COPYRIGHT: 'Copyright 2024 Somebody. '.repeat(30),
      'LICENSE-3rdparty': mit,
      LICENSE: 'TODO',
      'license.go': mit,
      'licenses/foo.txt': mit,
      'docs/LICENSE': mit,
      PATENTS: 'We grant many patents to all users of this program, without fee. '.repeat(10),
    };
    expect(await ids(tree)).toEqual([]);
  });
  it('reads SPDX tags and short notes', async () => {
    expect(
      await ids({ COPYING: 'SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note\nsee LICENSES' }),
    ).toEqual(['COPYING GPL-2.0']);
    expect(await ids({ LICENSE: 'Licensed under the Apache License, Version 2.0' })).toEqual([
      'LICENSE Apache-2.0',
    ]);
  });
  it('says when a text is none of the list', async () => {
    const own =
      'You may look at this program on Sundays but never run it without asking its author first, who will answer within the year, or not at all, as the weather and the mood of the day may suggest.';
    expect(await ids({ LICENSE: own })).toEqual(['LICENSE NOASSERTION']);
  });
  it('leaves a copyright notice out beside a licence', async () => {
    const note = 'Licensed under the Apache License, Version 2.0';
    expect(await ids({ 'COPYRIGHT.txt': note, LICENSE: text('Apache-2.0') })).toEqual(['LICENSE Apache-2.0']);
    expect(await ids({ 'COPYRIGHT.txt': note })).toEqual(['COPYRIGHT.txt Apache-2.0']);
  });
  it('takes the word of the forge for what it cannot see', async () => {
    const license = known({ path: 'docs/LICENSE', spdxId: 'EPL-2.0', name: 'Eclipse' });
    expect(await ids({}, { facts: { license } })).toEqual(['docs/LICENSE EPL-2.0']);
    expect(await ids({ LICENSE: mit }, { facts: { license } })).toEqual(['LICENSE MIT']);
  });
});

describe('declared licences', () => {
  it.each([
    ['package.json', '{"name": "x", "license": "(MIT OR Apache-2.0)"}', ['MIT', 'Apache-2.0']],
    ['package.json', '{"license": "SEE LICENSE IN LICENSE.md"}', []],
    ['cargo.toml', '[package]\nname = "x"\nlicense = "MIT/Apache-2.0"\n', ['MIT', 'Apache-2.0']],
    ['pyproject.toml', '[project]\nlicense = {text = "BSD-3-Clause"}\n', ['BSD-3-Clause']],
    ['x.gemspec', "s.license = 'MIT'\n", ['MIT']],
  ])('%s %s', (name, manifest, expected) => {
    expect(licensesOfExpression(declaredLicense(name, manifest) ?? '')).toEqual(expected);
  });
  it('leaves exceptions out', () => {
    expect(licensesOfExpression('GPL-2.0-or-later WITH Classpath-exception-2.0 AND MIT')).toEqual([
      'GPL-2.0-or-later',
      'MIT',
    ]);
    expect(taggedLicenses('// SPDX-License-Identifier: MIT */\n# SPDX-License-Identifier: ISC')).toEqual([
      'MIT',
      'ISC',
    ]);
  });
});
