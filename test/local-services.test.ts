/** What a scan of a folder asks of services: OSS-Fuzz about the origin, image registries only on request. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ScanOptions, scanTarget } from '../src/app.ts';
import { imagePlace } from '../src/services/imageDigest.ts';
import { temporaryFolder } from './support/git.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const temporary = temporaryFolder();
const folder = join(temporary.path, 'project');
let server: Server;
let base = '';
let asked: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  mkdirSync(join(folder, '.git'), { recursive: true });
  writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(
    join(folder, '.git/config'),
    '[remote "origin"]\n\turl = https://github.com/brightforge/anvil\n',
  );
  writeFileSync(
    join(folder, 'Dockerfile'),
    'FROM node:20 AS build\nFROM registry.example.org/tools/app:v1\nFROM build\nFROM localhost:5000/a:1\n',
  );
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true });
  temporary.remove();
});

const scan = (options: ScanOptions) =>
  scanTarget(folder, {
    now: new Date(0),
    networkOptions: {
      variables: { ASSAY_OSS_FUZZ_URL: `${base}/status.json`, ASSAY_IMAGE_MIRROR_URL: `${base}/mirror` },
      cache: false,
      http: { attempts: 1 },
    },
    ...options,
  });

describe('OSS-Fuzz', () => {
  const fuzzing = async (options: ScanOptions = {}) =>
    (await scan({ checks: ['Fuzzing'], ...options })).result.checks[0]!;
  const list = (...repositories: string[]) => {
    answer = (_, response) =>
      response.end(JSON.stringify({ projects: repositories.map((main_repo) => ({ main_repo })) }));
  };

  it('is asked about the origin', async () => {
    list('https://github.com/Brightforge/anvil.git');
    const check = await fuzzing();
    expect([check.score, check.adjusted.score, asked]).toEqual([0, 10, ['GET /status.json']]);
    list('https://github.com/brightforge/hammer');
    expect((await fuzzing()).adjusted.score).toBe(0);
  });
  it('leaves the check open when it does not answer', async () => {
    answer = (_, response) => response.writeHead(503).end();
    const check = await fuzzing();
    expect([check.score, check.adjusted.score]).toEqual([-1, -1]);
    expect(check.adjusted.reason).toContain('503');
  });
  describe('its list, kept on disk', () => {
    let place = '';
    let tag = '"one"';
    let told = ['https://github.com/brightforge/anvil'];
    const fuzzed = async (options: ScanOptions = {}) => {
      asked = [];
      const variables = { ASSAY_OSS_FUZZ_URL: `${base}/status.json`, ASSAY_CACHE_DIR: place };
      const check = await fuzzing({ networkOptions: { variables, http: { attempts: 1 } }, ...options });
      return [check.adjusted.score, ...asked];
    };
    const kept = () => readdirSync(join(place, 'http')).filter((name) => !name.startsWith('.'));
    beforeEach(() => {
      place = mkdtempSync(join(temporary.path, 'cache-'));
      [tag, told] = ['"one"', ['https://github.com/brightforge/anvil']];
      answer = ({ headers }, response) => {
        const held = headers['if-none-match'];
        asked.push(held === tag ? 'unchanged' : 'sent');
        if (held === tag) response.writeHead(304).end();
        else
          response
            .writeHead(200, { etag: tag })
            .end(JSON.stringify({ projects: told.map((main_repo) => ({ main_repo })) }));
      };
    });

    it('is sent once and then confirmed, until it changes', async () => {
      expect(await fuzzed()).toEqual([10, 'GET /status.json', 'sent']);
      expect(kept()).toHaveLength(1);
      expect(await fuzzed()).toEqual([10, 'GET /status.json', 'unchanged']);
      [tag, told] = ['"two"', []];
      expect(await fuzzed()).toEqual([0, 'GET /status.json', 'sent']);
      expect(await fuzzed()).toEqual([0, 'GET /status.json', 'unchanged']);
    });
    it.each<[string, (bytes: Buffer) => Buffer]>([
      ['cut off', (bytes) => bytes.subarray(0, bytes.length - 5)],
      ['with another byte', (bytes) => Buffer.concat([bytes.subarray(0, -3), Buffer.from('xyz')])],
      ['garbage', () => Buffer.from('\0\n\xff')],
      ['empty', () => Buffer.alloc(0)],
    ])('is sent again when what was kept is %s', async (_, damage) => {
      await fuzzed();
      const file = join(place, 'http', kept()[0]!);
      writeFileSync(file, damage(readFileSync(file)));
      expect(await fuzzed()).toEqual([10, 'GET /status.json', 'sent']);
      expect(await fuzzed()).toEqual([10, 'GET /status.json', 'unchanged']);
    });
    it('is not kept where nothing can be', async () => {
      writeFileSync(join(place, 'http'), 'a file in the way');
      expect(await fuzzed()).toEqual([10, 'GET /status.json', 'sent']);
      expect(await fuzzed()).toEqual([10, 'GET /status.json', 'sent']);
    });
    it('is not asked for offline, kept or not', async () => {
      await fuzzed();
      expect(await fuzzed({ offline: true })).toEqual([-1]);
    });
  });
  it('is not asked offline, which the check says', async () => {
    const check = await fuzzing({ offline: true });
    expect([check.score, check.adjusted.score, asked]).toEqual([-1, -1, []]);
    expect(check.reason).toContain('offline');
  });
});

describe('image registries', () => {
  const remedies = async (options: ScanOptions) =>
    (await scan({ checks: ['Pinned-Dependencies'], ...options })).result.checks[0]!.details.flatMap(
      ({ finding }) => finding?.remedy?.text ?? [],
    );
  const plain = [
    'Dockerfile:1: write node:20@sha256:<digest>',
    'Dockerfile:2: write registry.example.org/tools/app:v1@sha256:<digest>',
    'Dockerfile:3: pin the image that the stage build starts from (Dockerfile:1)',
    'Dockerfile:4: write localhost:5000/a:1@sha256:<digest>',
  ];

  it('are asked on request only', async () => {
    expect(await remedies({})).toEqual(plain);
    expect(await remedies({ resolveImages: true, offline: true })).toEqual(plain);
    expect(asked).toEqual([]);
  });
  it('name the digest, with the token they give to everybody', async () => {
    answer = (request, response) => {
      if (request.url?.startsWith('/mirror/token')) response.end(JSON.stringify({ token: 'anybody' }));
      else if (request.headers.authorization === 'Bearer anybody' || request.url?.includes('example.org'))
        response.writeHead(200, { 'docker-content-digest': DIGEST }).end();
      else {
        const challenge = `Bearer realm="${base}/mirror/token",service="images"`;
        response.writeHead(401, { 'www-authenticate': challenge }).end();
      }
    };
    expect(await remedies({ resolveImages: true })).toEqual([
      `Dockerfile:1: write node:20@${DIGEST}`,
      `Dockerfile:2: write registry.example.org/tools/app:v1@${DIGEST}`,
      plain[2],
      `${plain[3]} (the image cannot be looked up)`,
    ]);
    expect(asked.toSorted()).toEqual([
      'GET /mirror/token?service=images&scope=repository%3Alibrary%2Fnode%3Apull',
      'HEAD /mirror/registry-1.docker.io/v2/library/node/manifests/20',
      'HEAD /mirror/registry-1.docker.io/v2/library/node/manifests/20',
      'HEAD /mirror/registry.example.org/v2/tools/app/manifests/v1',
    ]);
  });
  it('that fail leave the remedy, with the reason', async () => {
    answer = (_, response) => response.writeHead(200, { 'docker-content-digest': 'md5:1' }).end();
    expect((await remedies({ resolveImages: true }))[0]).toMatch(/<digest> \(.* tells no digest\)$/);
    answer = (_, response) => response.writeHead(404).end();
    expect((await remedies({ resolveImages: true }))[0]).toMatch(/<digest> \(.* status 404\)$/);
  });
});

describe('imagePlace', () => {
  it.each([
    ['node', 'registry-1.docker.io', 'library/node', 'latest'],
    ['grafana/loki:3.1', 'registry-1.docker.io', 'grafana/loki', '3.1'],
    ['docker.io/library/node:20', 'registry-1.docker.io', 'library/node', '20'],
    ['ghcr.io/a/b/c:v1', 'ghcr.io', 'a/b/c', 'v1'],
    ['registry.example.org:5000/a:x', 'registry.example.org:5000', 'a', 'x'],
  ])('%s', (image, registry, repository, tag) => {
    expect(imagePlace(image)).toEqual({ registry, repository, tag });
  });
  it.each([
    'a@sha256:00',
    '$BASE:1',
    'Upper/case',
    'a/../b',
    'a:b:c',
    '127.0.0.1/a',
    '169.254.169.254/latest/meta-data',
    'localhost/a',
    'x.localhost:80/a',
    '[::1]/a',
    'user@host.example/a',
    'host.example/a?b#c',
    'host.example//a',
    `${'a'.repeat(600)}`,
    '',
  ])('%s is not looked up', (image) => {
    expect(imagePlace(image)).toBeUndefined();
  });
});
