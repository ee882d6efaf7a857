/** The best-practices badge of a project (api-checks 5). */
import type { Answer } from '../core/index.ts';
import { askService, type Service, UnexpectedAnswer } from './answer.ts';

/** The level as the service words it; `not_found` when the project is not registered. `name` is `host/owner/name`. */
export function bestPracticesBadge({ http, base }: Service, name: string): Promise<Answer<string>> {
  const url = `${base}/projects.json?url=${encodeURIComponent(`https://${name}`)}`;
  return askService(http, { url, kind: 'badge', headers: { accept: 'application/json' } }, levelOf);
}

function levelOf(json: unknown): string {
  if (!Array.isArray(json)) throw new UnexpectedAnswer('gave something else than a list of projects');
  if (json.length === 0) return 'not_found';
  const { badge_level: level } = (json[0] ?? {}) as { badge_level?: unknown };
  if (typeof level !== 'string') throw new UnexpectedAnswer('names no level');
  return level;
}
