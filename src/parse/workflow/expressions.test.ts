import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextPath, findPlaceholders, parseCondition, parseExpression, textFlows } from './expressions.ts';

function flows(text: string): string[] | undefined {
  const expression = parseExpression(text);
  return expression && textFlows(expression).map(({ path, json }) => (json ? 'json:' : '') + path.join('.'));
}

describe('paths', () => {
  const cases: [text: string, path: string | undefined][] = [
    ['github.event.issue.title', 'github.event.issue.title'],
    ["github['event']['Issue'].TITLE", 'github.event.issue.title'],
    ['GitHub.Event.commits[0].message', 'github.event.commits.*.message'],
    ['github.event.commits.*.message', 'github.event.commits.*.message'],
    ['github.event[*].x', 'github.event.*.x'],
    ['github.event[inputs.x]', 'github.event.*'],
    ['(github).event', 'github.event'],
    ['github', 'github'],
    ["fromJSON('{}').a", undefined],
  ];
  test.each(cases)('%s', (text, path) => {
    expect(contextPath(parseExpression(text)!)?.join('.')).toBe(path);
  });
});

describe('what text comes out', () => {
  const cases: [text: string, expected: string[] | undefined][] = [
    ['github.head_ref', ['github.head_ref']],
    ["format('{0} {1}', a.b, c)", ['a.b', 'c']],
    ['toJSON(github.event)', ['json:github.event']],
    ["toJson(fromJSON(a).b || 'x')", ['json:a']],
    ["join(a.*.b, ' ')", ['a.*.b']],
    ["a == 'x'", []],
    ['!a', []],
    ["contains(a, 'x')", []],
    ["startsWith(a, 'x') && b || c", ['b', 'c']],
    ["a && 'x' || 'y'", []],
    ['a || b', ['a', 'b']],
    ["fromJSON('[1]')[a.b]", []],
    ["'a' == 'b''c'", []],
    ['a < 1 && -1.5e3 >= 0x1f', []],
    ['true && null', []],
    ['a.b-c_d', ['a.b-c_d']],
    ['a b', undefined],
    ['a.', undefined],
    ['a[', undefined],
    ['(a', undefined],
    ['f(a,)', undefined],
    ['"a"', undefined],
    ['', undefined],
    [`${'('.repeat(100)}a${')'.repeat(100)}`, undefined],
    [`${'!'.repeat(5000)}a`, undefined],
    [`a${'.b'.repeat(5000)}`, undefined],
    [`a${'||a'.repeat(5000)}`, undefined],
  ];
  test.each(cases)('%#', (text, expected) => {
    expect(flows(text)).toEqual(expected);
  });
});

describe('placeholders', () => {
  test('offsets, and braces inside quotes', () => {
    const text = "a ${{ b }} ${{ format('}}', c) }} ${{ d";
    expect(findPlaceholders(text).map(({ start, end, inner }) => [start, end, inner])).toEqual([
      [2, 10, ' b '],
      [11, 33, " format('}}', c) "],
    ]);
    expect(findPlaceholders("${{ it's }} x")[0]?.inner).toBe(" it's ");
  });

  const conditions: [text: string, isExpression: boolean][] = [
    ["a == 'b'", true],
    ["${{ a == 'b' }}", true],
    ["${{ a }} && b == 'c'", true],
    ['some text', false],
  ];
  test.each(conditions)('condition %s', (text, isExpression) => {
    expect(parseCondition(text) !== undefined).toBe(isExpression);
  });
});

test('any text is read or refused, quickly', () => {
  const part = fc.constantFrom(..."a .b ['c'] ( ) ! && || == [ ] * , 'x' 1 format( ${{ }} '".split(' '));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 50 }), (parts) => {
      for (const { expression } of findPlaceholders(`\${{ ${parts.join(' ')} }}`)) {
        if (expression !== undefined) expect(Array.isArray(textFlows(expression))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
