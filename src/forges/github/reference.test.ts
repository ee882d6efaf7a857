import { describe, expect, it } from 'vitest';
import { parseReference } from './reference.ts';
import { githubSettings } from './settings.ts';

describe('names of repositories', () => {
  it.each([
    ['octo/cat', 'github.com/octo/cat'],
    ['Octo/Cat', 'github.com/Octo/Cat'],
    ['github.com/octo/cat', 'github.com/octo/cat'],
    ['GitHub.com/octo/cat', 'github.com/octo/cat'],
    ['https://github.com/octo/cat', 'github.com/octo/cat'],
    ['https://github.com/octo/cat.git', 'github.com/octo/cat'],
    ['http://www.github.com/octo/cat/', 'github.com/octo/cat'],
    ['https://github.com/octo/cat/tree/main/src?x=1#y', 'github.com/octo/cat'],
    ['https://user:secret@github.com/octo/cat', 'github.com/octo/cat'],
    ['git@github.com:octo/cat.git', 'github.com/octo/cat'],
    ['ssh://git@github.com/octo/cat.git', 'github.com/octo/cat'],
    ['git+https://github.com/octo/cat.git', 'github.com/octo/cat'],
    ['octo/.github', 'github.com/octo/.github'],
    ['  octo/cat  ', 'github.com/octo/cat'],
  ])('%s', (text, name) => {
    expect(parseReference(text, ['github.com'])?.name).toBe(name);
  });

  it.each([
    '',
    'octo',
    './octo/cat',
    '/octo/cat',
    'github.com/octo',
    'gitlab.com/octo/cat',
    'https://github.com/octo',
    'https://evil.example/github.com/octo/cat',
    'git@gitlab.com:octo/cat.git',
    'ftp://github.com/octo/cat',
    'octo/..',
    'oc to/cat',
    'octo/cat%2e',
    `octo/${'c'.repeat(2000)}`,
  ])('not %s', (text) => {
    expect(parseReference(text, ['github.com'])).toBeUndefined();
  });

  it('belong to the named host, and to the public one', () => {
    const hosts = ['git.example.com:8443', 'github.com'];
    expect(parseReference('octo/cat', hosts)?.name).toBe('git.example.com:8443/octo/cat');
    expect(parseReference('https://git.example.com:8443/octo/cat', hosts)?.host).toBe('git.example.com:8443');
    expect(parseReference('github.com/octo/cat', hosts)?.host).toBe('github.com');
  });
});

describe('settings', () => {
  it.each([
    [{}, 'github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    [
      { GH_HOST: 'ghe.example' },
      'ghe.example',
      'https://ghe.example/api/v3',
      'https://ghe.example/api/graphql',
    ],
    // A runner names the public API always.
    [
      {
        GH_HOST: 'ghe.example',
        GITHUB_API_URL: 'https://api.github.com',
        GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
      },
      'ghe.example',
      'https://ghe.example/api/v3',
      'https://ghe.example/api/graphql',
    ],
    [
      { GITHUB_API_URL: 'http://127.0.0.1:1/' },
      'github.com',
      'http://127.0.0.1:1',
      'http://127.0.0.1:1/graphql',
    ],
    [
      { GITHUB_API_URL: 'https://ghe.example/api/v3' },
      'github.com',
      'https://ghe.example/api/v3',
      'https://ghe.example/api/graphql',
    ],
  ])('%j', (variables, host, rest, graphql) => {
    expect(githubSettings(variables).endpoints).toMatchObject({ host, rest, graphql });
  });

  it.each(['https://ghe.example/', 'HTTPS://GHE.example', 'ghe.example/', 'me:word@ghe.example'])(
    'the host out of %s',
    (written) => {
      expect(githubSettings({ GH_HOST: written }).endpoints).toMatchObject({
        host: 'ghe.example',
        rest: 'https://ghe.example/api/v3',
      });
    },
  );

  it.each([
    [{ GH_HOST: 'x y' }, /GH_HOST/],
    [{ GITHUB_API_URL: 'ghe.example/api/v3' }, /GITHUB_API_URL/],
    [{ GITHUB_API_URL: 'ftp://me:word@ghe.example' }, /GITHUB_API_URL/],
    [{ GITHUB_GRAPHQL_URL: '/graphql' }, /GITHUB_GRAPHQL_URL/],
    [{ GITHUB_APP_ID: '7' }, /GITHUB_APP_KEY_PATH and GITHUB_APP_INSTALLATION_ID/],
    [{ GITHUB_APP_ID: '7', GITHUB_APP_KEY_PATH: '/k' }, /takes GITHUB_APP_INSTALLATION_ID/],
  ])('what cannot be meant is told by its variable: %j', (variables, message) => {
    const failure = refusal(() => githubSettings(variables));
    expect(failure).toMatchObject({ code: 'config', message: expect.stringMatching(message) });
    expect(failure).not.toMatchObject({ message: expect.stringContaining('word') });
  });

  it('half an app beside a token matters to nobody', () => {
    const { app, tokens } = githubSettings({ GITHUB_APP_ID: '7', GITHUB_TOKEN: 'a' });
    expect([app, tokens]).toEqual([undefined, ['a']]);
  });

  it.each([
    [{}, 'https://github.com'],
    [{ GH_HOST: 'ghe.example' }, 'https://ghe.example'],
    [{ GITHUB_API_URL: 'http://127.0.0.1:1/' }, 'http://127.0.0.1:1'],
  ])('clones of %j', (variables, web) => {
    expect(githubSettings(variables).endpoints.web).toBe(web);
  });

  it.each([
    [{ GH_TOKEN: 'c', GITHUB_TOKEN: 'b', GITHUB_AUTH_TOKEN: 'a' }, ['a']],
    [{ GH_TOKEN: 'c', GITHUB_TOKEN: ' b1, b2,', GITHUB_AUTH_TOKEN: ' ' }, ['b1', 'b2']],
    [{ GH_AUTH_TOKEN: 'd' }, ['d']],
    [{}, []],
  ])('tokens of %j', (variables, tokens) => {
    expect(githubSettings(variables).tokens).toEqual(tokens);
  });
});

function refusal(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
