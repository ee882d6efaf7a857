/** The raw format: what the reference recorded for the same tree, and what a forge adds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { evidenceReader, scanTarget } from '../src/app.ts';
import { type EvidenceSet, known } from '../src/core/index.ts';
import { SCHEMAS } from '../src/dev/schemas.ts';
import { raw } from '../src/reporters/raw.ts';
import { root } from './support/command-line.ts';
import { options } from './support/result.ts';

const CHECKS = [
  'Binary-Artifacts',
  'Dangerous-Workflow',
  'Dependency-Update-Tool',
  'License',
  'Packaging',
  'Pinned-Dependencies',
  'SAST',
  'Security-Policy',
  'Token-Permissions',
];
const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile(SCHEMAS.raw!);

/** Null lists become empty ones, and our own descriptions of tools are left out. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const lists = ['issues', 'codeownersFiles', 'users', 'dependencies'];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'desc')
      .map(([key, member]) => [key, member === null && lists.includes(key) ? [] : comparable(member)]),
  );
}

async function rawOf(set: EvidenceSet, result: Parameters<typeof raw.render>[0]) {
  const text = raw.render(result, { ...options, known: evidenceReader(set) });
  const document = JSON.parse(text);
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  return document;
}

describe('raw', () => {
  it('says what the reference says of the same tree', async () => {
    const path = join(root, 'testdata/repos/raw');
    const { result, evidence } = await scanTarget(
      { kind: 'folder', path },
      { checks: CHECKS, offline: true },
    );
    const document = await rawOf(evidence, result);
    const expected = JSON.parse(readFileSync(join(root, 'testdata/golden/raw/raw.json'), 'utf8'));
    expect(comparable(document.results)).toEqual(comparable(expected));
    expect(Object.keys(document.results)).toEqual(Object.keys(expected));
    expect(document.ran).toEqual(CHECKS);
  });

  it('tells what a forge knows', async () => {
    const path = join(root, 'testdata/repos/raw');
    const { result, evidence } = await scanTarget({ kind: 'folder', path }, { checks: ['License'] });
    const ann = { login: 'ann', isBot: false };
    const pull = {
      number: 7,
      repository: 'o/r',
      author: ann,
      mergedBy: { login: 'bob', isBot: false },
      mergedAt: '2026-01-02T00:00:00Z',
      headSha: 'b1',
      labels: [],
      reviews: [{ author: { login: 'bob', isBot: false }, state: 'APPROVED' }],
    };
    const commit = (sha: string, pullRequests: readonly object[]) => ({
      sha,
      message: `change ${sha}`,
      committedAt: '2026-01-02T00:00:00Z',
      author: ann,
      committer: { login: 'web-flow', isBot: false },
      pullRequests,
    });
    const facts = {
      commits: known([commit('c2', [pull]), commit('c1', [pull]), commit('c0', [])]),
      defaultBranch: known('main'),
      archived: known(true),
      createdAt: known('2020-01-01T00:00:00Z'),
      issues: known([
        {
          url: 'https://github.com/o/r/issues/1',
          createdAt: '2026-01-01T00:00:00Z',
          author: ann,
          association: 'first-time-contributor',
          comments: [{ association: 'owner', createdAt: '2026-01-02T00:00:00Z', author: 'bob' }],
        },
      ]),
      releases: known([
        {
          tag: 'v1',
          target: 'main',
          htmlUrl: 'h',
          apiUrl: 'a',
          publishedAt: undefined,
          draft: false,
          prerelease: false,
          assets: [{ name: 'x.tgz', url: 'u' }],
        },
      ]),
      contributors: known([
        { login: 'ann', isBot: false, contributions: 3, company: '@Acme, Inc.', organizations: ['acme'] },
      ]),
      badge: known('passing'),
    };
    const gathered = Object.fromEntries(
      Object.entries(facts).map(([id, value]) => [id, { version: 1, value }]),
    );
    const { results } = await rawOf({ ...evidence, evidence: gathered }, result);
    expect(results).toMatchObject({
      archived: { status: true },
      createdAt: { timestamp: '2020-01-01T00:00:00Z' },
      openssfBestPracticesBadge: { badge: 'passing' },
      releases: [{ tag: 'v1', url: 'a', assets: [{ path: 'x.tgz', url: 'u' }] }],
      Contributors: { users: [{ login: 'ann', organization: [{ login: 'acme' }], NumContributions: 3 }] },
      issues: [
        {
          URL: 'https://github.com/o/r/issues/1',
          author: { repoAssociation: 'FIRST_TIME_CONTRIBUTOR', login: 'ann' },
          comments: [{ author: { repoAssociation: 'OWNER', login: 'bob' } }],
        },
      ],
      licenses: [],
    });
    const changes = results.defaultBranchChangesets as { number: string; commits: { sha: string }[] }[];
    expect(changes.map((one) => [one.number, one.commits.map(({ sha }) => sha)])).toEqual([
      ['7', ['c2', 'c1']],
      ['c0', ['c0']],
    ]);
  });
});
