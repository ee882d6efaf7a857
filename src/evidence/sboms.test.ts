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
    expect(await evidenceOf(sbomFiles, { [path]: '' })).toEqual([]);
  });
});

describe('releaseSboms', () => {
  const release = (...names: string[]) =>
    ({ assets: names.map((name) => ({ name, url: `https://x/${name}` })) }) as unknown as Release;
  const asked = (releases: unknown) => evidenceOf(releaseSboms, {}, { facts: { releases } as never });
  it('takes the first of each of the newest five', async () => {
    const none = release('a.tar.gz');
    const found = await asked(
      known([release('x', 'a.spdx', 'b.spdx'), none, none, none, release('c.cdx.json'), release('d.spdx')]),
    );
    expect(found.sboms.map(({ name }) => name)).toEqual(['a.spdx', 'c.cdx.json']);
  });
  it('knows nothing of folders and says when listing failed', async () => {
    expect(await asked(unknown('unsupported', 'a folder'))).toEqual({ sboms: [] });
    expect((await asked(unknown('failed', 'no line'))).failed).toContain('no line');
  });
});
