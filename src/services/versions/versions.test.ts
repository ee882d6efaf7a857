import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/support/fuzz.ts';
import { versionOrder } from './index.ts';

/** Each line is in order, oldest first; `=` joins versions that are the same. */
const LADDERS: readonly (readonly [ecosystem: string, source: string, ladder: string])[] = [
  [
    'npm',
    'semver.org, rule 11',
    '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0',
  ],
  [
    'npm',
    'semver.org, rules 2 and 10',
    '0.9.9 1.0.0=1.0.0+build=v1.0.0=1.0 1.2.0 1.10.0 1.10.99999999999999999999 2.0.0',
  ],
  [
    'Go',
    'go.dev/ref/mod, pseudo-versions',
    '0.0.0-20190101000000-abcdefabcdef 0.0.0-20200101000000-abcdefabcdef 0.0.0 0.1.0',
  ],
  [
    'NuGet',
    'learn.microsoft.com, package versioning',
    '1.0.0-Alpha=1.0.0-alpha 1.0.0 1.0.0.1 1.0.1-rc.2 1.0.1-rc.10 1.0.1',
  ],
  ['Pub', 'dart.dev, pub versioning', '1.0.0-dev 1.0.0 1.0.0+1 1.0.0+2 1.0.1'],
  [
    'PyPI',
    'PEP 440, summary',
    '1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 1.0rc1.dev456 1.0rc1 1.0=1 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 1.0.15 1.1.dev1',
  ],
  [
    'PyPI',
    'PEP 440, normalisation',
    '1.0.alpha-1=1.0a1 1.0pre2=1.0-preview_2=1.0c2=1.0rc2 1.0-1=1.0.post1=1.0.rev1=1.0r1 1.1 1!0.1',
  ],
  ['PyPI', 'PEP 440: what is no version stands first', 'french-toast 0.0.0'],
  [
    'Maven',
    'maven.apache.org/pom.html, version order',
    '1-alpha2snapshot 1-alpha2 1-alpha-123 1-beta-2 1-beta123 1-m2 1-m11 1-rc=1-cr 1-rc2 1-SNAPSHOT 1=1-ga=1.0.0=1-final=1.ga 1-sp 1-a 1-whatever 1-1 1-2 1.1',
  ],
  ['Maven', 'maven.apache.org/pom.html, trimming', '1.0-RC3 1.0.1 1.0.1.1'],
  ['RubyGems', 'Gem::Version', '1.0.a.2 1.0.b1 1.0=1=1.0.0 1.0.1.pre 1.0.1 1.9 1.10'],
  ['Packagist', 'php.net, version_compare', '1.0-dev 1.0alpha1=1.0a1 1.0beta1 1.0RC1 1.0=v1.0 1.0.1 1.0pl1'],
  ['CRAN', 'R, package_version', '0.9 1.0 1.0-1=1.0.1 1.0-10 1.1'],
  ['Hackage', 'Haskell PVP', '1 1.0 1.0.0 1.2.0.10 1.10'],
  ['unheard of', 'as semantic versions', '1.0.0-a 1.0.0'],
];

describe('versions', () => {
  it.each(LADDERS)('of %s stand in order: %s', (ecosystem, _, ladder) => {
    const compare = versionOrder(ecosystem);
    const steps = ladder.split(' ').map((step) => step.split('='));
    steps.forEach((here, i) => {
      steps.forEach((there, j) => {
        for (const a of here) {
          for (const b of there) expect([a, b, Math.sign(compare(a, b))]).toEqual([a, b, Math.sign(i - j)]);
        }
      });
    });
  });
});

describe('garbage', () => {
  const word = fc.oneof(
    fc.string({ maxLength: 30, unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '1',
          '0',
          '00',
          '10',
          '.',
          '-',
          '+',
          '_',
          'a',
          'rc',
          'dev',
          'post',
          'alpha',
          'sp',
          '#',
          '!',
          'v',
        ),
        {
          maxLength: 12,
        },
      )
      .map((parts) => parts.join('')),
  );
  const ecosystems = [...new Set(LADDERS.map(([ecosystem]) => ecosystem))];

  it.each(ecosystems)('as versions of %s has one order, seen from both sides', (ecosystem) => {
    const compare = versionOrder(ecosystem);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        expect(compare(a, a)).toBe(0);
      }),
      { numRuns: runs(300) },
    );
  });
});
