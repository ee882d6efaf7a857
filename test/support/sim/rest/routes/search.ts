/** Searches: code, commits, issues and repositories, with the qualifiers analysers use. */
import { HttpError, type Reply } from '../../http/exchange.ts';
import type { Repo } from '../../model/types.ts';
import { baseName } from '../../text.ts';
import { type Call, list } from '../reply.ts';
import type { Routes } from '../router.ts';
import { commitShape } from '../shapes/commit.ts';
import { issueShape, pullShape } from '../shapes/pull.ts';
import { apiUrl, repoShape, webUrl } from '../shapes/repository.ts';

export const searchRoutes: Routes = {
  '/search/code': (c) => searchCode(c),
  '/search/commits': (c) => searchCommits(c),
  '/search/issues': (c) => searchIssues(c),
  '/search/repositories': (c) => {
    const owner = /(?:org|user):(\S+)/.exec(c.query.get('q') ?? '')?.[1];
    const repos = owner
      ? c.world.reposOf(owner)
      : [...c.world.repos.values()].filter((r) => r.access === 'public');
    return results(c, repos, (r) => repoShape(c, r));
  },
};

const results = <T>(c: Call, all: readonly T[], shape: (item: T) => object): Reply =>
  list(c, all, shape, { wrap: 'items', search: true });

interface Query {
  readonly repo: Repo | undefined;
  readonly terms: readonly string[];
  /** Values of a qualifier, in lower case. */
  readonly all: (qualifier: string) => readonly string[];
}

function invalid(message: string): HttpError {
  return new HttpError(422, 'Validation Failed', {
    errors: [{ message, resource: 'Search', field: 'q', code: 'invalid' }],
  });
}

function parseQuery(c: Call): Query {
  const text = c.query.get('q');
  if (!text) throw invalid('None of the search qualifiers apply to this search type.');
  const qualifiers = new Map<string, string[]>();
  const terms: string[] = [];
  for (const [, name, value, phrase, word] of text.matchAll(/(-?[\w-]+):("[^"]*"|\S+)|"([^"]*)"|(\S+)/g)) {
    if (!name || !value) terms.push((phrase ?? word ?? '').toLowerCase());
    else qualifiers.set(name, [...(qualifiers.get(name) ?? []), value.replace(/^"|"$/g, '').toLowerCase()]);
  }
  const all = (name: string): readonly string[] => qualifiers.get(name) ?? [];
  const [owner = '', name = ''] = (all('repo')[0] ?? '').split('/');
  const repo = c.world.repo(owner, name);
  if (qualifiers.has('repo') && repo?.access !== 'public') {
    throw invalid(
      'The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.',
    );
  }
  return { repo, terms, all };
}

const repoStub = (r: Repo): object => ({ id: r.id, full_name: r.full_name, name: r.name });

function searchCode(c: Call): Reply {
  const { repo: r, terms, all } = parseQuery(c);
  if (!r) return results(c, [], () => ({}));
  const files = r.files.filter((f) => {
    const path = f.path.toLowerCase();
    return (
      f.mode !== '120000' &&
      all('filename').every((name) => baseName(path).includes(name)) &&
      all('extension').every((end) => path.endsWith(`.${end}`)) &&
      all('path').every((start) => path.startsWith(start.replace(/^\//, ''))) &&
      terms.every((term) => f.content.toString('utf8').toLowerCase().includes(term))
    );
  });
  return results(c, files, (f) => ({
    name: baseName(f.path),
    path: f.path,
    sha: r.tree.find((e) => e.path === f.path)?.sha,
    url: `${apiUrl(c, r)}/contents/${f.path}`,
    html_url: `${webUrl(c, r)}/blob/${r.head}/${f.path}`,
    repository: repoStub(r),
    score: 1,
  }));
}

function searchCommits(c: Call): Reply {
  const { repo: r, terms, all } = parseQuery(c);
  if (!r) return results(c, [], () => ({}));
  const commits = r.commits.filter(
    (k) =>
      all('author').every((login) => k.author.user?.login.toLowerCase() === login) &&
      terms.every((term) => k.message.toLowerCase().includes(term)),
  );
  return results(c, commits, (k) => ({ ...commitShape(c, r, k), repository: repoStub(r), score: 1 }));
}

function searchIssues(c: Call): Reply {
  const { repo: r, all } = parseQuery(c);
  if (!r) return results(c, [], () => ({}));
  if (![...all('is'), ...all('type')].includes('pr')) return results(c, r.issues, (x) => issueShape(c, r, x));
  return results(c, [...r.pulls.values()], (p) => ({
    ...pullShape(c, r, p),
    pull_request: { merged_at: p.merged_at },
  }));
}
