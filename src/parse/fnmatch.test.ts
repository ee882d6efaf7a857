import { describe, expect, it } from 'vitest';
import { fnmatch } from './fnmatch.ts';

const rows: readonly (readonly [pattern: string, text: string, expected: boolean | undefined])[] = [
  ['cat', 'cat', true],
  ['cat', 'category', false],
  ['c?t', 'cat', true],
  ['c??t', 'cat', false],
  ['c*', 'cats', true],
  ['ca[a-z]', 'cat', true],
  ['ca[xyz]', 'cat', false],
  ['cat', 'CAT', false],
  ['?', '/', false],
  ['*', '/', false],
  ['\\?', '?', true],
  ['\\?', 'a', false],
  ['\\a', 'a', true],
  ['foo.bar', 'foo.bar', true],
  ['foo.bar', 'foo:bar', false],
  ['**.rb', 'main.rb', true],
  ['**.rb', './main.rb', false],
  ['**.rb', 'lib/song.rb', false],
  ['**/foo', 'a/b/c/foo', true],
  ['**foo', 'a/b/c/foo', false],
  ['releases/**/*', 'releases/v2', true],
  ['releases/**/**/*', 'releases/v2', true],
  ['releases/**/bar/**/qux', 'releases/foo/bar/baz/qux', true],
  ['users/**/*', 'users/foo/bar', true],
  ['users/**/*', 'users//bar', false],
  ['refs/heads/release-*', 'refs/heads/release-1.2', true],
  ['refs/heads/release-*', 'refs/heads/release-1/2', false],
  ['a[', 'a', undefined],
  ['a[z-a]', 'a', undefined],
  ['[]ain', 'main', undefined],
  ['[]m]ain', 'main', true],
  ['[^m]ain', 'main', true],
  ['[^x]ain', 'main', false],
  ['[!x]ain', 'main', false],
  ['[[:alpha:]]ain', 'main', true],
  ['[[:digit:]x-]ain', '-ain', true],
  ['[[:digit:]]ain', 'main', false],
  ['[[:odd:]]ain', 'main', undefined],
  ['[[:^alpha:]]ain', 'main', undefined],
  ['[a-\\z]ain', 'main', true],
  ['[\\]m]ain', 'main', true],
  ['[*]ain', '[[[]ain', true],
  ['[*]ain', 'main', false],
  ['[?]ain', '/]ain', true],
  ['[**]ain', ']ain', false],
  ['[**/]ain', 'main', undefined],
  ['[/]ain', '/ain', true],
  ['main]', 'main]', true],
  ['m[à-ü]in', 'mäin', true],
  ['[𐀀-𐀂]', '𐀁', true],
  ['(main|dev)', 'main', false],
  ['main$', 'main$', true],
  ['main\\', 'main\\', true],
  ['', '', true],
  ['', 'a', false],
];

describe('fnmatch', () => {
  it.each(rows)('%s on %s: %s', (pattern, text, expected) => {
    expect(fnmatch(pattern, text)).toBe(expected);
  });

  it('takes linear time on patterns that make backtracking matchers hang', () => {
    expect(fnmatch('**/'.repeat(200), `${'a'.repeat(1000)}!`)).toBe(true);
    expect(fnmatch(`${'*a'.repeat(300)}b`, 'a'.repeat(2000))).toBe(false);
  });

  it('refuses overlong patterns', () => {
    expect(fnmatch('a'.repeat(2000), 'a')).toBeUndefined();
  });
});
