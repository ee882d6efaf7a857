/** OSV in a folder: brought there, indexed, asked; and how affected versions are told from others. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { updateOsvDatabase } from '../src/osv-database.ts';
import { isAffected, lowestFixed, type OsvAffected } from '../src/services/osv-affected.ts';
import { folderVulnerabilities, readManifest } from '../src/services/osv-folder.ts';
import { temporaryFolder } from './support/git.ts';
import { zip } from './support/zip.ts';

const semver = (...events: object[]): OsvAffected => ({
  package: { name: 'a', ecosystem: 'npm' },
  ranges: [{ type: 'SEMVER', events }] as OsvAffected['ranges'],
});

describe('an affected version', () => {
  it.each<[string, OsvAffected, readonly string[], readonly string[]]>([
    ['from the beginning', semver({ introduced: '0' }), ['0.0.1', '99.0.0'], []],
    [
      'until it was fixed',
      semver({ introduced: '1.0.0' }, { fixed: '1.2.0' }),
      ['1.0.0', '1.1.9', '1.2.0-rc.1'],
      ['0.9.0', '1.2.0', '2.0.0'],
    ],
    [
      'to the last',
      semver({ introduced: '1.0.0' }, { last_affected: '1.2.0' }),
      ['1.0.0', '1.2.0'],
      ['1.2.1'],
    ],
    [
      'in two stretches, in whatever order',
      semver({ fixed: '2.5.0' }, { introduced: '2.0.0' }, { fixed: '1.5.0' }, { introduced: '0' }),
      ['1.0.0', '2.1.0'],
      ['1.5.0', '1.9.0', '2.5.0'],
    ],
    ['by name', { versions: ['1.0.0', '1.0.7'] }, ['1.0.7'], ['1.0.1']],
    ['not by git ranges', { ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }, [], ['1.0.0']],
    [
      'beside a git range',
      {
        ranges: [
          { type: 'GIT', events: [{ introduced: '0' }] },
          { type: 'ECOSYSTEM', events: [{ introduced: '0' }] },
        ],
      },
      ['1.0.0'],
      [],
    ],
    ['never, when nothing is said', {}, [], ['1.0.0']],
  ])('%s', (_, affected, yes, no) => {
    const test = (version: string) => isAffected(affected, { ecosystem: 'npm', name: 'a', version });
    expect(yes.filter((version) => !test(version))).toEqual([]);
    expect(no.filter(test)).toEqual([]);
  });

  it('is mended by the lowest fix above it', () => {
    const affected = [
      semver({ introduced: '0' }, { fixed: '1.10.0' }),
      semver({ introduced: '2.0.0' }, { fixed: '2.9.0' }),
    ];
    const fixed = (version: string, name = 'a') => lowestFixed(affected, { ecosystem: 'npm', name, version });
    expect([fixed('1.2.0'), fixed('2.1.0'), fixed('3.0.0'), fixed('1.0.0', 'b')]).toEqual([
      '1.10.0',
      '2.9.0',
      undefined,
      undefined,
    ]);
  });
});

const temporary = temporaryFolder();
let server: Server;
let base = '';
const asked: string[] = [];

const entry = (id: string, name: string, ecosystem: string, more: object = {}) =>
  JSON.stringify({
    id,
    aliases: [`CVE-${id}`],
    summary: `about ${name}`,
    database_specific: { severity: 'HIGH' },
    affected: [
      {
        package: { name, ecosystem },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
      },
      { package: { name: 'elsewhere', ecosystem: 'Go' }, versions: ['1.0.0'] },
    ],
    ...more,
  });

const archives: Readonly<Record<string, Buffer>> = {
  npm: zip([
    { name: 'GHSA-1.json', content: entry('GHSA-1', 'left-pad', 'npm') },
    { name: 'GHSA-2.json', content: entry('GHSA-2', 'other', 'npm') },
    {
      name: 'GHSA-3.json',
      content: entry('GHSA-3', 'left-pad', 'npm', { withdrawn: '2026-01-01T00:00:00Z' }),
    },
    { name: 'broken.json', content: '{' },
  ]),
  PyPI: zip([{ name: 'PYSEC-1.json', content: entry('PYSEC-1', 'Zope_Interface', 'PyPI:x') }]),
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const name = decodeURIComponent(request.url!.split('/')[1]!);
    asked.push(`${name} ${request.headers['if-none-match'] ?? ''}`.trim());
    const archive = archives[name];
    if (name === 'Hex') {
      response.writeHead(200, { 'content-length': '1000' }).write('PK');
      setTimeout(() => response.destroy(), 20);
    } else if (name === 'Pub') response.writeHead(200).end('<html>not a zip</html>');
    else if (archive === undefined) response.writeHead(404).end();
    else if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
    else
      response
        .writeHead(200, { etag: '"one"', 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' })
        .end(archive);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  temporary.remove();
  await new Promise((resolve) => server.close(resolve));
});

const update = (folder: string, ecosystems: string[], more: object = {}) =>
  updateOsvDatabase({
    folder,
    ecosystems,
    variables: { ASSAY_OSV_DATA_URL: base },
    userAgent: 'test',
    ...more,
  });

describe('a folder of OSV data', () => {
  const folder = join(temporary.path, 'osv');

  it('is brought and kept up to date', async () => {
    const said: unknown[] = [];
    const onDone = (...all: unknown[]) => void said.push(all);
    await update(folder, ['NPM', 'pypi'], { onDone });
    await update(folder, ['npm'], { onDone });
    expect(said).toEqual([
      ['npm', 2],
      ['PyPI', 1],
      ['npm', undefined],
    ]);
    expect(asked).toEqual(['npm', 'PyPI', 'npm "one"']);
    expect(readManifest(folder).ecosystems.npm).toEqual({
      asOf: '2026-01-01T00:00:00.000Z',
      entries: 2,
      etag: '"one"',
    });
    expect(readdirSync(folder).sort()).toEqual(['assay-osv.json', 'shards']);
  });

  it('leaves nothing behind when a download fails, and what was there stays', async () => {
    await expect(update(folder, ['Hex'])).rejects.toMatchObject({ code: 'network' });
    await expect(update(folder, ['Pub'])).rejects.toMatchObject({ code: 'target-unreadable' });
    expect(readdirSync(folder).sort()).toEqual(['assay-osv.json', 'shards']);
    expect(readdirSync(join(folder, 'shards')).sort()).toEqual(['PyPI', 'npm']);
    expect(Object.keys(readManifest(folder).ecosystems)).toEqual(['npm', 'PyPI']);
  });

  it('is brought again when its files are gone', async () => {
    rmSync(join(folder, 'shards/npm'), { recursive: true });
    const said: unknown[] = [];
    await update(folder, ['npm'], { onDone: (...all: unknown[]) => void said.push(all) });
    expect(said).toEqual([['npm', 2]]);
  });

  it('answers like the service', async () => {
    const door = folderVulnerabilities(folder);
    const found = {
      id: 'GHSA-1',
      aliases: ['CVE-GHSA-1'],
      summary: 'about left-pad',
      severity: 'HIGH',
      fixed: '2.0.0',
    };
    expect(
      await door([
        { ecosystem: 'npm', name: 'left-pad', version: '1.0.0' },
        { ecosystem: 'npm', name: 'left-pad', version: '2.0.0' },
        { ecosystem: 'npm', name: 'unheard-of', version: '1.0.0' },
        { ecosystem: 'npm', name: 'left-pad', version: '', commit: 'abc' },
        { ecosystem: 'PyPI', name: 'zope-interface', version: '1.0' },
      ]),
    ).toEqual({
      known: {
        packages: [
          [found],
          [],
          [],
          [],
          [{ ...found, id: 'PYSEC-1', aliases: ['CVE-PYSEC-1'], summary: 'about Zope_Interface' }],
        ],
        commit: [],
        asOf: '2026-01-01T00:00:00.000Z',
      },
    });
    expect(await door([{ ecosystem: 'Maven', name: 'a:b', version: '1' }])).toMatchObject({
      unknown: 'missing',
    });
    // No folder can hold these: they do not cost the answers on the others.
    expect(
      await door([
        { ecosystem: 'Debian', name: 'curl', version: '7' },
        { ecosystem: '../npm', name: 'left-pad', version: '1.0.0' },
        { ecosystem: 'npm', name: 'left-pad', version: '1.0.0' },
      ]),
    ).toMatchObject({ known: { packages: [[], [], [found]] } });
  });

  it('serves a scan without network', async () => {
    const repository = join(temporary.path, 'repository');
    mkdirSync(repository);
    const lock = {
      packages: { 'node_modules/left-pad': { version: '1.3.0' }, 'node_modules/fine': { version: '1.0.0' } },
    };
    writeFileSync(join(repository, 'package-lock.json'), JSON.stringify(lock));
    const { result } = await scanTarget(repository, {
      offline: true,
      osvDb: folder,
      checks: ['Vulnerabilities'],
    });
    expect(result.checks[0]).toMatchObject({ score: 9, adjusted: { score: 9 } });
    expect(result.checks[0]!.adjusted.details[0]).toMatchObject({
      text: 'left-pad 1.3.0 is vulnerable: https://osv.dev/GHSA-1, fixed in 2.0.0',
      location: { path: 'package-lock.json', lineStart: 1 },
    });
    const without = await scanTarget(repository, { offline: true, checks: ['Vulnerabilities'] });
    expect(without.result.checks[0]).toMatchObject({ score: -1 });
    expect(without.result.checks[0]!.error).toBeUndefined();
  });

  it('is made of files brought by other means', async () => {
    const place = join(temporary.path, 'carried');
    mkdirSync(join(place, 'npm'), { recursive: true });
    writeFileSync(join(place, 'npm/all.zip'), archives.npm!);
    await update(place, [], { offline: true });
    expect(readManifest(place).ecosystems.npm?.entries).toBe(2);
    expect(existsSync(join(place, 'npm/all.zip'))).toBe(true);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['an ecosystem nobody knows', () => update(folder, ['cobol']), 'usage'],
    ['a file that is not there', () => update(folder, ['Maven']), 'network'],
    ['a download that breaks off', () => update(folder, ['Hex']), 'network'],
    ['a download of something else', () => update(folder, ['Pub']), 'target-unreadable'],
    [
      'a server that is not there',
      () => update(folder, ['npm'], { variables: { ASSAY_OSV_DATA_URL: 'http://127.0.0.1:9' } }),
      'network',
    ],
    [
      'a place that is no folder',
      () => {
        mkdirSync(join(temporary.path, 'odd/shards'), { recursive: true });
        writeFileSync(join(temporary.path, 'odd/shards/npm.new-x'), '');
        writeFileSync(join(temporary.path, 'odd/assay-osv.json.new'), '');
        mkdirSync(join(temporary.path, 'odd/assay-osv.json'));
        return update(join(temporary.path, 'odd'), ['npm']);
      },
      'output-failed',
    ],
    [
      'a damaged file',
      () => {
        const place = join(temporary.path, 'damaged');
        mkdirSync(join(place, 'npm'), { recursive: true });
        writeFileSync(join(place, 'npm/all.zip'), archives.npm!.subarray(0, 200));
        return update(place, ['npm'], { offline: true });
      },
      'target-unreadable',
    ],
    [
      'a folder that cannot be made',
      () => {
        writeFileSync(join(temporary.path, 'file'), '');
        return update(join(temporary.path, 'file/osv'), ['npm']);
      },
      'output-failed',
    ],
    [
      'a folder of something else',
      async () => {
        const place = join(temporary.path, 'else');
        mkdirSync(place);
        writeFileSync(join(place, 'assay-osv.json'), '{}');
        return folderVulnerabilities(place)([]);
      },
      'config',
    ],
  ])('%s is told', async (_, run, code) => {
    await expect(run()).rejects.toMatchObject({ code });
  });
});
