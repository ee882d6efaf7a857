import { describe, expect, it } from 'vitest';
import { settle } from './pinningFiles.ts';

const files = {
  locks: ['yarn.lock', 'uv.lock'],
  hashed: ['requirements.txt', 'dev/requirements/test.txt'],
  own: new Set(['pandoc-cli']),
  packages: new Set(['eslint', '@angular/cli', '@changesets/cli', 'typescript', 'react']),
};

describe('an install in a repository', () => {
  it.each([
    ['a lock file that is there', 'lockfile', ['bun.lock', 'yarn.lock'], 'pinned'],
    ['a lock file that is not', 'lockfile', ['package-lock.json'], 'unpinned'],
    ['a file with hashes', 'hashes', ['./requirements.txt'], 'pinned'],
    ['one named from its folder', 'hashes', ['requirements/test.txt'], 'pinned'],
    ['one of two without hashes', 'hashes', ['requirements.txt', 'other.txt'], 'unpinned'],
    ['a name that only ends the same', 'hashes', ['est.txt'], 'unpinned'],
    ['no file at all', 'hashes', [], 'unpinned'],
    ['a program of a package of that name', 'installed', ['eslint'], 'not-a-download'],
    ['a program whose package has another name', 'installed', ['tsc'], 'not-a-download'],
    ['a part of the name of its package', 'installed', ['changeset'], 'not-a-download'],
    ['a program no package brings', 'installed', ['cowsay'], 'unpinned'],
    ['a package of the repository', 'local-package', ['pandoc-cli'], 'not-a-download'],
    ['a package of others', 'local-package', ['happy'], 'unpinned'],
    ['a word within a name', 'installed', ['lint'], 'unpinned'],
  ] as const)('%s', (_, kind, names, verdict) => {
    const truth = {
      verdict: 'unpinned',
      why: 'x',
      pinKind: 'none',
      pinnedBy: { kind, files: names },
    } as const;
    expect(settle(truth, files).verdict).toBe(verdict);
  });

  it('is left as it is where no file decides', () => {
    expect(settle({ verdict: 'unpinned', why: 'x', pinKind: 'none' }, files)).toEqual({
      verdict: 'unpinned',
      why: 'x',
    });
    const pinned = {
      verdict: 'pinned',
      why: 'y',
      pinKind: 'hash',
      pinnedBy: { kind: 'lockfile', files: [] },
    } as const;
    expect(settle(pinned, files)).toEqual({ verdict: 'pinned', why: 'y' });
  });
});
