import { describe, expect, it } from 'vitest';
import { placeOf, Secrets } from './secrets.ts';
import { httpSettings, userCache } from './settings.ts';

describe('secrets', () => {
  it('are hidden when they are known', () => {
    const secrets = new Secrets();
    secrets.add('hunter2hunter2');
    expect(secrets.hide('with hunter2hunter2 in it')).toBe('with [secret] in it');
  });
  it.each([
    'ghp_abcdefghijklmnopqrst',
    'github_pat_11ABCDEFG0123456789_abcdefghijkl',
    'ghs_16C7e42F292c6912E7710c838347Ae178B4a',
  ])('are known by their shape: %s', (token) => {
    expect(new Secrets().hide(`a ${token} b`)).toBe('a [secret] b');
  });
  it('are hidden behind the word that announces them', () => {
    expect(new Secrets().hide('Authorization: Bearer abcdefghij')).toBe('Authorization: Bearer [secret]');
  });
});

it('addresses are told without what may be secret in them', () => {
  expect(placeOf('https://user:pass@a.example:8443/x/y?token=1#z')).toBe('https://a.example:8443/x/y');
  expect(placeOf('not an address')).toBe('the given address');
});

describe('settings', () => {
  it('follow the usual variables, small letters first', () => {
    const { proxy, authorities } = httpSettings({
      https_proxy: 'http://small:1',
      HTTPS_PROXY: 'http://large:1',
      HTTP_PROXY: 'http://plain:1',
      NO_PROXY: 'localhost,.internal',
      NODE_EXTRA_CA_CERTS: '/a.pem',
      SSL_CERT_FILE: '/b.pem',
    });
    expect(proxy).toEqual({ http: 'http://plain:1', https: 'http://small:1', none: 'localhost,.internal' });
    expect(authorities).toEqual(['/a.pem', '/b.pem']);
    expect(httpSettings({ ALL_PROXY: 'http://all:1' }).proxy).toMatchObject({
      http: 'http://all:1',
      https: 'http://all:1',
    });
  });
  it.each([
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['//proxy.example:3128', 'http://proxy.example:3128'],
    ['me:word@10.0.0.1:8080', 'http://me:word@10.0.0.1:8080'],
    ['https://proxy.example', 'https://proxy.example'],
  ])('take a proxy without a scheme, as other programs do: %s', (named, address) => {
    expect(httpSettings({ HTTPS_PROXY: named, http_proxy: named }).proxy).toEqual({
      http: address,
      https: address,
      none: '',
    });
  });
  it.each([
    [{ ASSAY_CACHE_DIR: '/c', HOME: '/h' }, 'linux', '/c'],
    [{ XDG_CACHE_HOME: '/x', HOME: '/h' }, 'linux', '/x/assay'],
    [{ HOME: '/h' }, 'linux', '/h/.cache/assay'],
    [{ HOME: '/h' }, 'darwin', '/h/Library/Caches/assay'],
    [{}, 'linux', undefined],
  ] as const)('put the cache where caches go: %j on %s', (variables, platform, folder) => {
    expect(userCache(variables, platform)?.folder.replaceAll('\\', '/')).toBe(folder);
  });
});
