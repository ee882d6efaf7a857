/** Who asks GitHub: tokens of installed apps, and no token for anybody it is not meant for. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { githubSettings } from '../src/forges/github/index.ts';
import { Account } from '../src/http/account.ts';
import { createHttp, httpSettings } from '../src/http/index.ts';
import { openNetwork } from '../src/network.ts';
import { type Reply, type Simulator, startSimulator } from './support/sim/index.ts';
import { simNetwork } from './support/simNetwork.ts';

const scenarios = [join(import.meta.dirname, '../testdata/scenarios')];
const NOW = new Date('2026-01-01T00:00:00Z');
const TARGET = { kind: 'repository', name: 'brightforge/anvil' } as const;

describe('an installed app', () => {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  let folder: string;
  let sim: Simulator;
  let variables: Record<string, string>;

  const start = async (lifetime?: number) => {
    await sim?.close();
    const app = { id: '77', installation: '4711', publicKey: keys.publicKey, lifetime };
    sim = await startSimulator({ scenarios, now: NOW.toISOString(), app });
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-app-'));
    writeFileSync(join(folder, 'key.pem'), keys.privateKey);
    variables = {
      GITHUB_TOKEN: '',
      GITHUB_APP_KEY_PATH: join(folder, 'key.pem'),
      GITHUB_APP_ID: '77',
      GITHUB_APP_INSTALLATION_ID: '4711',
    };
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await sim.close();
  });

  const exchanges = () => sim.requests().filter(({ path }) => path.endsWith('/access_tokens'));

  it('signs a claim and scans with the token it gets for it', async () => {
    await start();
    const network = simNetwork(sim, variables);
    const { result, evidence } = await scanTarget(TARGET, { network, now: NOW });
    await network.close();
    expect(result.score).toBe(10);
    expect(exchanges().map(({ status }) => status)).toEqual([201]);
    const asked = sim.requests().filter(({ kind }) => kind === 'rest' || kind === 'graphql');
    expect(asked.every(({ authorized, status }) => authorized && status !== 401)).toBe(true);
    expect(JSON.stringify([result, evidence])).not.toContain('ghs_sim');
  });

  it('renews its token before it ends', async () => {
    // Tokens that live no longer than the margin are renewed for every request; all of them are fresh.
    await start(100);
    const network = simNetwork(sim, variables);
    await scanTarget(TARGET, { network, now: NOW, checks: ['CI-Tests'] });
    const once = exchanges().length;
    await scanTarget(TARGET, { network, now: NOW, checks: ['CI-Tests'] });
    await network.close();
    expect(exchanges().length).toBeGreaterThan(once);
    expect(sim.requests().every(({ status }) => status < 400)).toBe(true);
  });

  it('keeps a token for its hour, and takes a new one after it', async () => {
    await start(3600);
    const network = simNetwork(sim, variables);
    const wish = { network, now: NOW, checks: ['CI-Tests'] };
    await scanTarget(TARGET, wish);
    await scanTarget(TARGET, wish);
    expect(exchanges()).toHaveLength(1);
    const later = Date.now() + 3500_000;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    await scanTarget(TARGET, wish).finally(() => clock.mockRestore());
    await network.close();
    expect(exchanges()).toHaveLength(2);
  });

  it.each([
    ['another installation', { GITHUB_APP_INSTALLATION_ID: '1' }, 'unauthorized', /refuses the app 77/],
    ['another app', { GITHUB_APP_ID: '78' }, 'unauthorized', /refuses the app 78/],
    ['no key', { GITHUB_APP_KEY_PATH: '/nowhere/key.pem' }, 'config', /key/],
  ])('is told what is wrong: %s', async (_, wrong, code, message) => {
    await start();
    const network = simNetwork(sim, { ...variables, ...wrong } as Record<string, string>);
    const failing = scanTarget(TARGET, { network, now: NOW });
    await expect(failing).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await network.close();
  });

  /** GitHub answers the exchange with something else. */
  const answering = (reply: Reply) =>
    sim.tap(({ path }, own) => (path.endsWith('/access_tokens') ? reply : own));

  it.each<[what: string, reply: Reply, message: RegExp]>([
    ['a broken service', { status: 503, json: {} }, /app 77 no token: status 503/],
    ['nothing', { status: 201, json: null }, /holds none/],
    ['a number', { status: 201, json: { token: 7, expires_at: 'x' } }, /holds none/],
    ['an empty one', { status: 201, json: { token: '' } }, /holds none/],
    ['a page', { status: 201, raw: Buffer.from('<html>'), type: 'text/html' }, /no JSON/],
  ])('is told that GitHub gives no token: %s', async (_, reply, message) => {
    await start();
    answering(reply);
    const network = simNetwork(sim, variables);
    const failing = scanTarget(TARGET, { network, now: NOW });
    await expect(failing).rejects.toMatchObject({ code: 'network', message: expect.stringMatching(message) });
    await network.close();
  });

  it('uses a token whose end is not told for a while, not for ever', async () => {
    await start();
    sim.tap(({ path }, own) => {
      const { token } = (own.json ?? {}) as { token?: string };
      return path.endsWith('/access_tokens') ? { status: 201, json: { token } } : own;
    });
    const network = simNetwork(sim, variables);
    const wish = { network, now: NOW, checks: ['CI-Tests'] };
    await scanTarget(TARGET, wish);
    await scanTarget(TARGET, wish);
    expect(exchanges()).toHaveLength(1);
    const later = Date.now() + 1700_000;
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => later);
    await scanTarget(TARGET, wish).finally(() => clock.mockRestore());
    await network.close();
    expect(exchanges()).toHaveLength(2);
  });

  it('gives way to a token', () => {
    const settings = githubSettings({ ...variables, GITHUB_TOKEN: 'mine' });
    expect([settings.tokens, settings.app?.appId]).toEqual([['mine'], '77']);
  });
});

