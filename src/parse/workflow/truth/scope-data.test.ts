import { describe, expect, it } from 'vitest';
import { COMMAND_SCOPES } from './scope-data.ts';

/** The alternatives of a pattern that stand outside of every group. */
function alternatives(source: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of source) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** Every choice of the groups without inner groups, written out. */
function spellings(alternative: string): string[] {
  const group = /\(\?:([^()]*)\)/.exec(alternative);
  if (group === null) return [alternative];
  return group[1]!.split('|').flatMap((choice) => spellings(alternative.replace(group[0], () => choice)));
}

describe('words that a command cannot be without', () => {
  for (const [words, pattern] of COMMAND_SCOPES) {
    it(String(pattern), () => {
      const plain = pattern.source.replace(/\[[^\]]*\]/g, '.');
      for (const spelling of alternatives(plain).flatMap(spellings))
        expect(
          words.some((word) => spelling.toLowerCase().includes(word)),
          spelling,
        ).toBe(true);
    });
  }
});
