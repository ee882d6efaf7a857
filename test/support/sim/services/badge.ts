/** OpenSSF Best Practices badge: projects by the address of their repository. */
import type { Exchange, Reply } from '../http/exchange.ts';
import { normalUri, type World } from '../model/world.ts';

export function answerBadge(world: World, x: Exchange): Reply {
  if (!/^(\/en)?\/projects\.json$/.test(x.path)) return { status: 404, json: { error: 'not found' } };
  const asked = x.query.get('url') ?? x.query.get('pq') ?? x.query.get('q') ?? '';
  const uri = asked.replace(/^https?:\/\//, '').replace(/\.git$|\/$/g, '');
  return { json: world.services.badges.get(normalUri(uri)) ?? [] };
}
