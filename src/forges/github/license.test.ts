import { describe, expect, it } from 'vitest';
import { licenseFile } from './license.ts';

const tree = (...names: string[]) => ({ entries: names.map((name) => ({ name, type: 'blob' })) });

describe('the file of the licence', () => {
  it.each([
    ['the only one with a usual name', tree('README.md', 'LICENSE.md'), 'LICENSE.md'],
    ['COPYING', tree('COPYING', 'main.c'), 'COPYING'],
    ['asked for when there are two', tree('LICENSE', 'COPYING'), undefined],
    ['asked for when the name is unusual', tree('LICENSE-APACHE'), undefined],
    ['asked for when none is in the root', tree('main.c'), undefined],
    ['asked for when the tree is not known', null, undefined],
  ])('is %s', (_, given, expected) => {
    expect(licenseFile(given)).toBe(expected);
  });
});
