/** The readers of single files on garbage: they answer, and where a plain pattern says the same, they agree with it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatOf } from '../src/parse/binary/format.ts';
import { signatureOf } from '../src/parse/binary/signature.ts';
import { linesWith, needle } from '../src/parse/bytes.ts';
import { declaredLicense } from '../src/parse/licenses/declared.ts';
import { licenseNamedBy } from '../src/parse/licenses/name.ts';
import { licensesOfExpression, readLicenseText } from '../src/parse/licenses/text.ts';
import { policyHits } from '../src/parse/policy/hits.ts';
import { policyMeaning, securitySection } from '../src/parse/policy/meaning.ts';
import { isSbomName, sbomFormat } from '../src/parse/sbom-name.ts';
import { goImports } from '../src/parse/unsafe/go-imports.ts';
import { javaUnsafe } from '../src/parse/unsafe/java.ts';
import { dependabotIdle, renovateIdle } from '../src/parse/update/idle.ts';
import { runs } from './support/fuzz.ts';

/** Text of pieces that the readers know, and of anything. */
const pieces = (...known: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...known) },
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 14 },
    )
    .map((parts) => parts.join(''));

const heads = fc
  .tuple(
    fc.constantFrom(
      '',
      '7f454c46',
      '4d5a',
      'cafebabe',
      'cffaedfe',
      '0061736d01000000',
      '6465780a',
      '213c617263683e0a',
      '504b0304',
    ),
    fc.uint8Array({ maxLength: 200 }),
  )
  .map(([magic, rest]) => Uint8Array.from([...Buffer.from(magic, 'hex'), ...rest]));

describe('on garbage', () => {
  it('headers of garbage give a format or none', () => {
    const extension = fc.constantFrom('', 'exe', 'jar', 'pyc', 'swf', 'o', 'iso', 'msi');
    fc.assert(
      fc.property(heads, extension, (head, name) => {
        expect(typeof (formatOf(head, name) ?? '')).toBe('string');
        expect(typeof (signatureOf(head) ?? '')).toBe('string');
      }),
      { numRuns: runs(300) },
    );
  });

  it('addresses in garbage are those of the plain pattern', () => {
    const pattern = /\b[A-Za-z0-9._%+-]+(?:@|\\?\[at\\?\])[A-Za-z0-9.-]+\.[A-Za-z]{2,6}\b/g;
    const text = pieces(
      'a',
      'b.c',
      '@',
      '[at]',
      '\\[at\\]',
      '.',
      'org',
      'museums',
      '_',
      '-',
      '1',
      ' ',
      '%',
      'x@y.de',
    );
    fc.assert(
      fc.property(text, (line) => {
        const found = policyHits(Buffer.from(line, 'latin1')).filter(({ type }) => type === 'email');
        const expected = Buffer.from(line, 'latin1')
          .toString('latin1')
          .split('\n')
          .flatMap((one) => one.match(pattern) ?? []);
        expect(found.map(({ match }) => match)).toEqual(expected);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('lines in garbage are those that hold the literal', () => {
    const text = pieces('\n', 'quickcheck', 'quick', 'check', 'q', '\r\n');
    fc.assert(
      fc.property(text, (whole) => {
        const found = [...linesWith(Buffer.from(whole), needle('quickcheck'))].filter((one) =>
          one.text.includes('quickcheck'),
        );
        const lines = Buffer.from(whole).toString().split('\n');
        const expected = lines.flatMap((one, index) => (one.includes('quickcheck') ? [index + 1] : []));
        expect(found.map(({ number }) => number)).toEqual(expected);
      }),
      { numRuns: runs(500) },
    );
  });

  it('readers of garbage never throw', () => {
    const text = pieces(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ':',
      ',',
      '/*',
      '*/',
      '//',
      '\n',
      '\\',
      '# Security',
      'package',
      'import',
      '"unsafe"',
      'sun.misc.Unsafe',
      '"""',
      'enabled',
      'false',
      'updates:',
      '- ',
      'LICENSE',
      '-',
      '.',
      'MIT',
      'WITH',
      'OR',
      '2.0',
      'SPDX-License-Identifier: ',
      'license',
      'report vulnerabilities',
      'within 3 days',
      'a@b.org',
      ' at ',
      '.spdx',
      'bom.json',
    );
    fc.assert(
      fc.property(text, (garbage) => {
        const readAll = () => {
          for (const read of [
            goImports,
            javaUnsafe,
            dependabotIdle,
            renovateIdle,
            licenseNamedBy,
            licensesOfExpression,
            readLicenseText,
            policyMeaning,
            securitySection,
            isSbomName,
            sbomFormat,
          ] as readonly ((text: string) => unknown)[])
            read(garbage);
          for (const manifest of ['package.json', 'cargo.toml', 'x.gemspec'])
            declaredLicense(manifest, garbage);
        };
        expect(readAll).not.toThrow();
      }),
      { numRuns: runs(500) },
    );
  });
});
