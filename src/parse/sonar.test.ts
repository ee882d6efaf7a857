import { describe, expect, test } from 'vitest';
import { cpuTime } from '../../test/support/cpu.ts';
import { findSonarHost } from './sonar.ts';

const O = '<sonar.host.url>';
const C = '</sonar.host.url>';

// Expected values: the expression of file-checks 9.1, run by hand in the reference.
describe('the Sonar server of a Maven project', () => {
  test.each([
    ['one word', `${O}https://x${C}`, 'https://x'],
    ['blanks around', `${O}\n https://x\t${C}`, 'https://x'],
    ['two elements without a blank', `${O}a${C}${O}b${C}`, `a${C}${O}b`],
    ['two elements with a blank', `${O}a${C} ${O}b${C}`, 'a'],
    ['tags inside the word', `${O}a${C}b ${C}`, `a${C}b`],
    ['the second element', `${O} a b ${C} ${O}c${C}`, 'c'],
    ['an opening tag in the word', `${O}${O}c${C}`, `${O}c`],
    ['nothing', `${O} ${C}`, undefined],
    ['no closing tag', `${C}${O}a`, undefined],
    ['no-break blank', `${O}\u00a0${C}`, '\u00a0'],
  ])('%s', (_name, text, address) => {
    expect(findSonarHost(text)?.address).toBe(address);
  });

  test('lines are those of the first tags', () => {
    expect(findSonarHost(`\n${O}\n${C}\n${O}b${C}`)).toMatchObject({
      lineStart: 2,
      lineEnd: 3,
      address: 'b',
    });
  });

  test.each([O.repeat(100_000), `${C}${O.repeat(100_000)}`, `${C}${`${O} `.repeat(100_000)}`])(
    'many tags end in time',
    (text) => {
      const start = cpuTime();
      expect(findSonarHost(text)).toBeUndefined();
      expect(cpuTime() - start).toBeLessThan(10_000);
    },
  );
});
