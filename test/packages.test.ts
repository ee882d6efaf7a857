/** From packages to repositories: deps.dev first, then the registry the user's client is set to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork } from '../src/network.ts';
import { readPackage } from '../src/services/packages/package-name.ts';
import {
  readDirectory,
  readSource,
  SOURCE_HOSTS,
  sourceName,
} from '../src/services/packages/source-address.ts';
import { assay, ensureBuilt, temporaryFolder } from './support/command-line.ts';
import { type Simulator, startSimulator } from './support/sim/index.ts';
import { simNetwork, variablesFor } from './support/simNetwork.ts';

const data = join(import.meta.dirname, '../testdata');
const registries = 'npm=npm.example,pypi=pypi.example,rubygems=gems.example,nuget=nuget.example';
let sim: Simulator;

beforeAll(async () => {
  sim = await startSimulator({ scenarios: [join(data, 'targets')], registries });
});
afterEach(() => sim.reset());
afterAll(() => sim.close());

async function find(text: string, variables: Record<string, string> = {}) {
  const network = simNetwork(sim, { HOME: '/nowhere', ...variables });
  try {
    return await network.findSource(text);
  } finally {
    await network.close();
  }
}

describe('addresses of sources', () => {
  it.each([
    ['https://github.com/o/r', 'github.com/o/r'],
    ['HTTPS://www.GitHub.com/o/r.git', 'github.com/o/r'],
    ['git+https://github.com/o/r.git#main', 'github.com/o/r'],
    ['git://github.com/o/r.git', 'github.com/o/r'],
    ['git+ssh://git@github.com/o/r.git', 'github.com/o/r'],
    ['ssh://git@github.com/o/r.git', 'github.com/o/r'],
    ['git@github.com:o/r.git', 'github.com/o/r'],
    ['scm:git:git@github.com:o/r.git', 'github.com/o/r'],
    ['scm:https://github.com/o/r', 'github.com/o/r'],
    ['github:o/r', 'github.com/o/r'],
    ['gitlab:g/r', 'gitlab.com/g/r'],
    ['bitbucket:o/r', 'bitbucket.org/o/r'],
    ['o/r', 'github.com/o/r'],
    ['github.com/o/r', 'github.com/o/r'],
    ['https://github.com/o/r/issues/3', 'github.com/o/r'],
    ['https://user:pass@github.com/o/r', 'github.com/o/r'],
    ['https://o.github.io/r/docs', 'github.com/o/r'],
    ['https://gitlab.com/g/sub/r', 'gitlab.com/g/sub/r'],
    ['https://gitlab.com/g/sub/r/-/tree/main/x', 'gitlab.com/g/sub/r', 'x'],
    ['https://github.com/o/r/tree/main/packages/core', 'github.com/o/r', 'packages/core'],
  ])('%s is %s', (text, name, directory = undefined as string | undefined) => {
    const found = readSource(text, SOURCE_HOSTS, true)!;
    expect([sourceName(found), found.directory]).toEqual([name, directory]);
  });

  it.each([
    '',
    'github',
    'gist:abc',
    'https://github.com/o',
    'https://github.com/sponsors/o',
    'https://evil.example/o/r',
    'https://github.com.evil.example/o/r',
    'https://evil.example/https://github.com/o/r',
    'http://169.254.169.254/o/r',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://github.com/../../etc',
    'https://github.com/o/..',
    'https://o.github.io/',
    'ext::sh -c x',
    '--upload-pack=x',
    `https://github.com/o/${'r'.repeat(3000)}`,
  ])('%s is none', (text) => {
    expect(readSource(text, SOURCE_HOSTS, true)).toBeUndefined();
  });

  it.each([
    ['packages/core', 'packages/core'],
    ['./a//b/', 'a/b'],
    ['../x', undefined],
    ['a\u001bb', undefined],
    ['', undefined],
    [{}, undefined],
  ])('folder %s is %s', (value, wanted) => {
    expect(readDirectory(value)).toBe(wanted);
  });
});

describe('names of packages', () => {
  it.each([
    ['npm:left', 'npm', 'left', undefined],
    ['npm:@a/b', 'npm', '@a/b', undefined],
    ['npm:@a/b@1.2.3', 'npm', '@a/b', '1.2.3'],
    ['pypi:Zope.Interface==5', 'pypi', 'zope-interface', '5'],
    ['pkg:npm/%40a/b@1.0.0', 'npm', '@a/b', '1.0.0'],
    ['pkg:maven/g.h/a@1', 'maven', 'g.h:a', '1'],
    ['pkg:golang/x.example/y/z', 'golang', 'x.example/y/z', undefined],
    ['pkg:composer/v/p', 'composer', 'v/p', undefined],
    ['pkg:gem/x@1', 'gem', 'x', '1'],
  ])('%s', async (text, type, name, version) => {
    expect(await readPackage(text)).toEqual({ package: { type, name, ...(version && { version }) } });
  });

  it.each([
    'npm:',
    'npm:../x',
    'npm:a b',
    'npm:a@../1',
    'pkg:',
    'pkg:npm',
    'pkg:docker/x',
    `npm:${'x'.repeat(600)}`,
  ])('%s is a usage error', async (text) => {
    await expect(readPackage(text)).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('deps.dev', () => {
  it.each([
    [
      'npm:@packers/core',
      'npm package @packers/core 2.0.0 is made from packages/core of github.com/Packers/Mono',
    ],
    ['npm:@packers/core@1.0.0', '@packers/core 1.0.0 is made from github.com/packers/mono'],
    ['npm:proven', 'as its attested build says'],
    ['pypi:Pack_er', 'nobody has verified'],
    ['gem:packer', 'github.com/packers/mono'],
    ['nuget:Packer.Net', 'github.com/packers/mono'],
    ['pkg:maven/org.packers/mono', 'github.com/packers/mono'],
    ['pkg:cargo/packer', 'github.com/packers/mono'],
    ['pkg:golang/packers.example/mono', 'as its attested build says'],
    ['pkg:golang/github.com/packers/mono/v2', 'as its module path says'],
    ['pkg:github/packers/mono', 'as the package URL says'],
    ['pkg:generic/x?vcs_url=git%2Bhttps://github.com/packers/mono.git%40abc', 'as the package URL says'],
  ])('%s: %s', async (text, told) => {
    const found = await find(text);
    expect(found.repository.toLowerCase()).toBe('github.com/packers/mono');
    expect(found.told).toContain(told);
  });

  it.each([
    [
      'npm:torn',
      'target-not-found',
      'several repositories (github.com/packers/mono, gitlab.com/packers/other)',
    ],
    ['npm:silent', 'target-not-found', 'names no repository on a known host'],
    ['npm:inward', 'target-not-found', 'names no repository on a known host'],
    ['npm:never-was', 'target-not-found', 'npm_config_registry'],
    ['npm:@packers/core@9', 'target-not-found', '@packers/core 9 is not known'],
    ['pkg:cargo/never-was', 'target-not-found', 'cargo package never-was is not known'],
    ['pkg:composer/never/was', 'target-not-found', "Composer's config.json"],
  ])('%s: %s, %s', async (text, code, message) => {
    await expect(find(text)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('that cannot be reached is told', async () => {
    await expect(find('npm:x', { ASSAY_DEPS_DEV_URL: 'http://127.0.0.1:9' })).rejects.toMatchObject({
      code: 'network',
    });
  });
});

describe("the registry of the user's own client", () => {
  async function through(
    text: string,
    files: Readonly<Record<string, string>>,
    more: Record<string, string> = {},
  ) {
    using home = temporaryFolder(files);
    const variables = { ...sim.environment({ proxy: true }), HOME: home.path, ...more };
    const network = openNetwork({ variables, userAgent: 'assay/test', cache: false });
    try {
      return (await network.findSource(text)).repository;
    } finally {
      await network.close();
    }
  }

  it.each([
    ['npm:@own/thing', { '.npmrc': '; mine\n@own:registry = https://npm.example/\n' }, {}],
    ['npm:@own/thing', {}, { npm_config_registry: 'https://npm.example' }],
    [
      'pypi:own_thing',
      { '.config/pip/pip.conf': '[global]\nindex-url = https://pypi.example/simple/\n' },
      {},
    ],
    ['pypi:own-thing', {}, { PIP_INDEX_URL: 'https://me:secret@pypi.example/simple' }],
    ['gem:own-thing', { '.gemrc': '---\n:sources:\n- https://gems.example/\n' }, {}],
    [
      'nuget:Own.Thing',
      {
        '.nuget/NuGet/NuGet.Config':
          '<configuration><packageSources><add key="a" value="https://nuget.example/v3/index.json" protocolVersion="3" /></packageSources></configuration>',
      },
      {},
    ],
  ])('%s by %j %j', async (text, files, more) => {
    expect(await through(text, files, more)).toBe('github.com/packers/mono');
    const asked = sim.requests().filter((request) => request.host.endsWith('.example'));
    expect(asked.length).toBeGreaterThan(0);
  });

  it('is not asked where deps.dev has told enough, and does not settle what is torn', async () => {
    await expect(
      through('npm:torn', {}, { npm_config_registry: 'https://npm.example' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('several'),
    });
    expect(sim.requests().filter((request) => request.host === 'npm.example')).toEqual([]);
  });
});

describe('a hostile index', () => {
  let server: Server;
  let base: string;
  let answer: (path: string) => {
    readonly status?: number;
    readonly text: string;
    readonly location?: string;
  };
  const asked: { readonly path: string; readonly authorization: string | undefined }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push({ path, authorization: request.headers.authorization });
      const { status = 200, text, location } = answer(path);
      response.writeHead(status, { ...(location && { location }) });
      response.end(text);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => void asked.splice(0));
  afterAll(() => void server.close());

  const npm = () =>
    find('npm:x', {
      ASSAY_DEPS_DEV_URL: `${base}/deps`,
      npm_config_registry: base.replace('//', '//me:secret@'),
    });
  const only = (text: string) => (path: string) =>
    path.startsWith('/deps') ? { status: 404, text: '' } : { text };

  it.each([
    ['no JSON', '<html>', 'network'],
    ['a list', '[1]', 'network'],
    ['null', 'null', 'network'],
    ['numbers where texts should be', '{"repository":{"url":5,"directory":{}}}', 'target-not-found'],
    ['an address inside the network', '{"repository":"http://10.0.0.1/o/r"}', 'target-not-found'],
    ['an option of git', '{"repository":"--upload-pack=x"}', 'target-not-found'],
    ['a very long address', `{"repository":"https://github.com/o/${'x'.repeat(1e6)}"}`, 'target-not-found'],
    ['a deep answer', `{"repository":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'target-not-found'],
  ])('that answers %s', async (_, text, code) => {
    answer = only(text);
    await expect(npm()).rejects.toMatchObject({ code });
  });

  it('that sends too much is cut off', async () => {
    answer = only(`"${'x'.repeat(33 * 1024 * 1024)}"`);
    await expect(npm()).rejects.toMatchObject({
      code: 'network',
      message: expect.stringContaining('more than'),
    });
  });

  it('that leads elsewhere is not followed', async () => {
    answer = (path) =>
      path.startsWith('/deps')
        ? { status: 404, text: '' }
        : { status: 302, text: '', location: 'http://localhost:1/x' };
    await expect(npm()).rejects.toMatchObject({ code: 'network' });
  });

  it('keeps the password to itself', async () => {
    answer = only('{"repository":"packers/mono"}');
    expect((await npm()).told).not.toContain('secret');
    expect(
      asked.filter(({ path }) => path.startsWith('/deps')).every((one) => one.authorization === undefined),
    ).toBe(true);
    expect(asked.at(-1)!.authorization).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`);
    answer = only('oops');
    await expect(npm()).rejects.toMatchObject({ message: expect.not.stringContaining('secret') });
  });

  it.each(['http://localhost:1/', 'https://127.0.0.2/', 'file:///etc/passwd'])(
    'of NuGet cannot send on to %s',
    async (place) => {
      answer = (path) => ({
        status: path.startsWith('/deps') ? 404 : 200,
        text: JSON.stringify({ resources: [{ '@id': place, '@type': 'PackageBaseAddress/3.0.0' }] }),
      });
      using home = temporaryFolder({
        '.nuget/NuGet/NuGet.Config': `<packageSources><add key="a" value="${base}/index.json" /></packageSources>`,
      });
      const found = find('nuget:x@1', { ASSAY_DEPS_DEV_URL: `${base}/deps`, HOME: home.path });
      await expect(found).rejects.toMatchObject({
        code: 'network',
        message: expect.stringContaining('not followed'),
      });
    },
  );
});

describe("Composer's registry", () => {
  let server: Server;
  let base: string;
  let index: unknown;
  const asked: string[] = [];
  const source = (name: string) => ({ type: 'git', url: `https://github.com/${name}.git`, reference: 'f00' });
  // As Composer 2 has it: newest first, and each version tells only what differs from the one before.
  const versions = [
    { name: 'packers/mono', version: 'v2.1.0', source: source('packers/mono') },
    { version: 'v2.0.0' },
    { version: '1.0.0', source: source('packers/old') },
  ];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      const found =
        request.url === '/packages.json'
          ? index
          : request.url === '/p2/packers/mono.json'
            ? { minified: 'composer/2.0', packages: { 'packers/mono': versions } }
            : undefined;
      response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ?? { status: 404 }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => void asked.splice(0));
  afterAll(() => void server.close());

  const through = async (
    text: string,
    template: string | undefined = '/p2/%package%.json',
    place = '.composer',
  ) => {
    index = template === '' ? { packages: [] } : { packages: [], 'metadata-url': template };
    const config = JSON.stringify({ repositories: { mine: { type: 'composer', url: base } } });
    using home = temporaryFolder({ [`${place}/config.json`]: config });
    const variables = { HOME: home.path, ...(place === 'other' && { COMPOSER_HOME: `${home.path}/other` }) };
    return (await find(text, variables)).repository;
  };

  it.each([
    ['pkg:composer/packers/mono', 'github.com/packers/mono'],
    ['pkg:composer/Packers/Mono', 'github.com/packers/mono'],
    ['pkg:composer/packers/mono@v2.1.0', 'github.com/packers/mono'],
    ['pkg:composer/packers/mono@2.0.0', 'github.com/packers/mono'],
    ['pkg:composer/packers/mono@1.0.0', 'github.com/packers/old'],
  ])('tells the repository of %s', async (text, wanted) => {
    expect(await through(text)).toBe(wanted);
    expect(asked).toEqual(['/packages.json', '/p2/packers/mono.json']);
  });

  it.each(['.config/composer', 'other'])('is found in %s as well', async (place) => {
    expect(await through('pkg:composer/packers/mono', undefined, place)).toBe('github.com/packers/mono');
  });

  it.each<[string, string, string | undefined, string]>([
    ['does not know the package', 'pkg:composer/packers/none', undefined, 'target-not-found'],
    ['tells no place of packages', 'pkg:composer/packers/mono', '', 'target-not-found'],
    ['leads to another host', 'pkg:composer/packers/mono', 'http://localhost:1/%package%.json', 'network'],
  ])('that %s settles nothing', async (_, text, template, code) => {
    await expect(through(text, template)).rejects.toMatchObject({ code });
  });

  it('is not guessed where no client names one', async () => {
    await expect(find('pkg:composer/packers/mono')).rejects.toMatchObject({
      message: expect.stringContaining('config.json'),
    });
  });
});

describe('the command line', () => {
  beforeAll(ensureBuilt, 120_000);
  const run = (words: readonly string[]) =>
    assay([...words, '--checks=License', '--no-cache'], {
      env: { ...variablesFor(sim), ASSAY_OFFLINE: '', HOME: '/nowhere' },
    });

  it('takes options and package URLs, and tells the folder', async () => {
    for (const words of [['--npm=@packers/core'], ['pkg:npm/%40packers/core']]) {
      const { code, stdout } = await run([...words, '--format=assay']);
      expect(code).toBe(0);
      const result = JSON.parse(stdout);
      expect(result.repo.name).toBe('github.com/Packers/Mono');
      expect(result.notices[0]).toMatchObject({
        code: 'package-source',
        message: expect.stringContaining('packages/core of github.com/Packers/Mono'),
      });
    }
  });

  it('takes several, and tells failures in one line', async () => {
    const { code, stdout, stderr } = await run(['--npm=proven,torn', '--pypi=pack-er', '--format=json']);
    expect(code).toBe(3);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.repo?.name ?? line.target)).toEqual([
      'github.com/packers/mono',
      'npm:torn',
      'github.com/packers/mono',
    ]);
    expect(stderr.split('\n')[0]).toContain('npm:torn: npm package torn 1.0.0 names several');
  });
});
