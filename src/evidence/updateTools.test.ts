import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../test/support/tree.ts';
import { known, unknown } from '../core/index.ts';
import { topLevelKeys } from '../parse/update/json5-keys.ts';
import { updateCommits, updateToolFiles } from './updateTools.ts';

describe('updateCommits', () => {
  const found = (...ids: (number | undefined)[]) => ({
    commitsByAuthor: async (login: string) =>
      known(login === 'dependabot[bot]' ? ids.map((authorId) => ({ authorId })) : []),
  });
  it('wants the account of Dependabot', async () => {
    expect(await evidenceOf(updateCommits, {}, { doors: found(1, undefined, 49699333) })).toEqual({
      dependabot: true,
    });
    expect(await evidenceOf(updateCommits, {}, { doors: found(1, undefined) })).toEqual({
      dependabot: false,
    });
  });
  it('is not asked beside a configuration', async () => {
    const doors = { commitsByAuthor: async () => expect.unreachable() };
    expect(await evidenceOf(updateCommits, { '.renovaterc': '' }, { doors })).toEqual({ dependabot: false });
  });
  it('is nothing on a folder, and an error when the search failed', async () => {
    expect(await evidenceOf(updateCommits, {})).toEqual({ dependabot: false });
    const doors = { commitsByAuthor: async () => unknown('failed', 'no line') };
    expect((await evidenceOf(updateCommits, {}, { doors })).failed).toContain('no line');
  });
});

describe('updateToolFiles', () => {
  const workflow = (uses: string) => `on: push\njobs:\n  a:\n    steps:\n      - uses: ${uses}\n`;
  it.each([
    ['.github/dependabot.yml', 'version: 2\nupdates:\n  - package-ecosystem: npm\n', { tool: 'Dependabot' }],
    [
      '.github/Dependabot.YAML',
      'version: 2\nupdates: []\n',
      { tool: 'Dependabot', idle: 'it names no ecosystem' },
    ],
    ['.github/dependabot.yml', '# nothing\n', { tool: 'Dependabot', idle: 'it is empty' }],
    ['renovate.json', '{}', { tool: 'RenovateBot' }],
    ['renovate.json', '', { tool: 'RenovateBot', idle: 'it is empty' }],
    ['.renovaterc', '{"extends": ["x"], "packageRules": [{"enabled": false}]}', { tool: 'RenovateBot' }],
    [
      'renovate.json5',
      "// off\n{extends: ['x'], enabled: false,}",
      { tool: 'RenovateBot', idle: 'it is switched off' },
    ],
    ['.config/scala-steward.conf', '', { tool: 'scala-steward' }],
    ['renovate.jsonc', '{}', { tool: 'RenovateBot', beyond: true }],
    ['package.json', '{"name": "x", "renovate": {"extends": []}}', { tool: 'RenovateBot', beyond: true }],
    ['.pyup.yml', '', { tool: 'PyUp', beyond: true }],
    [
      '.github/workflows/r.yml',
      workflow('renovatebot/github-action@v40'),
      { tool: 'RenovateBot', beyond: true },
    ],
    ['.gitlab-ci.yml', 'r:\n  image: renovate/renovate:37\n', { tool: 'RenovateBot', beyond: true }],
  ])('%s %j', async (path, text, item) => {
    expect(await evidenceOf(updateToolFiles, { [path]: text })).toEqual([{ path, ...item }]);
  });
  // The first row as observed with the reference (file-checks 4.1).
  it.each([
    ['dependabot.yml', 'updates: [a]'],
    ['.dependabot/config.yml', 'version: 1'],
    ['.github/renovaterc', '{}'],
    ['renovate-config.json', '{}'],
    ['.github/renovate.js', ''],
    ['package.json', '{"scripts": {"renovate": "x"}}'],
    ['sub/package.json', '{"renovate": {}}'],
    ['.github/workflows/r.yml', '# uses: renovatebot/github-action@v40\non: push\n'],
  ])('not %s %j', async (path, text) => {
    expect(await evidenceOf(updateToolFiles, { [path]: text })).toEqual([]);
  });
});

describe('topLevelKeys', () => {
  it('reads one level of JSON5', () => {
    const keys = topLevelKeys(
      '/* c */ {a: {enabled: false}, "b": [1, {c: 2}], \'d\': true, e: "x,}y", // end\n}',
    );
    expect([...keys!]).toEqual([
      ['a', '{'],
      ['b', '['],
      ['d', 'true'],
      ['e', 'x,}y'],
    ]);
    expect(topLevelKeys('[1]')).toBeUndefined();
    expect(topLevelKeys('{a: "open')).toBeUndefined();
  });
});
