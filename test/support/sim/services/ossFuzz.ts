/** OSS-Fuzz: the list of projects with their build status. */
import type { Exchange, Reply } from '../http/exchange.ts';
import type { World } from '../model/world.ts';

export function answerOssFuzz(world: World, x: Exchange): Reply {
  if (x.path !== '/status.json') {
    return {
      status: 404,
      raw: Buffer.from('<Error><Code>NoSuchKey</Code></Error>'),
      type: 'application/xml',
    };
  }
  const projects = world.services.ossFuzz.map((p) => ({ history: [], last_successful_build: null, ...p }));
  return { json: { projects } };
}
