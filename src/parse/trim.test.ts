import { describe, expect, it } from 'vitest';
import { cpuTime } from '../../test/support/cpu.ts';
import { declaredLicense } from './licenses/declared.ts';
import { upTo, withoutEnd, withoutEnds, withoutExpressions } from './trim.ts';
import { onOneLine } from './workflow/reference/match.ts';
import { localPath } from './workflow/truth/surroundings.ts';

describe('trimming', () => {
  it.each([
    ['a/b//', '/', 'a/b', 'a/b'],
    ['//a/', '/', '//a', 'a'],
    ['///', '/', '', ''],
    ['', '/', '', ''],
    ['.:a.:', '.:', '.:a', 'a'],
  ])('%s without %s', (text, characters, end, ends) => {
    expect(withoutEnd(text, characters)).toBe(end);
    expect(withoutEnds(text, characters)).toBe(ends);
  });
  it('takes what stands before a mark', () => {
    expect([upTo('a;b;c', ';'), upTo('abc', ';')]).toEqual(['a', 'abc']);
  });
  it.each([
    ['a${{ b }}c${{d}}', 'ac'],
    ['${{ a } }}b', '${{ a } }}b'],
    ['${{ ${{ a }} b', ' b'],
    ['${{ a } ${{ b }}', '${{ a } '],
    ['${{ a', '${{ a'],
    ['}} a', '}} a'],
  ])('%s without expressions', (text, left) => {
    expect(withoutExpressions(text)).toBe(left);
    // The plain pattern says the same, in quadratic time.
    expect(text.replace(/\$\{\{[^}]*\}\}/g, '')).toBe(left);
  });
});

describe('a run of a megabyte before another character', () => {
  const run = (character: string) => character.repeat(1_000_000);
  it('costs no more than its length', () => {
    const start = cpuTime();
    expect(withoutEnds(`${run('/')}x${run('/')}y`, '/')).toHaveLength(1_000_002);
    expect(withoutExpressions('${{'.repeat(300_000))).toHaveLength(900_000);
    expect(withoutExpressions(`${'${{'.repeat(300_000)}} }}`)).toHaveLength(900_004);
    expect(onOneLine(`${'ab\n'.repeat(300_000)}c`, 'a', 'c')).toBe(false);
    expect(localPath({} as Parameters<typeof localPath>[0], `./${run('/')}x`)).toHaveLength(1_000_001);
    expect(declaredLicense('a.gemspec', `s.license=${run('\n')}x`)).toBeUndefined();
    expect(declaredLicense('package.json', `"license"${run(' ')}x`)).toBeUndefined();
    expect(declaredLicense('a.gemspec', 's.licenses = [ "MIT" ]')).toBe('MIT');
    expect(cpuTime() - start).toBeLessThan(10_000);
  });
});
