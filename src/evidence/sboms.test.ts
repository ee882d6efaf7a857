import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../test/support/tree.ts';
import { known, type Release, unknown } from '../core/index.ts';
import { releaseSboms, sbomFiles } from './sboms.ts';

// Observed with the reference (file-checks 10.1).
const hits =
  'a.cdx.json a.CDX.xml a.spdx a.spdx.json a.spdx.rdf.xml a.spdx.yml a.spdx.txt a.spdxfoo a.spdx.json.sig a.cdxXjson';
const misses = 'bom.json bom.xml sbom.json x.cyclonedx.json sub/a.spdx.json .a.spdx .spdx spdx.json';

describe('sbomFiles', () => {
  it.each(hits.split(' '))('%s', async (path) => {
    expect(await evidenceOf(sbomFiles, { [path]: '' })).toEqual([{ path }]);
  });
  it.each(misses.split(' '))('not %s', async (path) => {
    const found = await evidenceOf(sbomFiles, { [path]: '' });
    expect(found.filter(({ beyond }) => !beyond)).toEqual([]);
  });
});

describe('sbomFiles beyond the reference', () => {
  it.each([
    ['bom.json', '{"$schema": "x", "bomFormat": "CycloneDX"}', 'CycloneDX'],
    [
      'sbom/app.cdx.xml',
      '<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.5">',
      'CycloneDX',
    ],
    ['sbom.spdx', 'SPDXVersion: SPDX-2.3\n', 'SPDX'],
    ['a.spdx.yml', 'spdxVersion: SPDX-2.3\n', 'SPDX'],
    ['tool-sbom.json', '{"spdxVersion": "SPDX-2.3"}', 'SPDX'],
    ['a.spdx.json', '{"hello": 1}', undefined],
    ['a.spdx.json.sig', 'SPDXVersion: x', undefined],
  ])('%s', async (path, text, format) => {
    const [found] = await evidenceOf(sbomFiles, { [path]: text });
    expect(found?.format).toBe(format);
  });
});

describe('releaseSboms', () => {
  const release = (...names: string[]) =>
    ({
      htmlUrl: 'https://x/release',
      assets: names.map((name) => ({ name, url: `https://x/${name}` })),
    }) as unknown as Release;
  const asked = (releases: unknown) => evidenceOf(releaseSboms, {}, { facts: { releases } as never });
  it('takes the first of each of the newest five', async () => {
    const none = release('a.tar.gz');
    const found = await asked(
      known([release('x', 'a.spdx', 'b.spdx'), none, none, none, release('c.cdx.json'), release('d.spdx')]),
    );
    expect(found.sboms.map(({ name }) => name)).toEqual(['a.spdx', 'c.cdx.json']);
    expect(found.sboms[0]!.url).toBe('https://x/release');
    expect(found.latest[0]!.url).toBe('https://x/a.spdx');
    expect(found.latest.map(({ name }) => name)).toEqual(['a.spdx', 'b.spdx']);
  });
  it('knows nothing of folders and says when listing failed', async () => {
    expect(await asked(unknown('unsupported', 'a folder'))).toEqual({ sboms: [], latest: [] });
    expect((await asked(unknown('failed', 'no line'))).failed).toContain('no line');
  });
});
