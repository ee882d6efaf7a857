/** The table of REST routes and how a request finds its own. */
import { type Exchange, HttpError, notFound, type Reply } from '../http/exchange.ts';
import type { Repo } from '../model/types.ts';
import type { World } from '../model/world.ts';
import type { Call } from './reply.ts';
import { actionRoutes } from './routes/actions.ts';
import { branchRoutes } from './routes/branches.ts';
import { commitRoutes } from './routes/commits.ts';
import { contentRoutes } from './routes/contents.ts';
import { generalRoutes } from './routes/general.ts';
import { gitDataRoutes } from './routes/gitData.ts';
import { issueRoutes } from './routes/issues.ts';
import { pullRoutes } from './routes/pulls.ts';
import { releaseRoutes } from './routes/releases.ts';
import { repositoryRoutes } from './routes/repository.ts';
import { searchRoutes } from './routes/search.ts';

export type Handler = (call: Call) => Reply;
export type RepoHandler = (call: Call, repo: Repo) => Reply;

/** Routes by pattern; `{name}` is one path segment, `{name*}` any number. */
export type Routes = Readonly<Record<string, Handler>>;
/** Patterns below `/repos/{owner}/{repo}`. */
export type RepoRoutes = Readonly<Record<string, RepoHandler>>;

interface Route {
  readonly pattern: RegExp;
  readonly keys: readonly string[];
  readonly handler: Handler;
}

const repoTables = [
  repositoryRoutes,
  branchRoutes,
  commitRoutes,
  gitDataRoutes,
  contentRoutes,
  pullRoutes,
  issueRoutes,
  releaseRoutes,
  actionRoutes,
];

const routes: readonly Route[] = [
  ...Object.entries(generalRoutes).map(([pattern, handler]) => route(pattern, handler)),
  ...Object.entries(searchRoutes).map(([pattern, handler]) => route(pattern, handler)),
  ...repoTables.flatMap((table) =>
    Object.entries(table).map(([pattern, handler]) =>
      route(`/repos/{owner}/{repo}${pattern}`, (call) => handler(call, findRepo(call))),
    ),
  ),
];

function route(pattern: string, handler: Handler): Route {
  const keys: string[] = [];
  const source = pattern.replace(/\{(\w+)(\*?)\}/g, (_, key: string, star: string) => {
    keys.push(key);
    return star ? '(.*)' : '([^/]+)';
  });
  return { pattern: new RegExp(`^${source}/?$`), keys, handler };
}

/** The rate limit resource a path is charged to. */
export const resourceOf = (path: string): string =>
  path === '/search/code' ? 'code_search' : path.startsWith('/search/') ? 'search' : 'core';

/**
 * Answers a REST request.
 * @throws HttpError for everything that is not a success
 */
export function answerRest(world: World, x: Exchange): Reply {
  const isQuestion = x.method === 'POST' && x.path.endsWith('/attestations/bulk-list');
  if (x.method !== 'GET' && x.method !== 'HEAD' && !isQuestion) throw notFound();
  const path = pathByName(world, x.path);
  for (const { pattern, keys, handler } of routes) {
    const match = pattern.exec(path);
    if (!match) continue;
    const params = Object.fromEntries(keys.map((key, i) => [key, match[i + 1] ?? '']));
    const accept = String(x.headers.accept ?? '');
    return handler({ x, world, params, query: x.query, accept, api: x.links.api, web: x.links.web });
  }
  throw notFound();
}

/** "/repositories/ID/..." is the same as "/repos/OWNER/NAME/...". */
export function pathByName(world: World, path: string): string {
  const byId = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  if (!byId) return path;
  const repo = [...world.repos.values()].find((r) => String(r.id) === byId[1]);
  return repo ? `/repos/${repo.full_name}${byId[2] ?? ''}` : path;
}

/**
 * The repository of a call.
 * @throws HttpError 301 when it moved, 404 when it is not there, 451 when it is blocked
 */
function findRepo(call: Call): Repo {
  const owner = decodeURIComponent(call.params.owner ?? '');
  const name = decodeURIComponent(call.params.repo ?? '');
  const repo = call.world.repo(owner, name);
  const moved = repo ? undefined : call.world.movedRepo(owner, name);
  if (moved) {
    const rest = call.x.path
      .split('/')
      .slice(4)
      .map((part) => `/${part}`)
      .join('');
    const url = `${call.api}/repositories/${moved.id}${rest}`;
    const documentation_url =
      'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects';
    throw new HttpError(301, 'Moved Permanently', { url, documentation_url }, { Location: url });
  }
  if (!repo || repo.access === 'none') throw notFound();
  if (repo.access === 'blocked') {
    const block = { reason: 'dmca', created_at: repo.created_at, html_url: 'https://github.com/github/dmca' };
    throw new HttpError(451, 'Repository access blocked', { block });
  }
  return repo;
}
