/** Services that let everybody wait: there is an end to it, and nothing is asked again that would take as long. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { scanTarget } from '../src/app.ts';
import { createHttp, httpSettings } from '../src/http/index.ts';
import { openNetwork } from '../src/network.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<{ address: string; paths: string[] }> {
  const paths: string[] = [];
  server = createServer((request, response) => {
    paths.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths };
}

it('an answer that dribbles in until time is up is not asked for again', async () => {
  const { address, paths } = await serve((_, response) => {
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  });
  const timeouts = { connect: 5000, headers: 5000, idle: 5000, total: 500 };
  const http = createHttp(httpSettings({}, { timeouts, retryPause: 1 }));
  await expect(http.send({ url: `${address}/slow`, kind: 'rest' })).rejects.toMatchObject({
    kind: 'timeout',
  });
  expect(paths).toEqual(['/slow']);
  await http.close();
});

it('a forge that answers nothing is given up after the first questions', async () => {
  const { address, paths } = await serve(() => {});
  const network = openNetwork({
    variables: { GITHUB_API_URL: address, GITHUB_TOKEN: 'one' },
    userAgent: 'assay/test',
    cache: false,
    http: { timeouts: { connect: 5000, headers: 300, idle: 300, total: 60_000 }, retryPause: 1 },
  });
  const target = { kind: 'repository', name: 'github.com/octo/cat' } as const;
  await expect(scanTarget(target, { network })).rejects.toMatchObject({ code: 'network' });
  expect(new Set(paths)).toEqual(
    new Set(['/repos/octo/cat/contributors', '/repos/octo/cat/tarball', '/graphql']),
  );
  await network.close();
});
