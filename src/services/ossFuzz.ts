/** Whether OSS-Fuzz fuzzes a repository (file-checks 5.1). */
import type { Answer } from '../core/index.ts';
import { askService, type Service, UnexpectedAnswer } from './answer.ts';

/** The list has some megabytes and is kept on disk, to be asked for again with its tag each time. `name` is `host/owner/name`. */
export function ossFuzz({ http, base }: Service, name: string): Promise<Answer<boolean>> {
  const wanted = name.toLowerCase();
  return askService(
    http,
    { url: base, kind: 'oss-fuzz', cached: true, forAll: true, maxBytes: 64 * 1024 * 1024 },
    (json) => {
      const { projects } = (json ?? {}) as { projects?: unknown };
      if (!Array.isArray(projects)) throw new UnexpectedAnswer('gave no list of projects');
      return projects.some(
        (project) => repositoryOf((project as { main_repo?: unknown })?.main_repo) === wanted,
      );
    },
  );
}

/** `host/owner/name` of an address; other forms (git@host:...) are ignored, as in the reference. */
function repositoryOf(address: unknown): string | undefined {
  if (typeof address !== 'string') return undefined;
  const url = URL.parse(address.toLowerCase());
  if (url === null) return undefined;
  const [owner, repo] = url.pathname.split('/', 16).filter((part) => part !== '');
  return owner && repo ? `${url.host}/${owner}/${repo.replace(/\.git$/, '')}` : undefined;
}
