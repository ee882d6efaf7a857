import { expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../http/index.ts';
import type { Service } from './answer.ts';
import { vulnerabilities } from './osv.ts';

it('asks for many details at the same time, so that a repository with hundreds of them is judged in time', async () => {
  const ids = Array.from({ length: 400 }, (_, index) => ({ id: `X-${index}` }));
  let open = 0;
  let most = 0;
  const send = async ({ url }: HttpRequest): Promise<HttpResponse> => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
    const json = url.endsWith('/querybatch') ? { results: [{ vulns: ids }] } : { id: url.split('/').at(-1) };
    return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(json)) } as never;
  };
  const service = { http: { send }, base: 'https://osv.example' } as unknown as Service;
  const answer = await vulnerabilities(service, [{ ecosystem: 'npm', name: 'a', version: '1' }]);
  expect(answer).toMatchObject({ known: { commit: [] } });
  expect('known' in answer && answer.known.packages[0]!.length).toBe(400);
  // At 100 ms an answer, 400 take a second and a quarter.
  expect(most).toBeGreaterThanOrEqual(32);
  expect(most).toBeLessThanOrEqual(50);
});