describe('a token', () => {
  const seen: { readonly host: string; readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  const servers: Server[] = [];
  const listen = async (name: string, redirect?: () => string): Promise<number> => {
    const server = createServer((request, response) => {
      seen.push({ host: name, url: request.url ?? '', headers: request.headers });
      const away = redirect?.();
      if (away !== undefined && request.url?.includes('leave')) {
        response.writeHead(302, { location: away }).end();
        return;
      }
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  afterAll(() => Promise.all(servers.map((server) => server.close())));
  const tokensAt = (host: string) =>
    seen.flatMap((one) => (one.host === host ? [one.headers.authorization ?? 'none'] : []));

  it('stays behind when a redirect leads to another origin', async () => {
    const other = await listen('other');
    const first = await listen('first', () => `http://127.0.0.1:${other}/there`);
    const http = createHttp(httpSettings({}, { attempts: 1 }));
    const account = new Account(['secret-one']);
    const answer = await http.send({ url: `http://127.0.0.1:${first}/leave`, kind: 'rest', account });
    expect([answer.status, answer.url]).toEqual([404, `http://127.0.0.1:${other}/there`]);
    expect(tokensAt('first')).toEqual(['Bearer secret-one']);
    expect(tokensAt('other')).toEqual(['none']);
    await http.close();
  });

  it('is not followed to another domain at all', async () => {
    const first = await listen('strict', () => 'http://elsewhere.example/there');
    const http = createHttp(httpSettings({}, { attempts: 1 }));
    const account = new Account(['secret-two']);
    await expect(
      http.send({ url: `http://127.0.0.1:${first}/leave`, kind: 'rest', account }),
    ).rejects.toMatchObject({ message: expect.not.stringContaining('secret-two') });
    await http.close();
  });

  it('of one GitHub is never shown to another', async () => {
    // Everything goes through one proxy, which sees for whom a request is meant, and with what.
    const asked: (readonly [string, string])[] = [];
    const proxy = createServer((request, response) => {
      const { host } = new URL(request.url ?? '', 'http://none');
      asked.push([host, request.headers.authorization ?? 'none']);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
    });
    proxy.on('connect', (request, socket) => {
      asked.push([request.url ?? '', request.headers.authorization ?? 'none']);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    servers.push(proxy);
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const variables = {
      GH_HOST: 'git.example.org',
      GITHUB_TOKEN: 'secret-three',
      GITHUB_API_URL: 'http://git.example.org/api/v3',
      GITHUB_GRAPHQL_URL: 'http://git.example.org/api/graphql',
      HTTPS_PROXY: address,
      HTTP_PROXY: address,
    };
    const network = openNetwork({ variables, userAgent: 'assay/test', cache: false, http: { attempts: 1 } });
    const scan = (name: string) => scanTarget({ kind: 'repository', name }, { network, now: NOW });
    await expect(scan('a/b')).rejects.toMatchObject({ code: 'target-not-found' });
    const own = asked.splice(0);
    expect(own.length).toBeGreaterThan(0);
    expect(own.every(([host, token]) => host === 'git.example.org' && token === 'Bearer secret-three')).toBe(
      true,
    );
    await expect(scan('github.com/a/b')).rejects.toMatchObject({ code: 'network' });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(([host, token]) => host.includes('github.com') && token !== 'none')).toEqual([]);
    expect(asked.filter(([host]) => host.includes('git.example.org'))).toEqual([]);
    await network.close();
  });

  it.each([
    [{ GH_HOST: 'git.example.org' }, 'https://git.example.org/api/v3', 'https://git.example.org/api/graphql'],
    [
      { GH_HOST: 'git.example.org', GITHUB_API_URL: 'https://api.github.com' },
      'https://git.example.org/api/v3',
      'https://git.example.org/api/graphql',
    ],
    [
      { GITHUB_API_URL: 'https://git.example.org/api/v3' },
      'https://git.example.org/api/v3',
      'https://git.example.org/api/graphql',
    ],
    [{ GITHUB_API_URL: 'http://127.0.0.1:1/' }, 'http://127.0.0.1:1', 'http://127.0.0.1:1/graphql'],
  ])('goes where %j says', (variables, rest, graphql) => {
    expect(githubSettings(variables).endpoints).toMatchObject({ rest, graphql });
  });
});
